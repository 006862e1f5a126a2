import type { Ctx } from '@/lib/access/context'
import type { AuditEntry } from '@/lib/boundary/audit'
import { AppError } from '@/lib/errors'
import { assertAdministratorRemains } from '@/lib/features/members/last-administrator'
import { findPoliciesNaming } from '@/lib/features/policies/naming'

/**
 * Ends a group: its roles and its policy go with it. The organization is locked before.
 *
 * @throws AppError `conflict` while a policy or a guardrail names it, `last-administrator`
 */
export async function removeGroup(ctx: Ctx, group: { id: string; name: string; description: string }): Promise<AuditEntry & { members: number }> {
  const { id } = group
  const naming = await findPoliciesNaming(ctx, id)
  if (naming.length > 0) throw new AppError('conflict', `\`${group.name}\` is named in ${naming.join(' and ')}; take it out there first`)
  const members = await ctx.tx.groupMember.count({ where: { organizationId: ctx.orgId, groupId: id } })
  const owner = { organizationId: ctx.orgId, ownerId: id }
  await ctx.tx.policyTest.deleteMany({ where: owner })
  await ctx.tx.policyVersion.deleteMany({ where: owner })
  const policies = await ctx.tx.policy.findMany({ where: owner, select: { text: true } })
  await ctx.tx.policy.deleteMany({ where: owner })
  await ctx.tx.group.delete({ where: { organizationId_id: { organizationId: ctx.orgId, id } }, select: { id: true } })
  await assertAdministratorRemains(ctx)
  const [policy] = policies
  return {
    members, targets: [{ type: 'group', id, name: group.name }],
    before: { name: group.name, description: group.description, members, ...(policy && policy.text !== '' && { policy: policy.text }) },
  }
}
