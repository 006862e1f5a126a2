import type { Ctx } from '@/lib/access/context'
import type { AccessModel } from '@/lib/access/models/access-model'
import { checkPolicyText } from '@/lib/access/policies/check'
import type { ImpactLine } from './impact-lines'

const EXAMPLES = 5

/** Policies that hold under the present model and would no longer validate: those of groups, and the guardrails. */
export async function findBrokenPolicies(ctx: Ctx, after: AccessModel): Promise<{ groups: ImpactLine[]; guardrails: ImpactLine[] }> {
  const { tx, orgId, model } = ctx
  const stored = await tx.policy.findMany({ where: { organizationId: orgId }, select: { ownerId: true, text: true } })
  const broken = stored.flatMap(({ ownerId, text }) => {
    const purpose = ownerId === orgId ? 'guardrails' : 'group'
    const now = checkPolicyText(after, text, purpose)
    if (now.isValid || !checkPolicyText(model, text, purpose).isValid) return []
    return [{ ownerId, why: now.problems.find(({ severity }) => severity === 'error')?.message ?? 'it does not validate' }]
  })
  const owners = await tx.group.findMany({ where: { organizationId: orgId, id: { in: broken.map(({ ownerId }) => ownerId) } }, select: { id: true, name: true } })
  const names = new Map(owners.map(({ id, name }) => [id, name]))
  const [ofGroups, ofAll] = [broken.filter(({ ownerId }) => ownerId !== orgId), broken.filter(({ ownerId }) => ownerId === orgId)]
  return {
    groups: ofGroups.length === 0 ? [] : [{
      kind: 'policies', count: ofGroups.length, what: 'policies of groups no longer validate: what in them cannot be read under the new model permits nothing',
      examples: ofGroups.slice(0, EXAMPLES).map(({ ownerId, why }) => `${names.get(ownerId) ?? ownerId}: ${why}`),
    }],
    guardrails: ofAll.length === 0 ? [] : [{
      kind: 'guardrails', count: 1, what: 'the guardrails no longer validate, and would forbid less: change them first', examples: ofAll.map(({ why }) => why),
    }],
  }
}
