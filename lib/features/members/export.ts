import type { Actor } from '@/lib/access/principals/actor'
import { read } from '@/lib/boundary/perform'
import { csvLines } from '@/lib/csv'
import { listMembers } from './queries'
import type { MemberRow } from './rules'
import type { MemberFilter } from './schema'

/** Rows read at once: what lies in memory at any moment. */
const BATCH = 1000

const COLUMNS = ['id', 'email', 'name', 'status', 'roles', 'sign-in', 'last seen', 'added', 'joined', 'invitation ends']

const cells = (row: MemberRow): string[] => [
  row.id, row.email, row.name, row.status,
  row.roles.map(({ title, scope, expiresAt, via }) => `${title} at ${scope.name}${expiresAt ? ` until ${expiresAt}` : ''}${via ? ` through ${via.name}` : ''}`).join('; '),
  row.signInMethod ?? '', row.lastSeenAt ?? '', row.addedAt, row.joinedAt ?? '', row.invitationExpiresAt ?? '',
]

/**
 * The members of a filter as CSV, in pieces that are made as they are asked for. Each piece enters the
 * organization anew, so it ends with an error when the reader is suspended meanwhile.
 */
export async function* membersAsCsv(actor: Actor, org: string, filter: MemberFilter): AsyncGenerator<string> {
  // A byte order mark, so that spreadsheets read the file as UTF-8.
  yield `\ufeff${csvLines([COLUMNS])}`
  let after: string | undefined
  do {
    const page = await read(actor, org, 'member:read', (ctx) => listMembers(ctx, filter, { limit: BATCH, after }))
    if (page.rows.length > 0) yield csvLines(page.rows.map(cells))
    after = page.nextCursor ?? undefined
  } while (after !== undefined)
}
