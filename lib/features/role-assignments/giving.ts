import type { Ctx } from '@/lib/access/context'
import { requirePermission } from '@/lib/access/enter'
import { AppError } from '@/lib/errors'
import { containing, searchWords } from '@/lib/features/members/rules'
import { belowSql } from '@/lib/features/roles/below-sql'
import { describePermissions, type PermissionGroup } from '@/lib/features/roles/describe'
import { resolveAssignments } from '@/lib/features/roles/queries'
import { assignableTypes, findMissing, isFloorRole, permissionTitle, type ResolvedAssignment } from '@/lib/features/roles/rules'
import { Prisma } from '@/lib/generated/prisma/client'
import { invitationIdOf } from '@/lib/ids'
import type { PrincipalRef } from './rules'

const { sql, join, empty } = Prisma

/** A role as the dialog that gives it at one resource shows it. */
export type RoleToGive = {
  id: string
  title: string
  description: string
  group: string
  /** Why the asker cannot give it there. */
  disabledReason: string | null
  permits: PermissionGroup[]
}

export type GivingScope = { id: string; type: string; typeTitle: string; name: string; parentName: string | null }
export type RolesToGive = { roles: RoleToGive[]; isOneRoleEach: boolean }

type Row = { id: string; name: string; title: string; description: string; builtIn: boolean; permissions: string[] }

/** "an organization or a folder": where a role may be held. */
function placesInWords(ctx: Ctx, types: readonly string[]): string {
  const titles = ctx.model.resourceTypes.filter(({ name }) => types.includes(name)).map(({ plural }) => plural.toLowerCase())
  return titles.length < 2 ? titles.join('') : `${titles.slice(0, -1).join(', ')} and ${titles.at(-1)}`
}

function reasonAgainst(ctx: Ctx, role: Row, there: ResolvedAssignment | undefined): string | null {
  const locked = ctx.model.rules.groups?.lockedGroup
  if (locked && role.builtIn && locked.role === role.name) return `Comes with the ${locked.title} group of each ${ctx.model.rules.groups?.belongTo ?? 'resource'}`
  if (!there) return `Held at ${placesInWords(ctx, assignableTypes(ctx.model, role))} only`
  const missing = findMissing(ctx.rights, there)
  return missing === null ? null : `You do not hold “${permissionTitle(ctx.model, missing.permission)}” there yourself`
}

/**
 * Roles to give at a resource, with what each permits there and why some cannot be given.
 *
 * @throws AppError `not-found`, `forbidden` without `assignment:write` there
 */
export const findRolesToGive = (entered: Ctx<'assignment:write'>, scopeId: string): Promise<RolesToGive> => rolesToGiveAt(requirePermission(entered, 'assignment:write', scopeId), scopeId)

/** The same for who gives roles in another way, which was proven before. @throws AppError `not-found` */
export async function rolesToGiveAt(ctx: Ctx, scopeId: string): Promise<RolesToGive> {
  const scope = await ctx.tx.resource.findUnique({ where: { organizationId_id: { organizationId: ctx.orgId, id: scopeId } }, select: { type: true } })
  if (!scope) throw new AppError('not-found', `no resource \`${scopeId}\``)
  const stored: Row[] = await ctx.tx.role.findMany({
    where: { organizationId: ctx.orgId },
    select: { id: true, name: true, title: true, description: true, builtIn: true, permissions: true },
    orderBy: [{ builtIn: 'desc' }, { createdAt: 'asc' }, { id: 'asc' }],
  })
  const offered = stored.filter((role) => !isFloorRole(ctx.model, role))
  const fitting = offered.filter((role) => assignableTypes(ctx.model, role).includes(scope.type))
  const resolved = await resolveAssignments(ctx, fitting.map(({ id }) => ({ role: id, scope: scopeId })))
  const there = new Map(resolved.map((each) => [each.roleId, each]))
  const groups = new Map(ctx.model.roles.map(({ name, group }) => [name, group]))
  const roles = offered.map((role): RoleToGive => ({
    id: role.id, title: role.title, description: role.description, group: role.builtIn ? (groups.get(role.name) ?? 'Built-in') : 'Custom',
    disabledReason: reasonAgainst(ctx, role, there.get(role.id)), permits: describePermissions(ctx.model, there.get(role.id)?.permissions ?? new Set()),
  }))
  // What can be given comes first, each part in the model's order.
  return { roles: [...roles.filter(({ disabledReason }) => disabledReason === null), ...roles.filter(({ disabledReason }) => disabledReason !== null)], isOneRoleEach: ctx.model.rules.rolesPerMember === 'one' }
}

const SHOWN = 20

const nameHas = (column: Prisma.Sql, words: readonly string[]): Prisma.Sql => (words.length === 0 ? sql`TRUE` : join(words.map((word) => sql`${column} ILIKE ${containing(word)}`), ' AND '))

/** Resources at which the asker may give roles, by a part of their name; the organization first, if they may there. */
export async function searchGivingScopes(ctx: Ctx<'assignment:write'>, q: string): Promise<GivingScope[]> {
  const within = ctx.rights.holds('assignment:write') ? empty : sql` AND r."id" IN (${belowSql(ctx.orgId, ctx.rights.roots('assignment:write'))})`
  const rows = await ctx.tx.$queryRaw<{ id: string; type: string; name: string; parentName: string | null }[]>`
    SELECT r."id", r."type", r."name", p."name" AS "parentName" FROM "Resource" r
    LEFT JOIN "Resource" p ON p."organizationId" = r."organizationId" AND p."id" = r."parentId"
    WHERE r."organizationId" = ${ctx.orgId} AND ${nameHas(sql`r."name"`, searchWords(q))}${within}
    ORDER BY (r."parentId" IS NOT NULL), r."name", r."id" LIMIT ${SHOWN}`
  const titles = new Map(ctx.model.resourceTypes.map(({ name, title }) => [name, title]))
  return rows.map((row) => ({ ...row, typeTitle: titles.get(row.type) ?? row.type }))
}

export type PrincipalChoice = PrincipalRef & { name: string; detail: string }

type FoundMember = { id: string; name: string; email: string; status: string }

async function searchMembers(ctx: Ctx, words: readonly string[], address: string): Promise<PrincipalChoice[]> {
  const sees = ctx.rights.holds('member:read')
  const matches = words.length === 0 ? sql`TRUE` : join(words.map((word) => sql`m."searchText" LIKE lower(${containing(word)})`), ' AND ')
  const below = sql`SELECT a."membershipId" FROM "RoleAssignment" a WHERE a."organizationId" = ${ctx.orgId} AND a."membershipId" IS NOT NULL
    AND a."scopeId" IN (${belowSql(ctx.orgId, ctx.rights.roots('member:read'))})`
  const found = await ctx.tx.$queryRaw<FoundMember[]>`
    SELECT m."id", m."name", m."email", m."status"::text AS "status" FROM "Membership" m
    WHERE m."organizationId" = ${ctx.orgId} AND (${sees ? matches : sql`(${matches} AND m."id" IN (${below})) OR m."email" = ${address}`})
    ORDER BY m."sortName", m."id" LIMIT ${SHOWN}`
  return found.map(({ id, name, email, status }) => ({
    type: status === 'invited' ? ('invitation' as const) : ('user' as const), id: status === 'invited' ? invitationIdOf(id) : id,
    name: name || email, detail: [name ? email : '', status === 'invited' ? 'invited' : status === 'suspended' ? 'suspended' : ''].filter(Boolean).join(' · '),
  }))
}

async function searchGroups(ctx: Ctx, words: readonly string[]): Promise<PrincipalChoice[]> {
  const rows = await ctx.tx.$queryRaw<{ id: string; name: string; resourceId: string | null; place: string | null }[]>`
    SELECT g."id", g."name", g."resourceId", r."name" AS "place" FROM "Group" g
    LEFT JOIN "Resource" r ON r."organizationId" = g."organizationId" AND r."id" = g."resourceId"
    WHERE g."organizationId" = ${ctx.orgId} AND NOT g."isAdmin" AND ${nameHas(sql`g."name"`, words)} ORDER BY g."name", g."id" LIMIT ${SHOWN}`
  return rows
    .filter(({ resourceId }) => ctx.rights.holds('group:read', resourceId ?? ctx.orgId))
    .map(({ id, name, place }) => ({ type: 'group', id, name, detail: place === null ? 'Group' : `Group of ${place}` }))
}

async function searchServiceAccounts(ctx: Ctx, words: readonly string[]): Promise<PrincipalChoice[]> {
  if (!ctx.rights.anywhere('service-account:read')) return []
  const rows = await ctx.tx.$queryRaw<{ id: string; name: string }[]>`
    SELECT "id", "name" FROM "ServiceAccount" WHERE "organizationId" = ${ctx.orgId} AND ${nameHas(sql`"name"`, words)} ORDER BY "name", "id" LIMIT ${SHOWN}`
  return rows.map(({ id, name }) => ({ type: 'service_account', id, name, detail: 'Service account' }))
}

/**
 * Who could be given a role: people, groups and service accounts that the asker may see, by name or address. Whoever
 * may give roles can also name a person they do not see, by the whole address.
 */
export async function searchPrincipals(ctx: Ctx<'assignment:write'>, q: string): Promise<PrincipalChoice[]> {
  const words = searchWords(q)
  const [people, groups, programs] = [await searchMembers(ctx, words, q.trim().toLowerCase()), await searchGroups(ctx, words), await searchServiceAccounts(ctx, words)]
  return [...groups, ...programs, ...people].slice(0, SHOWN * 2)
}
