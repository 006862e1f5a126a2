import type { Ctx } from '@/lib/access/context'
import { corePermissionNames, type CorePermission } from '@/lib/access/permissions'
import type { SessionActor } from '@/lib/access/principals/actor'
import { permissionsOfRole } from '@/lib/access/models/catalogue'
import { db } from '@/lib/db'

export type OrganizationSummary = { id: string; slug: string; name: string; accessModel: string }

/** Organizations a signed-in person may open, by name. */
export async function listOwnOrganizations(actor: SessionActor): Promise<OrganizationSummary[]> {
  const rows = await db().membership.findMany({
    where: { accountId: actor.accountId, status: 'active' },
    select: { organization: { select: { id: true, slug: true, name: true, accessModel: true, exclusions: { where: { sessionId: actor.sessionId }, select: { sessionId: true } } } } },
    orderBy: { organization: { name: 'asc' } },
    take: 200,
  })
  return rows.filter((row) => row.organization.exclusions.length === 0).map(({ organization: { exclusions: _ended, ...rest } }) => rest)
}

/** Everything general about the organization. */
export const findOrganization = (ctx: Ctx<'organization:read'>) =>
  ctx.tx.organization.findUniqueOrThrow({ where: { id: ctx.orgId }, select: { id: true, slug: true, name: true, accessModel: true, memberLimit: true, createdAt: true } })

export type OwnGrant = { role: string; title: string; scope: string; expiresAt: Date | null; reason: string; grantedBy: string; permissions: string[] }

/** *My access*: the roles a member holds themselves, where, since when and through whom. */
export async function listOwnGrants(ctx: Ctx): Promise<OwnGrant[]> {
  if (ctx.membership === null) return []
  const { model } = ctx
  const rows = await ctx.tx.roleAssignment.findMany({
    where: { organizationId: ctx.orgId, membershipId: ctx.membership.id, OR: [{ expiresAt: null }, { expiresAt: { gt: ctx.now } }] },
    select: { expiresAt: true, reason: true, grantedByName: true, role: { select: { name: true, title: true, builtIn: true, permissions: true } }, scope: { select: { name: true, type: true } } },
    orderBy: { id: 'asc' },
  })
  return rows.map(({ role, scope, ...row }) => ({
    role: role.name, title: role.title, scope: scope.name, expiresAt: row.expiresAt, reason: row.reason, grantedBy: row.grantedByName,
    permissions: [...(role.builtIn ? permissionsOfRole(model, role.name, scope.type) : role.permissions)],
  }))
}

/** Core permissions that a member of this organization lacks and holds, for the page that explains them. */
export function ownCorePermissions(ctx: Ctx): { name: CorePermission; held: boolean }[] {
  const held = new Set<string>(ctx.rights.atOrganization())
  return corePermissionNames.map((name) => ({ name, held: held.has(name) || ctx.rights.anywhere(name) }))
}
