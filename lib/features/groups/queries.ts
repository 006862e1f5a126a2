import type { Ctx } from '@/lib/access/context'
import { AppError } from '@/lib/errors'
import { invitationIdOf } from '@/lib/ids'
import { COUNT_MAX, decodeCursor, listFingerprint, toPage, type Boundary, type Page } from '@/lib/pagination'
import { containing, searchWords } from '@/lib/features/members/rules'
import { findManagers } from '@/lib/features/provisioning/managed'
import type { ManagedBy } from '@/lib/features/provisioning/rules'
import { Prisma } from '@/lib/generated/prisma/client'
import { countSql, joinSql, pageSql, selectionSql, type StoredGroup, type Visible } from './list-sql'
import { groupScope, policyScope, type GroupDetail, type GroupMemberRow, type GroupRole, type GroupRow } from './rules'
import type { GroupFilter, GroupPage } from './schema'

/** `count` is exact to 1,000; beyond that `isCountExact` is false and it stands for "1,000+". */
export type Counted<T> = Page<T> & { count: number; isCountExact: boolean }

export type GroupPageRequest = Omit<GroupPage, 'last'> & { last?: boolean | undefined; isCounted?: boolean }

/** Which groups the asker may see: `group:read` held at a resource shows the groups that belong there or below. */
async function findVisible(ctx: Ctx<'group:read'>): Promise<Visible> {
  if (ctx.rights.holds('group:read')) return null
  const groups = [...ctx.rights.roots('group:read')]
  const rows = await ctx.tx.$queryRaw<{ id: string }[]>`
    WITH RECURSIVE below AS (
      SELECT "id" FROM "Resource" WHERE "organizationId" = ${ctx.orgId} AND "id" = ANY(${groups})
      UNION SELECT r."id" FROM "Resource" r JOIN below ON r."parentId" = below."id" WHERE r."organizationId" = ${ctx.orgId})
    SELECT "id" FROM below`
  return { places: rows.map(({ id }) => id), groups }
}

function toGroupRow(stored: Omit<StoredGroup, 'sortValue'>, managedBy: ManagedBy | null): GroupRow {
  const { id, name, description, isAdmin, externalId, createdAt, resourceId, resourceType, resourceName, memberCount, roleCount, hasPolicy } = stored
  return {
    id, name, description, memberCount, roleCount, hasPolicy, externalId, managedBy,
    resource: resourceId === null ? null : { id: resourceId, type: resourceType ?? '', name: resourceName ?? '' },
    isLocked: isAdmin, createdAt: createdAt.toISOString(),
  }
}

type Cursors = { after?: Boundary; before?: Boundary; last?: true }

function cursorsOf(page: GroupPageRequest, fingerprint: string): Cursors {
  return {
    ...(page.after !== undefined && { after: decodeCursor(page.after, fingerprint) }),
    ...(page.before !== undefined && { before: decodeCursor(page.before, fingerprint) }),
    ...(page.last === true && { last: true }),
  }
}

const walkOf = ({ after, before, last }: Cursors, limit: number) =>
  ({ backwards: before !== undefined || last === true, boundary: before ?? after, take: limit + 1 })

const counted = (count: number) => ({ count: Math.min(count, COUNT_MAX), isCountExact: count <= COUNT_MAX })

/** Groups a page at a time. @throws AppError `invalid-input` for a cursor of another list */
export async function listGroups(ctx: Ctx<'group:read'>, filter: GroupFilter, page: GroupPageRequest): Promise<Counted<GroupRow>> {
  const fingerprint = listFingerprint(['groups', ctx.orgId, filter])
  const cursors = cursorsOf(page, fingerprint)
  const visible = await findVisible(ctx)
  const stored = await ctx.tx.$queryRaw<StoredGroup[]>(pageSql(ctx, filter, visible, walkOf(cursors, page.limit)))
  const [total] = page.isCounted === false ? [] : await ctx.tx.$queryRaw<{ count: number }[]>(countSql(ctx, filter, visible, COUNT_MAX + 1))
  const { rows, ...rest } = toPage(stored, { limit: page.limit, ...cursors }, fingerprint, ({ sortValue, id }) => [sortValue, id])
  const managerOf = await findManagers(ctx, rows)
  return { ...rest, rows: rows.map((row) => toGroupRow(row, managerOf(row))), ...counted(total?.count ?? 0) }
}

/** The columns that decide what may be done with a group. */
export type GroupFacts = { id: string; name: string; description: string; resourceId: string | null; isAdmin: boolean; directoryId: string | null }

const factColumns = { id: true, name: true, description: true, resourceId: true, isAdmin: true, directoryId: true } as const

/** A group of this organization. @throws AppError `not-found` */
export async function findGroupFacts(ctx: Pick<Ctx, 'tx' | 'orgId'>, id: string): Promise<GroupFacts> {
  const group = await ctx.tx.group.findUnique({ where: { organizationId_id: { organizationId: ctx.orgId, id } }, select: factColumns })
  if (!group) throw new AppError('not-found', `no group \`${id}\``)
  return group
}

/** A group the asker may see. @throws AppError `not-found`, also for one they may not see */
export async function findVisibleGroup(ctx: Ctx<'group:read'>, id: string): Promise<GroupFacts> {
  const group = await findGroupFacts(ctx, id)
  if (ctx.rights.holds('group:read', groupScope(ctx.model, ctx.orgId, group))) return group
  throw new AppError('not-found', `no group \`${id}\``)
}

/** Roles of a group in force. */
export async function findGroupRoles(ctx: Ctx, groupId: string): Promise<GroupRole[]> {
  const rows = await ctx.tx.roleAssignment.findMany({
    where: { organizationId: ctx.orgId, groupId, OR: [{ expiresAt: null }, { expiresAt: { gt: ctx.now } }] },
    select: { id: true, expiresAt: true, role: { select: { id: true, name: true, title: true } }, scope: { select: { id: true, type: true, name: true } } },
    orderBy: { id: 'asc' },
  })
  return rows.map(({ id, expiresAt, role, scope }) =>
    ({ assignmentId: id, roleId: role.id, name: role.name, title: role.title, scope, expiresAt: expiresAt?.toISOString() ?? null }))
}

/** One group with its roles. @throws AppError `not-found` */
export async function findGroup(ctx: Ctx<'group:read'>, id: string): Promise<GroupDetail> {
  const facts = await findVisibleGroup(ctx, id)
  const [stored] = await ctx.tx.$queryRaw<Omit<StoredGroup, 'sortValue'>[]>`
    SELECT ${selectionSql(ctx.orgId, ctx.now)} FROM ${joinSql} WHERE g."organizationId" = ${ctx.orgId} AND g."id" = ${id}`
  if (!stored) throw new AppError('not-found', `no group \`${id}\``)
  return {
    ...toGroupRow(stored, (await findManagers(ctx, [stored]))(stored)),
    roles: await findGroupRoles(ctx, id),
    may: {
      edit: ctx.rights.holds('group:write', groupScope(ctx.model, ctx.orgId, facts)),
      editPolicy: !facts.isAdmin && ctx.rights.holds('policy:write', policyScope(ctx.orgId, facts)),
    },
  }
}

type StoredGroupMember = { id: string; email: string; name: string; status: 'active' | 'suspended' | 'invited'; addedByName: string; createdAt: Date; sortValue: string }

/** Who is in a group, by name. @throws AppError `not-found`, or `invalid-input` for a cursor of another list */
export async function listGroupMembers(ctx: Ctx<'group:read'>, { id, q = '' }: { id: string; q?: string }, page: GroupPageRequest): Promise<Counted<GroupMemberRow>> {
  await findVisibleGroup(ctx, id)
  const fingerprint = listFingerprint(['group-members', ctx.orgId, id, q])
  const cursors = cursorsOf(page, fingerprint)
  const { backwards, boundary, take } = walkOf(cursors, page.limit)
  const words = searchWords(q).map((word) => Prisma.sql` AND m."searchText" LIKE lower(${containing(word)})`)
  const where = Prisma.sql`gm."organizationId" = ${ctx.orgId} AND gm."groupId" = ${id}${Prisma.join([Prisma.empty, ...words], '')}`
  const from = Prisma.sql`"GroupMember" gm JOIN "Membership" m ON m."organizationId" = gm."organizationId" AND m."id" = gm."membershipId"`
  const [name = '', last = ''] = boundary ?? []
  const beyond = boundary === undefined ? Prisma.empty
    : backwards ? Prisma.sql` AND (m."sortName", m."id") < (${name}, ${last})` : Prisma.sql` AND (m."sortName", m."id") > (${name}, ${last})`
  const order = backwards ? Prisma.sql`m."sortName" DESC, m."id" DESC` : Prisma.sql`m."sortName" ASC, m."id" ASC`
  const stored = await ctx.tx.$queryRaw<StoredGroupMember[]>`
    SELECT m."id", m."email", m."name", m."status"::text AS "status", gm."addedByName", gm."createdAt", m."sortName" AS "sortValue"
    FROM ${from} WHERE ${where}${beyond} ORDER BY ${order} LIMIT ${take}`
  const [total] = page.isCounted === false ? [] : await ctx.tx.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS "count" FROM (SELECT 1 FROM ${from} WHERE ${where} LIMIT ${COUNT_MAX + 1}) found`
  const { rows, ...rest } = toPage(stored, { limit: page.limit, ...cursors }, fingerprint, (row) => [row.sortValue, row.id])
  return {
    ...rest, ...counted(total?.count ?? 0),
    rows: rows.map((row) => ({
      id: row.id, email: row.email, name: row.name, status: row.status, addedByName: row.addedByName, addedAt: row.createdAt.toISOString(),
      invitationId: row.status === 'invited' ? invitationIdOf(row.id) : null,
    })),
  }
}

/** Somebody who could be added to a group. */
export type GroupCandidate = { id: string; email: string; name: string }

const CANDIDATES_SHOWN = 30

/** People whose name or address holds the words and who are not in the group yet, by name; at most thirty. @throws AppError `not-found` */
export async function searchGroupCandidates(ctx: Ctx<'group:write'>, { id, q }: { id: string; q: string }): Promise<GroupCandidate[]> {
  const group = await findGroupFacts(ctx, id)
  if (!ctx.rights.holds('group:write', groupScope(ctx.model, ctx.orgId, group))) throw new AppError('not-found', `no group \`${id}\``)
  // Whoever may not see the organization's users names them by their address.
  const words = ctx.rights.anywhere('member:read')
    ? searchWords(q).map((word) => Prisma.sql` AND m."searchText" LIKE lower(${containing(word)})`)
    : [Prisma.sql` AND m."email" = ${q.toLowerCase()}`]
  return ctx.tx.$queryRaw<GroupCandidate[]>`
    SELECT m."id", m."email", m."name" FROM "Membership" m
    WHERE m."organizationId" = ${ctx.orgId}${Prisma.join([Prisma.empty, ...words], '')}
      AND NOT EXISTS (SELECT 1 FROM "GroupMember" gm WHERE gm."organizationId" = ${ctx.orgId} AND gm."groupId" = ${id} AND gm."membershipId" = m."id")
    ORDER BY m."sortName", m."id" LIMIT ${CANDIDATES_SHOWN}`
}
