import type { Ctx } from '@/lib/access/context'
import { findAdministratorRoles } from '@/lib/features/roles/queries'
import { belowSql } from '@/lib/features/roles/below-sql'
import { countHoldersSql, FEW_HOLDERS, holdsBelowSql } from '@/lib/features/roles/holders-sql'
import { Prisma } from '@/lib/generated/prisma/client'
import { AppError } from '@/lib/errors'
import { findManagers } from '@/lib/features/provisioning/managed'
import type { ManagedBy } from '@/lib/features/provisioning/rules'
import { invitationIdOf, membershipIdOf } from '@/lib/ids'
import { COUNT_MAX, decodeCursor, listFingerprint, toPage, type Page } from '@/lib/pagination'
import { findAdministrators } from './last-administrator'
import { countSql, memberList, roleHolding, sortSql, walkSql, type MemberList, type StoredMember, type Walk } from './list-sql'
import { ADMINISTRATORS_ADVISED, statusOf, type MemberRole, type MemberRow } from './rules'
import type { MemberFilter } from './schema'

/** Cursors as `Page` gave them; `last` asks for the last page; with `isCounted` false `count` means nothing. */
export type MemberPageRequest = { limit: number; after?: string | undefined; before?: string | undefined; last?: boolean | undefined; isCounted?: boolean }

/** `count` is exact to 1,000; beyond that `isCountExact` is false and it stands for "1,000+". */
export type MemberPageResult = Page<MemberRow> & { count: number; isCountExact: boolean }

/** Resources at and below which the asker may see people, or null when everywhere: `member:read` may be held at a folder only. */
const visibleRoots = ({ rights }: Ctx<'member:read'>): readonly string[] | null => (rights.holds('member:read') ? null : rights.roots('member:read'))

type RoleOfMember = {
  membershipId: string; roleId: string; name: string; title: string; scopeId: string; scopeType: string; scopeName: string; expiresAt: Date | null
  groupId: string | null; groupName: string
}

/** Roles in force of these memberships, own ones first, then those through groups; all in one query. */
async function findRolesOf(ctx: Ctx, membershipIds: readonly string[], roots: readonly string[] | null): Promise<Map<string, MemberRole[]>> {
  const roles = new Map<string, MemberRole[]>()
  if (membershipIds.length === 0) return roles
  const seen = roots === null ? Prisma.empty : Prisma.sql` AND h."scopeId" IN (${belowSql(ctx.orgId, roots)})`
  const rows = await ctx.tx.$queryRaw<RoleOfMember[]>`
    WITH held AS (
      SELECT a."id", a."membershipId", a."roleId", a."scopeId", a."expiresAt", NULL::text AS "groupId", '' AS "groupName"
      FROM "RoleAssignment" a WHERE a."organizationId" = ${ctx.orgId} AND a."membershipId" = ANY(${[...membershipIds]})
      UNION ALL
      SELECT a."id", e."membershipId", a."roleId", a."scopeId", a."expiresAt", g."id", g."name"
      FROM "GroupMember" e
      JOIN "Group" g ON g."organizationId" = e."organizationId" AND g."id" = e."groupId"
      JOIN "RoleAssignment" a ON a."organizationId" = e."organizationId" AND a."groupId" = e."groupId"
      WHERE e."organizationId" = ${ctx.orgId} AND e."membershipId" = ANY(${[...membershipIds]}))
    SELECT h."membershipId", h."roleId", r."name", r."title", h."scopeId", s."type" AS "scopeType", s."name" AS "scopeName", h."expiresAt", h."groupId", h."groupName"
    FROM held h
    JOIN "Role" r ON r."organizationId" = ${ctx.orgId} AND r."id" = h."roleId"
    JOIN "Resource" s ON s."organizationId" = ${ctx.orgId} AND s."id" = h."scopeId"
    WHERE (h."expiresAt" IS NULL OR h."expiresAt" > ${ctx.now})${seen}
    ORDER BY (h."groupId" IS NOT NULL), h."id"`
  for (const row of rows) {
    const role: MemberRole = {
      roleId: row.roleId, name: row.name, title: row.title, expiresAt: row.expiresAt?.toISOString() ?? null,
      scope: { type: row.scopeType, id: row.scopeId, name: row.scopeName }, ...(row.groupId !== null && { via: { id: row.groupId, name: row.groupName } }),
    }
    roles.set(row.membershipId, [...(roles.get(row.membershipId) ?? []), role])
  }
  return roles
}

/** A stored membership as lists and pages show it. */
export function toMemberRow(stored: Omit<StoredMember, 'sortValue'>, { roles, managedBy }: { roles: MemberRole[]; managedBy: ManagedBy | null }, at: Date): MemberRow {
  const { id, email, name, source } = stored
  return {
    id, email, name, source, roles, managedBy,
    invitationId: stored.status === 'invited' ? invitationIdOf(id) : null,
    status: statusOf(stored, at),
    signInMethod: stored.lastMethod,
    // 1970 is how the table says never.
    lastSeenAt: stored.lastSeenAt.getTime() === 0 ? null : stored.lastSeenAt.toISOString(),
    addedAt: stored.createdAt.toISOString(),
    joinedAt: stored.joinedAt?.toISOString() ?? null,
    suspendedAt: stored.suspendedAt?.toISOString() ?? null,
    invitationExpiresAt: stored.status === 'invited' ? (stored.invitationExpiresAt?.toISOString() ?? null) : null,
  }
}

const isNarrowed = (list: MemberList): boolean => list.conditions.length > 0

async function countMembers(ctx: Ctx, list: MemberList): Promise<number> {
  const [row] = await ctx.tx.$queryRaw<{ count: number }[]>(countSql(list, COUNT_MAX + 1))
  return row?.count ?? 0
}

async function isRoleCommon(ctx: Ctx, roleId: string | undefined): Promise<boolean> {
  if (roleId === undefined) return false
  const [row] = await ctx.tx.$queryRaw<{ count: number }[]>(countHoldersSql(roleHolding(ctx, roleId)))
  return (row?.count ?? 0) > FEW_HOLDERS
}

const boundaryOf = ({ sortValue, id }: StoredMember): string[] => [sortValue instanceof Date ? sortValue.toISOString() : sortValue, id]

/**
 * Members and open invitations in one list, a page at a time.
 *
 * @throws AppError `invalid-input` for a cursor of another list
 */
export async function listMembers(ctx: Ctx<'member:read'>, filter: MemberFilter, page: MemberPageRequest): Promise<MemberPageResult> {
  const visible = visibleRoots(ctx)
  const administrators = filter.administrators ? await findAdministratorRoles(ctx) : null
  const list = memberList(ctx, filter, { administrators, isRoleCommon: await isRoleCommon(ctx, filter.roleId), visible })
  const fingerprint = listFingerprint(['members', ctx.orgId, filter])
  const after = page.after === undefined ? undefined : decodeCursor(page.after, fingerprint)
  const before = page.before === undefined ? undefined : decodeCursor(page.before, fingerprint)
  const request = { limit: page.limit, ...(after && { after }), ...(before && { before }), ...(page.last && { last: true }) }
  // Whether few rows match decides how a narrowed list is read; otherwise counting is for showing only.
  const counted = page.isCounted === false && !isNarrowed(list) ? COUNT_MAX + 1 : await countMembers(ctx, list)
  const walk: Walk = { backwards: before !== undefined || page.last === true, boundary: before ?? after, take: page.limit + 1 }
  const isFew = isNarrowed(list) && counted <= COUNT_MAX
  const stored = counted === 0 ? [] : await ctx.tx.$queryRaw<StoredMember[]>(isFew ? sortSql(list, walk) : walkSql(list, walk))
  const { rows, ...cursors } = toPage(stored, request, fingerprint, boundaryOf)
  const rolesOf = await findRolesOf(ctx, rows.map(({ id }) => id), visible)
  const managerOf = await findManagers(ctx, rows)
  return {
    ...cursors,
    rows: rows.map((row) => toMemberRow(row, { roles: rolesOf.get(row.id) ?? [], managedBy: managerOf(row) }, ctx.now)),
    count: Math.min(counted, COUNT_MAX),
    isCountExact: counted <= COUNT_MAX,
  }
}

/** How many administrators there are, counted to one more than is advised. */
export async function countAdministrators(ctx: Ctx<'member:read'>): Promise<number> {
  const found = await findAdministrators(ctx, ADMINISTRATORS_ADVISED + 1)
  return found.length
}

/**
 * The membership behind an id, when the asker may see it: their `member:read` may hold at a folder only.
 *
 * @param id `usr_…`, or `inv_…` while the invitation is open
 * @returns the membership's id
 * @throws AppError `not-found`, also for somebody of another organization
 */
export async function requireVisible(ctx: Ctx<'member:read'>, id: string): Promise<string> {
  const membershipId = membershipIdOf(id)
  const stored = await ctx.tx.membership.findUnique({ where: { organizationId_id: { organizationId: ctx.orgId, id: membershipId } }, select: { status: true } })
  const isNamedRight = id === membershipId || stored?.status === 'invited'
  if (stored && isNamedRight && (await isVisible(ctx, membershipId))) return membershipId
  throw new AppError('not-found', `no user \`${id}\``)
}

async function isVisible(ctx: Ctx<'member:read'>, membershipId: string): Promise<boolean> {
  const roots = visibleRoots(ctx)
  if (roots === null) return true
  const [one] = await ctx.tx.$queryRaw<{ isHeld: boolean }[]>`SELECT ${holdsBelowSql(ctx.orgId, roots, Prisma.sql`${membershipId}`)} AS "isHeld"`
  return one?.isHeld === true
}
