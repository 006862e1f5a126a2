import type { Ctx } from '@/lib/access/context'
import { allEntries } from './queries'
import { ENTRIES_MAX } from './schema'

/** A cell that no spreadsheet takes for a formula. */
const cell = (text: string): string => `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`

/** The entries as CSV, in the form the import takes. */
export async function entriesAsCsv(ctx: Ctx<'allowlist:read'>): Promise<string> {
  const rows = await allEntries(ctx, ENTRIES_MAX)
  return ['cidr,description,surfaces,expiresAt', ...rows.map(({ cidr, description, surfaces, expiresAt }) => [cidr, description, surfaces.join(' '), expiresAt ?? ''].map(cell).join(','))].join('\r\n') + '\r\n'
}
