import type { Ctx, Entered } from '@/lib/access/context'
import type { CorePermission } from '@/lib/access/permissions'
import { AppError } from '@/lib/errors'
import { makersReason } from '@/lib/features/resources/creators'
import { belowSql } from '@/lib/features/roles/below-sql'
import { findAssignments } from '@/lib/features/roles/queries'
import type { ResolvedAssignment } from '@/lib/features/roles/rules'
import { Prisma } from '@/lib/generated/prisma/client'
import { decodeCursor, listFingerprint, toPage, type Page } from '@/lib/pagination'
import { holderOf, principalColumns, principalOf, type Principal, type StoredPrincipal } from './principals'
import { keptReason, lockedReason, type AssignmentRow, type EditableAssignment, type HeldAssignment } from './rules'
import type { AssignmentFilter } from './schema'

const { sql, join, empty } = Prisma

const columns = {
  id: true, expiresAt: true, isCreator: true, reason: true, grantedByName: true, createdAt: true,
  role: { select: { id: true, name: true, title: true } },
  scope: { select: { id: true, type: true, name: true } },
  ...principalColumns,
} as const

/** An assignment as the database has it. */
export type StoredAssignment = StoredPrincipal & {
  id: string
  expiresAt: Date | null
  /** Came with making the resource it is held at. */
  isCreator: boolean
  reason: string
  grantedByName: string
  createdAt: Date
  role: { id: string; name: string; title: string }
  scope: { id: string; type: string; name: string }
}

const noAssignment = (id: string): AppError => new AppError('not-found', `no role assignment \`${id}\``)

/** Where an assignment is held. @throws AppError `not-found` */
export async function requireScopeOf({ tx, orgId }: Entered, id: string): Promise<string> {
  const stored = await tx.roleAssignment.findUnique({ where: { organizationId_id: { organizationId: orgId, id } }, select: { scopeId: true } })
  if (!stored) throw noAssignment(id)
  return stored.scopeId
}

/** One assignment with who holds it and what it permits, for those who change it. @throws AppError `not-found` */
export async function findStoredAssignment(ctx: Ctx, id: string): Promise<{ principal: Principal; held: ResolvedAssignment & { id: string }; reason: string }> {
  const stored = await ctx.tx.roleAssignment.findUnique({ where: { organizationId_id: { organizationId: ctx.orgId, id } }, select: { reason: true, ...principalColumns } })
  const [held] = await findAssignments(ctx, { id })
  if (!stored || !held) throw noAssignment(id)
  return { principal: principalOf(stored), held, reason: stored.reason }
}

function toRow(stored: StoredAssignment, at: Date): AssignmentRow {
  const { type, id, name, detail } = principalOf(stored)
  const { role, scope, expiresAt } = stored
  return {
    id: stored.id, principal: { type, id, name, detail }, role, scope: { type: scope.type, id: scope.id, name: scope.name },
    expiresAt: expiresAt?.toISOString() ?? null, isEnded: expiresAt !== null && expiresAt <= at,
    reason: stored.reason, grantedBy: stored.grantedByName, createdAt: stored.createdAt.toISOString(),
  }
}

/** A stored assignment with what the asker may do with it. */
export function toEditable(ctx: Ctx, stored: StoredAssignment): EditableAssignment {
  const { isCreator, role, scope, membership } = stored
  const principal = principalOf(stored)
  const locked = lockedReason(principal) ?? makersReason(ctx, { isCreator, holder: membership?.email ?? 'somebody', roleTitle: role.title, scope })
  return { ...toRow(stored, ctx.now), isEditable: locked === null && ctx.rights.holds('assignment:write', stored.scope.id), lockedReason: locked, keptReason: keptReason(ctx.model, principal.type) }
}

/** Assignments of these ids, in their order. */
export async function hydrate(ctx: Ctx, ids: readonly string[]): Promise<StoredAssignment[]> {
  if (ids.length === 0) return []
  const stored = await ctx.tx.roleAssignment.findMany({ where: { organizationId: ctx.orgId, id: { in: [...ids] } }, select: columns })
  const byId = new Map(stored.map((each) => [each.id, each]))
  return ids.map((id) => byId.get(id)).filter((each) => each !== undefined)
}

/** Conditions on assignment `a` that it is held by the principal of this id. */
export function heldBySql(principalId: string): Prisma.Sql {
  const holder = holderOf(principalId)
  if ('groupId' in holder) return sql`a."groupId" = ${holder.groupId}`
  return 'serviceAccountId' in holder ? sql`a."serviceAccountId" = ${holder.serviceAccountId}` : sql`a."membershipId" = ${holder.membershipId}`
}

/** What restricts a list to where the asker may see assignments; nothing when that is everywhere. */
const visibleSql = ({ rights, orgId }: Ctx<'assignment:read'>): Prisma.Sql =>
  rights.holds('assignment:read') ? empty : sql` AND a."scopeId" IN (${belowSql(orgId, rights.roots('assignment:read'))})`

/**
 * Role assignments of the organization in the order they were given, where the asker may see them.
 *
 * @throws AppError `invalid-input` for a cursor of another list
 */
export async function listAssignments(ctx: Ctx<'assignment:read'>, filter: AssignmentFilter, { limit, cursor }: { limit: number; cursor?: string | undefined }): Promise<Page<AssignmentRow>> {
  const { principal = null, roleId = null, scopeId = null } = filter
  const fingerprint = listFingerprint(['assignments', ctx.orgId, principal, roleId, scopeId])
  const after = cursor === undefined ? undefined : decodeCursor(cursor, fingerprint)
  const conditions = [
    sql`a."organizationId" = ${ctx.orgId}`,
    ...(principal === null ? [] : [heldBySql(principal)]),
    ...(roleId === null ? [] : [sql`a."roleId" = ${roleId}`]),
    ...(scopeId === null ? [] : [sql`a."scopeId" = ${scopeId}`]),
    ...(after?.[0] === undefined ? [] : [sql`a."id" > ${after[0]}`]),
  ]
  const found = await ctx.tx.$queryRaw<{ id: string }[]>`
    SELECT a."id" FROM "RoleAssignment" a WHERE ${join(conditions, ' AND ')}${visibleSql(ctx)} ORDER BY a."id" LIMIT ${limit + 1}`
  const page = toPage(found, { limit, ...(after && { after }) }, fingerprint, ({ id }) => [id])
  const stored = await hydrate(ctx, page.rows.map(({ id }) => id))
  return { ...page, rows: stored.map((each) => toRow(each, ctx.now)) }
}

/** One assignment. @throws AppError `not-found`, also where the asker may not see assignments */
export async function findAssignment(ctx: Ctx<'assignment:read'>, id: string): Promise<AssignmentRow> {
  const [stored] = await hydrate(ctx, [id])
  if (!stored || !ctx.rights.holds('assignment:read', stored.scope.id)) throw noAssignment(id)
  return toRow(stored, ctx.now)
}

/** One assignment for whoever has just given it. @throws AppError `not-found` */
export async function findGivenAssignment(ctx: Ctx<'assignment:write'>, id: string): Promise<AssignmentRow> {
  const [stored] = await hydrate(ctx, [id])
  if (!stored) throw noAssignment(id)
  return toRow(stored, ctx.now)
}

/** What shows somebody's roles to the asker; null: they are the asker's own. */
export type SeenBy = Extract<CorePermission, 'assignment:read' | 'member:read' | 'service-account:read' | 'group:read'> | null

/** Whether what is held at a resource is for the asker to see. */
export const isSeen = (ctx: Ctx, seenBy: SeenBy, scopeId: string): boolean => seenBy === null || ctx.rights.holds(seenBy, scopeId)

/** Most assignments shown of one principal. */
export const HELD_MAX = 500

/** Groups a member is in, by id. */
export async function findGroupsOf(ctx: Ctx, principalId: string): Promise<Map<string, string>> {
  const holder = holderOf(principalId)
  if (!('membershipId' in holder)) return new Map()
  const rows = await ctx.tx.groupMember.findMany({ where: { organizationId: ctx.orgId, membershipId: holder.membershipId }, select: { group: { select: { id: true, name: true } } } })
  return new Map(rows.map(({ group }) => [group.id, group.name]))
}

/**
 * Everything a principal holds, themselves and through groups, ended ones too, own ones first; of that what lies where
 * the asker may look.
 *
 * @param seenBy the permission by which the asker sees it, proven before; null when it is their own
 */
export async function listAssignmentsOf(ctx: Ctx, principalId: string, seenBy: SeenBy): Promise<HeldAssignment[]> {
  const groups = await findGroupsOf(ctx, principalId)
  const stored = await ctx.tx.roleAssignment.findMany({
    where: { organizationId: ctx.orgId, OR: [holderOf(principalId), ...(groups.size > 0 ? [{ groupId: { in: [...groups.keys()] } }] : [])] },
    select: columns,
    orderBy: { id: 'asc' },
    take: HELD_MAX,
  })
  const rows = stored.filter(({ scope }) => isSeen(ctx, seenBy, scope.id)).map((each): HeldAssignment => ({
    ...toEditable(ctx, each), via: each.group && groups.has(each.group.id) ? { id: each.group.id, name: each.group.name } : null,
  }))
  return [...rows.filter(({ via }) => via === null), ...rows.filter(({ via }) => via !== null)]
}
