import { z } from 'zod'

/** Longest text of an access model, in UTF-16 units; what it says is checked where it is read. */
const TEXT_MAX = 1_048_576

export const ModelText = z.string().max(TEXT_MAX, 'An access model has 1,048,576 characters at most')

/** One of the two, since an object has no lines to count. */
const isOne = ({ text, model }: { text?: string | undefined; model?: unknown }): boolean => (text === undefined) !== (model === undefined)

const content = {
  text: ModelText.optional(),
  model: z.record(z.string(), z.unknown()).optional(),
  /** The version the change was decided on; 0 while the organization has a built-in model. */
  baseVersion: z.int().min(0).optional(),
}

export const SaveAccessModelInput = z.strictObject({
  ...content,
  note: z.string().trim().max(200, 'Use at most 200 characters').default(''),
  /** That roles, assignments and policies may break was seen and is wanted. */
  confirmBreaking: z.boolean().default(false),
}).refine(isOne, { path: ['text'], error: 'Give the access model as `text` or as `model`' })

export const TryAccessModelInput = z.strictObject(content).refine(isOne, { path: ['text'], error: 'Give the access model as `text` or as `model`' })

export const ReadModelInput = z.strictObject({ text: ModelText })

export const ModelVersionParam = z.coerce.number().int().min(1).max(1_000_000)

