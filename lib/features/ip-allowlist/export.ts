import type { Ctx } from '@/lib/access/context'
import { csvLines } from '@/lib/csv'
import { allEntries } from './queries'
import { ENTRIES_MAX } from './schema'

/** The entries as CSV, in the form the import takes. */
export async function entriesAsCsv(ctx: Ctx<'allowlist:read'>): Promise<string> {
  const rows = await allEntries(ctx, ENTRIES_MAX)
  return csvLines([['cidr', 'description', 'surfaces', 'expiresAt'], ...rows.map(({ cidr, description, surfaces, expiresAt }) => [cidr, description, surfaces.join(' '), expiresAt ?? ''])])
}
