import type { Ctx } from '@/lib/access/context'
import type { AdministratorRoles } from '@/lib/features/roles/queries'
import { holdersSql, holdsBelowSql, isHolderSql, type Holding } from '@/lib/features/roles/holders-sql'
import { Prisma } from '@/lib/generated/prisma/client'
import type { Boundary } from '@/lib/pagination'
import { AppError } from '@/lib/errors'
import { containing, MEMBER_STATUSES, searchWords, UNUSED_DAYS, type MemberSort, type MemberSortColumn } from './rules'
import type { MemberFilter } from './schema'

const { sql, join, raw, empty } = Prisma

/** What the list reads of a membership; `sortValue` is what the page's boundary is made of. */
export type StoredMember = {
  id: string
  email: string
  name: string
  status: 'invited' | 'active' | 'suspended'
  source: string
  lastMethod: string | null
  lastSeenAt: Date
  createdAt: Date
  joinedAt: Date | null
  suspendedAt: Date | null
  invitationExpiresAt: Date | null
  directoryId: string | null
  sortValue: string | Date
}

const COLUMNS: Record<MemberSortColumn, { name: string; isTime: boolean }> = {
  name: { name: 'sortName', isTime: false },
  email: { name: 'email', isTime: false },
  'last-seen': { name: 'lastSeenAt', isTime: true },
  added: { name: 'createdAt', isTime: true },
}

const columnOf = (sort: MemberSort): Prisma.Sql => raw(`m."${COLUMNS[sort.column].name}"`)

const selection = (sort: MemberSort): Prisma.Sql => sql`m."id", m."email", m."name", m."status"::text AS "status", m."source", m."lastMethod", m."lastSeenAt",
  m."createdAt", m."joinedAt", m."suspendedAt", m."invitationExpiresAt", m."directoryId", ${columnOf(sort)} AS "sortValue"`

/** Statuses to read, each of which has indexes in every order of the list; with what tells pending from expired. */
function statusBranches(filter: MemberFilter, at: Date): Prisma.Sql[] {
  const wanted = new Set(filter.unused90Days ? (['active'] as const).filter((s) => filter.status.length === 0 || filter.status.includes(s)) : filter.status)
  const all = wanted.size === 0 && !filter.unused90Days
  const [pending, expired] = [all || wanted.has('pending'), all || wanted.has('expired')]
  const invited = pending && expired ? empty : pending
    ? sql` AND (m."invitationExpiresAt" IS NULL OR m."invitationExpiresAt" > ${at})`
    : sql` AND m."invitationExpiresAt" <= ${at}`
  return [
    ...(all || wanted.has('active') ? [sql`m."status" = 'active'`] : []),
    ...(all || wanted.has('suspended') ? [sql`m."status" = 'suspended'`] : []),
    ...(pending || expired ? [sql`m."status" = 'invited'${invited}`] : []),
  ]
}

/** What was looked up before the list's conditions can be written. */
export type Looked = {
  /** Roles of administrators, when the filter asks for them. */
  administrators: AdministratorRoles | null
  /** Whether the filter's role has so many holders that they are not worth collecting. */
  isRoleCommon: boolean
  /** Resources at and below which whoever holds a role may be seen; null: everybody. */
  visible: readonly string[] | null
}

const isOneOf = (holding: Holding): Prisma.Sql => sql`m."id" IN (${holdersSql(holding)})`

function holdingBoth(ctx: Ctx, roles: AdministratorRoles): Prisma.Sql[] {
  const half = (roleIds: readonly string[]) => isOneOf({ organizationId: ctx.orgId, roleIds, atOrganization: true, when: ctx.now })
  return [...(roles.everyone.members ? [] : [half(roles.members)]), ...(roles.everyone.assignments ? [] : [half(roles.assignments)])]
}

/** The filter's role, held anywhere. */
export const roleHolding = (ctx: Ctx, roleId: string): Holding => ({ organizationId: ctx.orgId, roleIds: [roleId], atOrganization: false, when: ctx.now })

function conditions(ctx: Ctx, filter: MemberFilter, { administrators, isRoleCommon, visible }: Looked): Prisma.Sql[] {
  const unusedSince = new Date(ctx.now.getTime() - UNUSED_DAYS * 24 * 3600_000)
  const holding = filter.roleId === undefined ? [] : [roleHolding(ctx, filter.roleId)]
  return [
    ...searchWords(filter.q).map((word) => sql`m."searchText" LIKE lower(${containing(word)})`),
    ...holding.map(isRoleCommon ? isHolderSql : isOneOf),
    ...(filter.unused90Days ? [sql`m."lastSeenAt" < ${unusedSince} AND COALESCE(m."joinedAt", m."createdAt") < ${unusedSince}`] : []),
    ...(administrators === null ? [] : holdingBoth(ctx, administrators)),
    ...(visible === null ? [] : [holdsBelowSql(ctx.orgId, visible, sql`m."id"`)]),
  ]
}

/** The list's conditions, ready to be asked for a count or a page. */
export type MemberList = { organizationId: string; sort: MemberSort; statuses: Prisma.Sql[]; isEveryStatus: boolean; conditions: Prisma.Sql[] }

export const memberList = (ctx: Ctx, filter: MemberFilter, looked: Looked): MemberList => ({
  organizationId: ctx.orgId, sort: filter.sort, statuses: statusBranches(filter, ctx.now), conditions: conditions(ctx, filter, looked),
  isEveryStatus: !filter.unused90Days && (filter.status.length === 0 || MEMBER_STATUSES.every((status) => filter.status.includes(status))),
})

const whereOf = (list: MemberList, status: Prisma.Sql): Prisma.Sql =>
  join([sql`m."organizationId" = ${list.organizationId}`, status, ...list.conditions], ' AND ')

function anyStatus({ statuses, isEveryStatus }: MemberList): Prisma.Sql {
  if (isEveryStatus) return sql`TRUE`
  return statuses.length === 0 ? sql`FALSE` : sql`(${join(statuses.map((status) => sql`(${status})`), ' OR ')})`
}

/** Counts, at most to `most`. */
export const countSql = (list: MemberList, most: number): Prisma.Sql =>
  sql`SELECT count(*)::int AS "count" FROM (SELECT 1 FROM "Membership" m WHERE ${whereOf(list, anyStatus(list))} LIMIT ${most}) found`

/** Rows after (or before) a boundary in the list's order; `backwards` turns it around. */
export type Walk = { backwards: boolean; boundary: Boundary | undefined; take: number }

function checkedBoundary(sort: MemberSort, [value = '', id = '', ...rest]: Boundary): { value: string | Date; id: string } {
  const { isTime } = COLUMNS[sort.column]
  const isWrong = rest.length > 0 || id === '' || `${value}${id}`.includes('\0') || (isTime && Number.isNaN(Date.parse(value)))
  if (isWrong) throw new AppError('invalid-input', 'the cursor is damaged', { fields: [{ path: 'cursor', message: 'begin again without a cursor' }] })
  return { value: isTime ? new Date(value) : value, id }
}

function beyond(sort: MemberSort, { backwards, boundary }: Walk): Prisma.Sql {
  if (boundary === undefined) return empty
  const { value, id } = checkedBoundary(sort, boundary)
  const sign = raw((sort.direction === 'asc') === backwards ? '<' : '>')
  return sql` AND (${columnOf(sort)}, m."id") ${sign} (${value}, ${id})`
}

const directionOf = (sort: MemberSort, walk: Walk): Prisma.Sql => raw((sort.direction === 'asc') === walk.backwards ? 'DESC' : 'ASC')

/** Names and addresses are indexed across statuses too: no status in which nobody matches is then walked to its end. */
const branchesOf = (list: MemberList): Prisma.Sql[] => (list.isEveryStatus && !COLUMNS[list.sort.column].isTime ? [sql`TRUE`] : list.statuses)

/**
 * A page in order when many rows match: one short index walk a status, merged. Its cost does not grow
 * with the number of members, nor with the number of the page.
 */
export function walkSql(list: MemberList, walk: Walk): Prisma.Sql {
  const direction = directionOf(list.sort, walk)
  const branches = branchesOf(list).map((status) => sql`(SELECT ${selection(list.sort)} FROM "Membership" m
    WHERE ${whereOf(list, status)}${beyond(list.sort, walk)} ORDER BY ${columnOf(list.sort)} ${direction}, m."id" ${direction} LIMIT ${walk.take})`)
  return sql`SELECT * FROM (${join(branches, ' UNION ALL ')}) page ORDER BY "sortValue" ${direction}, "id" ${direction} LIMIT ${walk.take}`
}

/** A page when few rows match: finds them all first, so that the planner is not tempted to walk an index past everybody else. */
export function sortSql(list: MemberList, walk: Walk): Prisma.Sql {
  const direction = directionOf(list.sort, walk)
  return sql`WITH m AS MATERIALIZED (SELECT * FROM "Membership" m WHERE ${whereOf(list, anyStatus(list))})
    SELECT ${selection(list.sort)} FROM m WHERE TRUE${beyond(list.sort, walk)} ORDER BY ${columnOf(list.sort)} ${direction}, m."id" ${direction} LIMIT ${walk.take}`
}
