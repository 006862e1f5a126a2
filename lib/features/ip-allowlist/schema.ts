import { z } from 'zod'
import { MODES, SURFACES } from '@/lib/access/allowlist/surfaces'
import { idSchema } from '@/lib/ids'
import { rangeProblem } from './rules'

export const EntryId = idSchema('allowlistEntry')

/** Most entries of an organization, and of one request. */
export const ENTRIES_MAX = 100_000

/** Written as it has to be: what is repaired is shown and asked for, never silently done. */
const Cidr = z.string().trim().min(1, 'An entry needs an address or a range').max(50, 'This is not an address or a range').superRefine((text, context) => {
  const problem = rangeProblem(text)
  if (problem !== null) context.addIssue({ code: 'custom', message: problem.message })
})

const Description = z.string().trim().max(200, 'Use at most 200 characters')
const Surfaces = z.array(z.enum(SURFACES, `Choose of ${SURFACES.join(', ')}`)).min(1, 'Choose at least one surface').max(3).transform((list) => SURFACES.filter((surface) => list.includes(surface)))
const End = z.iso.datetime({ offset: true, error: 'Give a moment such as 2026-11-22T09:30:00Z' }).transform((text) => new Date(text)).nullable()

const ConfirmLockout = z.boolean().optional()

/** An entry without its address. */
export const EntryTerms = z.strictObject({ description: Description.default(''), surfaces: Surfaces.default([...SURFACES]), expiresAt: End.default(null) })

export const EntryInput = z.strictObject({ cidr: Cidr, ...EntryTerms.shape })
export type EntryInput = z.output<typeof EntryInput>

export const CreateEntryInput = z.strictObject({ ...EntryInput.shape, confirmLockout: ConfirmLockout })

export const UpdateEntryInput = z.strictObject({ id: EntryId, description: Description.optional(), surfaces: Surfaces.optional(), expiresAt: End.optional(), confirmLockout: ConfirmLockout })

export const DeleteEntryInput = z.strictObject({ id: EntryId, confirmLockout: ConfirmLockout })

/** The whole: what is left out stays as it is. */
export const UpdateAllowlistInput = z.strictObject({
  mode: z.enum(MODES, `Choose ${MODES.join(', ')}`).optional(),
  entries: z.array(EntryInput).max(ENTRIES_MAX, `Give at most ${ENTRIES_MAX.toLocaleString('en')} entries`).optional(),
  confirmLockout: ConfirmLockout,
})

/** Rows as somebody brings them: judged one by one, not refused as a whole. */
export const ImportInput = z.strictObject({
  csv: z.string().max(16 * 1024 * 1024).optional(),
  entries: z.array(z.unknown()).max(ENTRIES_MAX).optional(),
  /** Takes ranges without the bits beyond their prefix, and leaves out what is there already. */
  repair: z.boolean().default(false),
}).refine(({ csv, entries }) => (csv === undefined) !== (entries === undefined), 'Send either `csv` or `entries`')

export const CheckInput = z.strictObject({ address: z.string().trim().min(1, 'Give an address').max(100) })

export const NothingInput = z.strictObject({})
