import type { Ctx } from '@/lib/access/context'
import type { Target } from '@/lib/boundary/audit'
import { giverOf } from '@/lib/features/roles/insert'
import { newId } from '@/lib/ids'
import { typeOf, type Place } from './rules'

/** What came into being together with a resource, for the log. */
export type Born = { targets: Target[]; detail: Record<string, string> }

async function findBuiltInRole(ctx: Ctx, name: string): Promise<{ id: string; title: string } | null> {
  return ctx.tx.role.findFirst({ where: { organizationId: ctx.orgId, name, builtIn: true }, select: { id: true, title: true } })
}

/** Gives whoever made a resource the role that the model keeps for them. */
async function giveCreatorRole(ctx: Ctx, { id: scopeId, type }: Place): Promise<Born | null> {
  const { creator } = typeOf(ctx.model, type)
  const role = creator && ctx.membership ? await findBuiltInRole(ctx, creator.role) : null
  if (!role || !ctx.membership) return null
  const giver = giverOf(ctx)
  await ctx.tx.roleAssignment.create({
    data: {
      id: newId('assignment'), organizationId: ctx.orgId, membershipId: ctx.membership.id, roleId: role.id, scopeId, isCreator: true,
      grantedById: giver.id, grantedByName: giver.name, createdAt: ctx.now, reason: 'made this resource',
    },
  })
  return { targets: [], detail: { creatorRole: role.title } }
}

/** Makes the locked group that the model ties to such a resource, with whoever made it inside. */
async function makeLockedGroup(ctx: Ctx, { id: scopeId, type }: Place): Promise<Born | null> {
  const { groups } = ctx.model.rules
  if (groups?.belongTo !== type) return null
  const { title, role: roleName } = groups.lockedGroup
  const role = await findBuiltInRole(ctx, roleName)
  const giver = giverOf(ctx)
  const group = { id: newId('group'), organizationId: ctx.orgId, name: title, resourceId: scopeId, isAdmin: true, createdAt: ctx.now }
  await ctx.tx.group.create({ data: group })
  if (ctx.membership) await ctx.tx.groupMember.create({ data: { organizationId: ctx.orgId, groupId: group.id, membershipId: ctx.membership.id, addedByName: giver.name } })
  if (role) {
    await ctx.tx.roleAssignment.create({
      data: {
        id: newId('assignment'), organizationId: ctx.orgId, groupId: group.id, roleId: role.id, scopeId,
        grantedById: giver.id, grantedByName: giver.name, createdAt: ctx.now, reason: 'the group this resource was made with',
      },
    })
  }
  return { targets: [{ type: 'group', id: group.id, name: title }], detail: { lockedGroup: title } }
}

/** Makes what the access model says every resource of this type is born with. */
export async function makeBelongings(ctx: Ctx, resource: Place): Promise<Born> {
  const parts = [await giveCreatorRole(ctx, resource), await makeLockedGroup(ctx, resource)].filter((part) => part !== null)
  return { targets: parts.flatMap(({ targets }) => targets), detail: Object.assign({}, ...parts.map(({ detail }) => detail)) }
}
