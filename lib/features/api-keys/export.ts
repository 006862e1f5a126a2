import type { Actor } from '@/lib/access/principals/actor'
import { read } from '@/lib/boundary/perform'
import { csvLines } from '@/lib/csv'
import { listKeyPage } from './page-list'
import type { KeyRow } from './page-rules'
import type { KeyPageFilter } from './schema'

/** Rows read at once: what lies in memory at any moment. */
const BATCH = 1000

const COLUMNS = ['id', 'name', 'purpose', 'hint', 'owner', 'status', 'marks', 'narrowed to', 'created by', 'created', 'expires', 'last used', 'last address']

const cells = (row: KeyRow): string[] => [
  row.id, row.name, row.purpose, row.hint, row.owner.email ?? row.owner.name, row.status, row.marks.join('; '), row.narrowing.join('; '), row.createdBy ?? '', row.createdAt,
  row.expiresAt ?? '', row.lastUsedAt ?? '', row.lastUsedIp ?? '',
]

/** The keys of a filter as CSV, in pieces that are made as they are asked for; no secret is among them, since none is kept. */
export async function* keysAsCsv(actor: Actor, org: string, filter: KeyPageFilter): AsyncGenerator<string> {
  // A byte order mark, so that spreadsheets read the file as UTF-8.
  yield `\ufeff${csvLines([COLUMNS])}`
  let after: string | undefined
  do {
    const page = await read(actor, org, 'key:self', (ctx) => listKeyPage(ctx, filter, { limit: BATCH, after }))
    if (page.rows.length > 0) yield csvLines(page.rows.map(cells))
    after = page.nextCursor ?? undefined
  } while (after !== undefined)
}

/** Whether the page behind an export shows everybody's keys. @throws AppError `not-found`, `forbidden` */
export const maySeeOthersKeys = (actor: Actor, org: string): Promise<boolean> => read(actor, org, 'key:self', (ctx) => Promise.resolve(ctx.rights.holds('key:others')))
