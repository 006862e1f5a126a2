import type { Ctx } from '@/lib/access/context'
import { invitationIdOf } from '@/lib/ids'
import { decodeCursor, listFingerprint, toPage, type Page } from '@/lib/pagination'
import type { RolePageRequest } from './page-request'

export type HolderKind = 'user' | 'invitation' | 'group' | 'service_account'

/** Somebody who holds a role, and where. Times in RFC 3339. */
export type RoleHolder = {
  /** Id of the assignment. */
  id: string
  kind: HolderKind
  holderId: string
  name: string
  /** The address of a person who has a name. */
  detail: string
  scope: { id: string; type: string; name: string }
  expiresAt: string | null
  grantedBy: string
}

const columns = {
  id: true, expiresAt: true, grantedByName: true,
  membership: { select: { id: true, name: true, email: true, status: true } }, group: { select: { id: true, name: true } }, serviceAccount: { select: { id: true, name: true } },
  scope: { select: { id: true, type: true, name: true } },
} as const

type Named = { id: string; name: string }
type Stored = {
  membership: (Named & { email: string; status: string }) | null
  group: Named | null
  serviceAccount: Named | null
}

function holderOf({ membership, group, serviceAccount }: Stored): Pick<RoleHolder, 'kind' | 'holderId' | 'name' | 'detail'> {
  if (membership) {
    const { id, name, email, status } = membership
    const who = { name: name || email, detail: name ? email : '' }
    return status === 'invited' ? { kind: 'invitation', holderId: invitationIdOf(id), ...who } : { kind: 'user', holderId: id, ...who }
  }
  if (group) return { kind: 'group', holderId: group.id, name: group.name, detail: '' }
  return { kind: 'service_account', holderId: serviceAccount?.id ?? '', name: serviceAccount?.name ?? '', detail: '' }
}

/** Resources below which the asker may see who holds what, or null when everywhere. */
async function findVisibleScopes({ tx, orgId, rights }: Ctx<'assignment:read'>): Promise<string[] | null> {
  if (rights.holds('assignment:read')) return null
  const rows = await tx.$queryRaw<{ id: string }[]>`
    WITH RECURSIVE below AS (
      SELECT "id" FROM "Resource" WHERE "organizationId" = ${orgId} AND "id" = ANY(${[...rights.roots('assignment:read')]})
      UNION SELECT r."id" FROM "Resource" r JOIN below ON r."parentId" = below."id" WHERE r."organizationId" = ${orgId})
    SELECT "id" FROM below`
  return rows.map(({ id }) => id)
}

/**
 * Who holds a role now, newest assignments first, a page at a time; only where the asker may see who holds what.
 *
 * @throws AppError `invalid-input` for a cursor of another list
 */
export async function listRoleHolders(ctx: Ctx<'assignment:read'>, roleId: string, page: RolePageRequest): Promise<Page<RoleHolder>> {
  const visible = await findVisibleScopes(ctx)
  const fingerprint = listFingerprint(['role-holders', ctx.orgId, roleId])
  const after = page.after === undefined ? undefined : decodeCursor(page.after, fingerprint)
  const before = page.before === undefined ? undefined : decodeCursor(page.before, fingerprint)
  const isBackwards = before !== undefined || page.last === true
  const [boundary] = before ?? after ?? []
  const stored = await ctx.tx.roleAssignment.findMany({
    where: {
      organizationId: ctx.orgId, roleId, OR: [{ expiresAt: null }, { expiresAt: { gt: ctx.now } }],
      ...(visible !== null && { scopeId: { in: visible } }), ...(boundary !== undefined && { id: before ? { gt: boundary } : { lt: boundary } }),
    },
    select: columns, orderBy: { id: isBackwards ? 'asc' : 'desc' }, take: page.limit + 1,
  })
  const request = { limit: page.limit, ...(after && { after }), ...(before && { before }), ...(page.last && { last: true }) }
  const { rows, ...cursors } = toPage(stored, request, fingerprint, ({ id }) => [id])
  return {
    ...cursors,
    rows: rows.map(({ id, scope, expiresAt, grantedByName, ...who }) => ({ id, ...holderOf(who), scope, expiresAt: expiresAt?.toISOString() ?? null, grantedBy: grantedByName })),
  }
}
