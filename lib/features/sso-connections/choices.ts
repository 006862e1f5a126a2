import type { Ctx } from '@/lib/access/context'
import { assignableTypes, isFloorRole } from '@/lib/features/roles/rules'

export type Choice = { value: string; label: string }

const SCOPES_MAX = 200

/** Roles that groups may be mapped to, and places where they may be held. What the asker does not hold is refused when it is saved. */
export async function findMappingChoices(ctx: Ctx<'sign-in:read'>): Promise<{ roles: Choice[]; atOrganization: Choice[]; scopes: Choice[] }> {
  const stored = await ctx.tx.role.findMany({ where: { organizationId: ctx.orgId }, select: { id: true, name: true, title: true, builtIn: true, permissions: true }, orderBy: [{ builtIn: 'desc' }, { createdAt: 'asc' }, { id: 'asc' }] })
  const roles = stored.filter((role) => !isFloorRole(ctx.model, role))
  const option = ({ id, title }: { id: string; title: string }): Choice => ({ value: id, label: title })
  const scopes = await ctx.tx.resource.findMany({ where: { organizationId: ctx.orgId, parentId: { not: null } }, select: { id: true, name: true }, orderBy: { id: 'asc' }, take: SCOPES_MAX })
  return {
    roles: roles.map(option), atOrganization: roles.filter((role) => assignableTypes(ctx.model, role).includes('organization')).map(option),
    scopes: [{ value: ctx.orgId, label: ctx.organization.name }, ...scopes.map(({ id, name }) => ({ value: id, label: name }))],
  }
}
