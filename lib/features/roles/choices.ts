import type { Ctx } from '@/lib/access/context'
import type { CorePermission } from '@/lib/access/permissions'
import { containing } from '@/lib/features/members/rules'
import { Prisma } from '@/lib/generated/prisma/client'
import { belowSql } from './below-sql'
import { assignableTypes, firstMissing, isFloorRole, permissionsAt, permissionTitle } from './rules'

/** A role as pickers offer it. */
export type RoleChoice = {
  id: string
  name: string
  title: string
  description: string
  group: string
  /** Types of resource at which it may be held. */
  assignableAt: readonly string[]
  /** Why the asker cannot give it at the organization. */
  disabledReason: string | null
  /** What it permits at the organization, in words. */
  permits: string[]
}

export type ScopeChoice = { id: string; type: string; typeTitle: string; name: string }

/** What the pickers of roles need to know about an organization. */
export type RolePicking = { roles: RoleChoice[]; scopes: ScopeChoice[]; hasMoreScopes: boolean; isOneRoleEach: boolean; defaultRoleId: string | null }

const SCOPES_SHOWN = 30

/** Roles for filters: id and title of every role that can be given, by title. */
export async function listRoleTitles(ctx: Ctx<'member:read'>): Promise<{ id: string; title: string }[]> {
  const { model } = ctx
  const roles = await ctx.tx.role.findMany({ where: { organizationId: ctx.orgId }, select: { id: true, name: true, title: true, builtIn: true, permissions: true }, orderBy: { title: 'asc' } })
  return roles.filter((role) => !isFloorRole(model, role)).map(({ id, title }) => ({ id, title }))
}

/**
 * Resources at which a role may be held: the organization first, then those whose name contains the text, by name; at most
 * thirty. Whoever holds what lets them ask only at parts of the tree finds what lies there.
 *
 * @param seenBy the permission by which the asker looks for them, proven before
 */
export async function searchScopes(ctx: Ctx, text: string, seenBy: CorePermission): Promise<ScopeChoice[]> {
  const { model, orgId, rights } = ctx
  const titles = new Map(model.resourceTypes.map(({ name, title }) => [name, title]))
  const words = text.replaceAll('\0', '').toLowerCase()
  const named = words === '' ? Prisma.empty : Prisma.sql` AND r."name" ILIKE ${containing(words)}`
  const within = rights.holds(seenBy) ? Prisma.empty : Prisma.sql` AND r."id" IN (${belowSql(orgId, rights.roots(seenBy))})`
  const found = await ctx.tx.$queryRaw<{ id: string; type: string; name: string }[]>`
    SELECT r."id", r."type", r."name" FROM "Resource" r
    WHERE r."organizationId" = ${orgId} AND r."parentId" IS NOT NULL${named}${within} ORDER BY r."name", r."id" LIMIT ${SCOPES_SHOWN}`
  const root = { id: ctx.orgId, type: 'organization', name: ctx.organization.name }
  const isRootFound = root.name.toLowerCase().includes(text.toLowerCase())
  return [...(isRootFound ? [root] : []), ...found].map((scope) => ({ ...scope, typeTitle: titles.get(scope.type) ?? scope.type }))
}

/** All that a picker of roles shows, with what the asker may not give told as such. */
export async function findRolePicking(ctx: Ctx<'member:read'>): Promise<RolePicking> {
  const { model } = ctx
  const stored = await ctx.tx.role.findMany({
    where: { organizationId: ctx.orgId },
    select: { id: true, name: true, title: true, description: true, builtIn: true, permissions: true },
    orderBy: [{ builtIn: 'desc' }, { createdAt: 'asc' }, { id: 'asc' }],
  })
  const groups = new Map(model.roles.map(({ name, group }) => [name, group]))
  const roles = stored.filter((role) => !isFloorRole(model, role)).map((role): RoleChoice => {
    const permissions = permissionsAt(model, role, 'organization')
    const missing = firstMissing(ctx.rights, permissions, ctx.orgId)
    return {
      id: role.id, name: role.name, title: role.title, description: role.description,
      group: role.builtIn ? (groups.get(role.name) ?? 'Built-in') : 'Custom',
      assignableAt: assignableTypes(model, role),
      disabledReason: missing === null ? null : `You do not hold “${permissionTitle(model, missing)}” yourself`,
      permits: [...permissions].map((name) => permissionTitle(model, name)),
    }
  })
  const scopes = await searchScopes(ctx, '', 'member:read')
  return {
    roles, scopes, hasMoreScopes: scopes.length > SCOPES_SHOWN, isOneRoleEach: model.rules.rolesPerMember === 'one',
    defaultRoleId: roles.find(({ name }) => name === model.rules.defaultRole)?.id ?? null,
  }
}
