import type { Because } from '@/lib/access/engine/decide'
import type { ConsideredAssignment, Outcome } from '@/lib/access/engine/explain'
import type { Check } from './told'

const DATE = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' })

export const momentInWords = (at: number): string => `${DATE.format(at)} UTC`

/** Why an assignment counts or does not. */
export function outcomeInWords(outcome: Outcome, expiresAt: number | null): string {
  switch (outcome) {
    case 'grants': return expiresAt === null ? 'permits it' : `permits it until ${momentInWords(expiresAt)}`
    case 'expired': return expiresAt === null ? 'has ended' : `permitted it and ended on ${momentInWords(expiresAt)}`
    case 'held-too-low': return 'permits it only where held at another type of resource'
    case 'not-chosen': return 'permits it on chosen resources, and this is not one of them'
    case 'elsewhere': return 'permits it, but is held elsewhere'
    case 'lacks-permission': return 'holds here, but does not permit it'
  }
}

/** What a sentence is about. */
export type Subject = { who: string; action: string; resource: string }

const REASONS: Readonly<Record<Exclude<Because, 'role' | 'floor-role' | 'policy'>, string>> = {
  'unknown-permission': 'the access model has no such action',
  'unknown-principal': 'nobody of this id is in the organization',
  'inactive-principal': 'only active users count: this one is suspended, or has not accepted the invitation yet',
  'unknown-resource': 'there is no such resource in the organization',
  'not-applicable': 'this action applies neither to this type of resource nor to any below it',
  'address-not-listed': 'the address is not on the IP allowlist',
  'no-role': 'none of the roles held here or above permits it',
  guardrail: 'a guardrail of the organization forbids it, whatever roles and policies say',
  narrowed: 'the credential is limited to less than its owner may do',
}

/** The reason of a no by its code, in words that follow a colon; an unknown code stands for itself. */
export const reasonInWords = (code: string): string => Object.entries(REASONS).find(([known]) => known === code)?.[1] ?? code

type Near = Pick<ConsideredAssignment, 'outcome'> & { role: string; scope: string; via: string | null }

const ORDER: readonly Outcome[] = ['expired', 'held-too-low', 'not-chosen', 'elsewhere']

function nearest(near: readonly Near[]): string {
  const found = ORDER.map((outcome) => near.find((each) => each.outcome === outcome)).find((each) => each !== undefined)
  if (!found) return ''
  const { role, scope, via, outcome } = found
  const held = `“${role}” on ${scope}${via === null ? '' : ` (through ${via})`}`
  switch (outcome) {
    case 'expired': return `; ${held} did, until it ended`
    case 'held-too-low': return `; ${held} does so only when held at another type of resource`
    case 'not-chosen': return `; ${held} does so on chosen resources only, and this is not one of them`
    default: return `; ${held} does, but that is elsewhere in the tree`
  }
}

/** Yes or no with its reason, in one sentence. `permitting`: groups whose policy permits it. */
export function sentenceOf(because: Because, { who, action, resource }: Subject, considered: readonly Near[], permitting: readonly string[] = []): string {
  const granting = considered.find(({ outcome }) => outcome === 'grants')
  if (because === 'floor-role') return `${who} may “${action}” on ${resource}, because everybody in the organization holds “${granting?.role ?? 'the floor role'}”.`
  if (because === 'policy') return `${who} may “${action}” on ${resource}, because the policy of ${permitting[0] ?? 'a group'} permits it.`
  if (because === 'role') {
    const held = granting ? `${granting.via === null ? `${who} holds` : `${granting.via}, of which ${who} is a member, holds`} “${granting.role}” on ${granting.scope}` : 'a role held here or above permits it'
    return `${who} may “${action}” on ${resource}, because ${held}.`
  }
  return `${who} may not “${action}” on ${resource}: ${REASONS[because]}${because === 'no-role' ? nearest(considered) : ''}.`
}

type Situation = { because: Because; byPolicy?: boolean; isKnown: boolean; isActive: boolean; hasResource: boolean; typeTitle: string; considered: readonly Near[] }

/** The questions one asks when somebody cannot do something, in order, with their answers; after the first no the rest is open. */
export function checksOf({ because, byPolicy = false, isKnown, isActive, hasResource, typeTitle, considered }: Situation): Check[] {
  const permitting = considered.filter(({ outcome }) => outcome !== 'lacks-permission')
  const here = permitting.filter(({ outcome }) => outcome === 'grants' || outcome === 'expired')
  const questions: { label: string; isGood: boolean; detail: string }[] = [
    { label: 'In this organization', isGood: isKnown, detail: 'Nothing of this id is here. Look whether it is another organization’s.' },
    { label: 'Active', isGood: isActive, detail: 'Suspended users and open invitations may do nothing.' },
    { label: 'The resource is in this organization', isGood: hasResource, detail: 'Nothing of this id is here. Look whether it was deleted, or is another organization’s.' },
    { label: 'The action applies to this resource', isGood: because !== 'not-applicable' && because !== 'unknown-permission', detail: `The action can be asked neither of a ${typeTitle.toLowerCase()} nor of anything below one.` },
    { label: 'Holds a role that permits it, or is in a group whose policy does', isGood: byPolicy || permitting.length > 0, detail: 'No role held anywhere contains the permission.' },
    { label: 'Holds it here or above', isGood: byPolicy || here.length > 0, detail: 'Roles that contain the permission are held elsewhere, or at a type of resource where it does not count.' },
    { label: 'It has not ended', isGood: byPolicy || here.some(({ outcome }) => outcome === 'grants'), detail: 'Every such role has ended.' },
    { label: 'No guardrail forbids it', isGood: because !== 'guardrail', detail: 'A guardrail binds everybody; only changing it helps.' },
    { label: 'The credential is not limited to less', isGood: because !== 'narrowed', detail: 'The key’s own role or scope leaves it out.' },
  ]
  const first = questions.findIndex(({ isGood }) => !isGood)
  return questions.map(({ label, isGood, detail }, index) => ({
    label, state: first >= 0 && index > first ? 'open' : isGood ? 'yes' : 'no', detail: index === first ? detail : '',
  }))
}
