import type { AccessModel } from '@/lib/access/models/access-model'
import { accessModels, isModelName } from '@/lib/access/models/catalogue'
import { parseAccessModel, type ModelError } from '@/lib/access/models/schema'
import { AppError, type FieldError } from '@/lib/errors'

/** Name under which an organization keeps an access model of its own. */
export const CUSTOM_MODEL = 'custom'

/** The access model of a new organization: a built-in one by name, or with its text one of its own. */
export type ChosenModel = { name: string; model: AccessModel; text: string | null }

const FAULTS_TOLD = 20

/** Faults of a model's text as wrong fields, each with its place; at most twenty. */
export function faultFields(errors: readonly ModelError[], field: string): FieldError[] {
  return errors.slice(0, FAULTS_TOLD).map(({ line, column, start, end, pointer, detail }) => ({
    path: field, message: `line ${line}, column ${column}: ${detail}${pointer === '' ? '' : ` (${pointer})`}`, position: { line, column, start, end },
  }))
}

/**
 * Reads an organization's own access model.
 *
 * @param field the field of the input that held the text
 * @throws AppError `invalid-input` with every fault and its place in the text
 */
export function readModel(text: string, field: string): AccessModel {
  const parsed = parseAccessModel(text)
  if (parsed.ok) return parsed.model
  const fields = faultFields(parsed.errors, field)
  const more = parsed.errors.length > 1 ? `; ${parsed.errors.length} faults in all` : ''
  throw new AppError('invalid-input', `the access model: ${fields[0]?.message ?? 'it cannot be read'}${more}`, { fields })
}

const problem = (field: string, message: string) => new AppError('invalid-input', `\`${field}\`: ${message}`, { fields: [{ path: field, message }] })

/** @throws AppError `invalid-input` naming `accessModel` or `modelText` */
export function chooseModel({ accessModel, modelText }: { accessModel: string; modelText?: string | undefined }): ChosenModel {
  const text = modelText?.trim() === '' ? undefined : modelText
  if (accessModel === CUSTOM_MODEL) {
    if (text === undefined) throw problem('modelText', 'An access model of your own needs its JSON')
    return { name: CUSTOM_MODEL, model: readModel(text, 'modelText'), text }
  }
  if (!isModelName(accessModel)) throw problem('accessModel', 'Choose one of the listed access models')
  if (text !== undefined) throw problem('modelText', 'Only an access model of your own takes JSON')
  return { name: accessModel, model: accessModels[accessModel], text: null }
}
