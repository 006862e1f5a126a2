import type { Because } from '@/lib/access/engine/decide'
import type { AccessExplanation } from '@/lib/access/decide'
import type { ConsideredAssignment } from '@/lib/access/engine/explain'

const SENTENCES: Record<Because, string> = {
  policy: 'A policy of a group that the subject is in permits it.',
  role: 'A role that the subject holds here or above permits it.',
  'floor-role': 'The role that every active user holds permits it.',
  'unknown-permission': 'The access model has no such action.',
  'unknown-principal': 'There is no such subject in the organization.',
  'inactive-principal': 'The subject is suspended, or was not yet active.',
  'unknown-resource': 'There is no such resource in the organization.',
  'not-applicable': 'The action does not apply to resources of this type, nor to any below them.',
  'no-role': 'No role that the subject holds here or above permits it, and no policy of its groups.',
  guardrail: 'A guardrail of the organization forbids it, whatever roles and policies say.',
  'address-not-listed': 'The address in the question is not on the IP allowlist of the organization.',
  narrowed: 'The subject may, but the credential is limited to less.',
}

type Told = Omit<AccessExplanation, 'allow' | 'because' | 'considered'> & { considered: (Omit<ConsideredAssignment, 'expiresAt'> & { expiresAt: string | null })[] }

/** `reason` is a code of a closed set; `reason_admin` says it to an administrator; `explanation` is the whole derivation. */
export type ToldContext = { reason: Because; reason_admin: { en: string }; explanation: Told }

/** A derivation as the answer's `context`; times are RFC 3339. */
export function contextOf({ allow: _, because, considered, ...rest }: AccessExplanation): ToldContext {
  const told = considered.map(({ expiresAt, ...one }) => ({ ...one, expiresAt: expiresAt === null ? null : new Date(expiresAt).toISOString() }))
  return { reason: because, reason_admin: { en: SENTENCES[because] }, explanation: { ...rest, considered: told } }
}
