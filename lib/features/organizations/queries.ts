import type { Ctx } from '@/lib/access/context'
import { corePermissionNames, type CorePermission } from '@/lib/access/permissions'
import type { SessionActor } from '@/lib/access/principals/actor'
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

/** Core permissions that a member of this organization lacks and holds, for the page that explains them. */
export function ownCorePermissions(ctx: Ctx): { name: CorePermission; held: boolean }[] {
  const held = new Set<string>(ctx.rights.atOrganization())
  return corePermissionNames.map((name) => ({ name, held: held.has(name) || ctx.rights.anywhere(name) }))
}
