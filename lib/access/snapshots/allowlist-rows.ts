import { z } from 'zod'
import type { EntryRow } from '@/lib/access/allowlist/allowlist-index'
import { modeOf } from '@/lib/access/allowlist/surfaces'
import { NO_ALLOWLIST, type Pending, type Settings } from '@/lib/access/allowlist/waiting'

const Time = z.string().nullable().transform((at) => (at === null ? null : Date.parse(at)))
const Mode = z.string().transform(modeOf)

const SettingsRow = z.object({
  mode: Mode, coversData: z.boolean(), revertAt: Time, revertMode: Mode.nullable(), revertCoversData: z.boolean().nullable(),
}).transform(({ mode, coversData, revertAt, revertMode, revertCoversData }): Settings =>
  ({ mode, coversData, waiting: revertAt === null || revertMode === null ? null : { revertAt, mode: revertMode, coversData: revertCoversData ?? false } }))

/** Settings as JSON of their row; undefined: there is none, so no list. */
export const readSettings = (row: unknown): Settings => (row === undefined ? NO_ALLOWLIST : SettingsRow.parse(row))

const Terms = z.object({ surfaces: z.array(z.string()), expiresAt: Time })
const PENDING = z.enum(['added', 'changed', 'removed']).nullable()
const Entry = z.object({ id: z.string(), cidr: z.string(), surfaces: z.array(z.string()), expiresAt: Time, pending: PENDING, previous: Terms.nullable() })

/** An entry as triggers write it. @throws ZodError */
export const readEntryRow = (row: unknown): EntryRow => Entry.parse(row)

/** An entry as columns; `previous` is seldom there, so that only it is looked into. */
export type StoredEntry = { id: string; cidr: string; surfaces: string[]; expiresAt: number | null; pending: Pending | null; previous: unknown }

export const entryOfColumns = (row: StoredEntry): EntryRow => ({ ...row, previous: row.previous === null ? null : Terms.parse(row.previous) })
