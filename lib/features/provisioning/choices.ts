import type { Ctx } from '@/lib/access/context'
import { containing, searchWords } from '@/lib/features/members/rules'
import { rolesToGiveAt, type RolesToGive } from '@/lib/features/role-assignments/giving'
import { searchScopes, type ScopeChoice } from '@/lib/features/roles/choices'
import { Prisma } from '@/lib/generated/prisma/client'

type Reading = Ctx<'provisioning:write'>

/** Roles that a mapping may give at a resource, with why some cannot be given. @throws AppError `not-found` */
export const findMappableRoles = (ctx: Reading, scopeId: string): Promise<RolesToGive> => rolesToGiveAt(ctx, scopeId)

/** Resources at which a mapping may give a role, by a part of their name; the organization first. */
export const searchMappingScopes = (ctx: Reading, q: string): Promise<ScopeChoice[]> => searchScopes(ctx, q, 'provisioning:write')

/** A group, as pickers and the list of a directory's groups name it. */
export type GroupChoice = { id: string; name: string; members: number }

const SHOWN = 30

const groupsSql = (where: Prisma.Sql, most: number): Prisma.Sql => Prisma.sql`
  SELECT g."id", g."name", (SELECT count(*)::int FROM "GroupMember" m WHERE m."organizationId" = g."organizationId" AND m."groupId" = g."id") AS "members"
  FROM "Group" g WHERE ${where} ORDER BY lower(g."name"), g."id" LIMIT ${most}`

/** Groups that people here decide about and that a directory could get, by a part of their name. */
export function searchGroupsToHandOver({ tx, orgId }: Reading, q: string): Promise<GroupChoice[]> {
  const words = searchWords(q).map((word) => Prisma.sql` AND g."name" ILIKE ${containing(word)}`)
  const where = Prisma.sql`g."organizationId" = ${orgId} AND g."directoryId" IS NULL AND NOT g."isAdmin"${Prisma.join([Prisma.empty, ...words], '')}`
  return tx.$queryRaw<GroupChoice[]>(groupsSql(where, SHOWN))
}

/** Most groups of a directory that its page lists; the Groups page has them all. */
export const MANAGED_SHOWN = 100

/** Groups that a directory decides about, by name. */
export const listManagedGroups = ({ tx, orgId }: Reading, directoryId: string): Promise<GroupChoice[]> =>
  tx.$queryRaw<GroupChoice[]>(groupsSql(Prisma.sql`g."organizationId" = ${orgId} AND g."directoryId" = ${directoryId}`, MANAGED_SHOWN))

/** Service accounts that could get the keys of leavers; whether they may hold them is asked when one is chosen. */
export async function listHandoverAccounts(ctx: Reading): Promise<{ id: string; name: string }[]> {
  if (!ctx.rights.holds('service-account:write')) return []
  return ctx.tx.serviceAccount.findMany({ where: { organizationId: ctx.orgId, isSuspended: false }, select: { id: true, name: true }, orderBy: { name: 'asc' }, take: 500 })
}
