import { readEntries } from '@/components/credentials/address-entries'
import { expiresAtOf, expiryProblem, firstExpiry, type ExpiryChoice, type LifetimePolicy } from '@/components/credentials/expiry-choice'
import type { PlaceOption } from '@/lib/features/credential-rights/rules'
import type { NewKeyInput } from './key-doors'

/** A key while it is being described. */
export type KeyDraft = { name: string; purpose: string; isNarrowed: boolean; roleId: string; place: PlaceOption | null; addresses: string; expiry: ExpiryChoice }

export const KEY_STEPS = ['Purpose', 'Rights', 'Limits'] as const

export const newKeyDraft = (policy: LifetimePolicy): KeyDraft => ({ name: '', purpose: '', isNarrowed: false, roleId: '', place: null, addresses: '', expiry: firstExpiry(policy) })

/** What is wrong in a step, by the name of the field; empty when one may go on. */
export function stepProblems(step: number, draft: KeyDraft, policy: LifetimePolicy, now: number): Record<string, string> {
  if (step === 0) return draft.name.trim() === '' ? { name: 'A key needs a name' } : {}
  if (step === 1) return draft.isNarrowed && draft.roleId === '' ? { role: 'Choose a role' } : {}
  const expiry = expiryProblem(draft.expiry, policy, now)
  const wrong = readEntries(draft.addresses).find(({ problem }) => problem !== null)
  return { ...(wrong && { addresses: `${wrong.text}: ${wrong.problem}` }), ...(expiry !== null && { expiresAt: expiry }) }
}

/** The step in which a field stands, so that a refusal leads back to it. */
export const stepOfField = (path: string): number => (/^(name|purpose)/.test(path) ? 0 : /^(role|scope)/.test(path) ? 1 : 2)

/** What the action takes. */
export const wantedKey = (draft: KeyDraft, policy: LifetimePolicy, now: number): NewKeyInput => ({
  name: draft.name, purpose: draft.purpose, expiresAt: expiresAtOf(draft.expiry, now, policy), addresses: readEntries(draft.addresses).map(({ text }) => text),
  ...(draft.isNarrowed && draft.roleId !== '' && { role: draft.roleId }),
  ...(draft.place !== null && { scope: draft.place.id }),
})
