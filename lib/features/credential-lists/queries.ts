import type { Ctx } from '@/lib/access/context'
import { COUNT_MAX, decodeCursor, toPage, type Page } from '@/lib/pagination'
import { boundaryOf, countSql, pageSql, type CredentialList, type ListedCredential, type Walk } from './list-sql'

/** Cursors as `Page` gave them; `last` asks for the last page. */
export type CredentialPageRequest = { limit: number; after?: string | undefined; before?: string | undefined; last?: boolean | undefined }

/** Credentials in a list's order; `counted`: how many there are, to one more than 1,000. */
export type FoundCredentials = Page<string> & { counted: number }

/**
 * Ids of a page of credentials in any order. Its cost does not grow with their number, nor with the number of the page.
 *
 * @param fingerprint of the list, which its cursors carry
 * @throws AppError `invalid-input` for a cursor of another list
 */
export async function findCredentials({ tx, orgId, now }: Ctx, wanted: Omit<CredentialList, 'organizationId' | 'at'>, page: CredentialPageRequest, fingerprint: string): Promise<FoundCredentials> {
  const list: CredentialList = { ...wanted, organizationId: orgId, at: now }
  const after = page.after === undefined ? undefined : decodeCursor(page.after, fingerprint)
  const before = page.before === undefined ? undefined : decodeCursor(page.before, fingerprint)
  const request = { limit: page.limit, ...(after && { after }), ...(before && { before }), ...(page.last && { last: true }) }
  const walk: Walk = { backwards: before !== undefined || page.last === true, boundary: before ?? after, take: page.limit + 1 }
  const [{ count: counted } = { count: 0 }] = await tx.$queryRaw<{ count: number }[]>(countSql(list, COUNT_MAX + 1))
  const listed = await tx.$queryRaw<ListedCredential[]>(pageSql(list, walk, counted <= COUNT_MAX))
  const { rows, ...cursors } = toPage(listed, request, fingerprint, (row) => boundaryOf(row, list.sort))
  return { ...cursors, rows: rows.map(({ id }) => id), counted }
}

/** Records in the order of their ids on the page. */
export function inOrder<T extends { id: string }>(ids: readonly string[], records: readonly T[]): T[] {
  const byId = new Map(records.map((record) => [record.id, record]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}
