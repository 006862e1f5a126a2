import type { GroupPolicyTold, PoliciesTold, StatementTold } from '@/lib/access/policy-explanation'
import type { ToldPolicy, ToldStatement } from './told'

/** How one statement met the question, in words. */
function wordsOf({ effect, outcome, clause, message }: StatementTold): string {
  if (outcome === 'matched') return effect === 'permit' ? 'permits it' : 'forbids it'
  if (outcome === 'failed') return `was skipped, since its evaluation failed${message ? `: ${message}` : ''}`
  switch (clause?.part) {
    case 'principal': return 'is about somebody else'
    case 'action': return 'is about other actions'
    case 'resource': return 'is about other resources'
    case 'condition': return 'does not apply: its condition does not hold'
    default: return 'does not apply'
  }
}

const tellStatement = (told: StatementTold): ToldStatement => ({
  name: told.policyId, effect: told.effect, outcome: told.outcome, text: told.text, words: wordsOf(told), clause: told.outcome === 'matched' ? null : (told.clause?.text ?? null),
})

function groupInWords({ outcome, isOutside, problem }: GroupPolicyTold): string {
  if (problem !== null) return `cannot be read and permits nothing: ${problem}`
  if (isOutside) return 'was not asked: the group belongs to another resource'
  return outcome === 'allows' ? 'permits it' : outcome === 'forbids' ? 'forbids what it would permit; it binds this group only' : 'says nothing to it'
}

/** What the policies of groups and the guardrails said, in names. Those with nothing about the action are left out. */
export function tellPolicies({ guardrails, groups }: PoliciesTold, groupNames: ReadonlyMap<string, string>, slug: string): ToldPolicy[] {
  const ofAll: ToldPolicy = {
    owner: 'Guardrails', groupId: null, href: null, outcome: guardrails.outcome, statements: guardrails.statements.map(tellStatement),
    words: guardrails.problem !== null ? `cannot be read: ${guardrails.problem}` : guardrails.outcome === 'forbids' ? 'forbid it, whatever roles and policies say' : 'do not forbid it',
  }
  const told = groups.map((group): ToldPolicy => ({
    owner: groupNames.get(group.groupId) ?? group.groupId, groupId: group.groupId, href: `/${slug}/groups/${group.groupId}`, outcome: group.outcome,
    words: groupInWords(group), statements: group.statements.map(tellStatement),
  }))
  return [ofAll, ...told].filter(({ statements, outcome }, index) => index > 0 || statements.length > 0 || outcome === 'forbids')
}
