import type { CredentialPolicy, Makers, OnLeak } from '@/lib/features/credential-policy/rules'
import type { PolicyEffects } from '@/lib/features/credential-policy/effects'
import type { NumberDraft } from './number-setting'

/** A policy while it is being edited. */
export type PolicyDraft = { max: NumberDraft; usual: NumberDraft; unused: NumberDraft; requests: NumberDraft; reminders: string; onLeak: OnLeak; makers: Record<keyof CredentialPolicy['makers'], Makers> }

const draftOf = (number: number | null, otherwise: number): NumberDraft => ({ isOn: number !== null, number: String(number ?? otherwise) })

export const policyDraft = (policy: CredentialPolicy): PolicyDraft => ({
  max: draftOf(policy.maxLifetimeDays, 365), usual: draftOf(policy.defaultLifetimeDays, 90), unused: draftOf(policy.suspendUnusedDays, 90), requests: draftOf(policy.requestsPerMinute, 6000),
  reminders: policy.reminderDays.join(', '), onLeak: policy.onLeak, makers: { ...policy.makers },
})

/** What was typed as a number, null when it is off; NaN, which the server refuses by name, for what is none. */
export const numberOf = ({ isOn, number }: NumberDraft): number | null => (isOn ? (/^\d{1,5}$/.test(number.trim()) ? Number(number) : Number.NaN) : null)

/** What the action takes. */
export const wantedPolicy = ({ max, usual, unused, requests, reminders, onLeak, makers }: PolicyDraft) => ({
  maxLifetimeDays: numberOf(max), defaultLifetimeDays: numberOf(usual), suspendUnusedDays: numberOf(unused), requestsPerMinute: numberOf(requests),
  reminderDays: reminders.split(/[\s,;]+/).filter(Boolean).map((text) => (/^\d{1,3}$/.test(text) ? Number(text) : Number.NaN)), onLeak, makers,
})

const MOST = 1000
const counted = (count: number, one: string): string => `${count > MOST ? '1,000+' : count.toLocaleString('en')} ${one}${count === 1 ? '' : 's'}`

const both = ({ keys, tokens }: PolicyEffects['unused']): string => [...(keys > 0 ? [counted(keys, 'key')] : []), ...(tokens > 0 ? [counted(tokens, 'token')] : [])].join(' and ')

/** "12 keys and 1 token live longer already …": what the longest life means for those there are. */
export function tooLongInWords(effects: PolicyEffects): string {
  const found = both(effects.tooLong)
  if (found === '') return 'None of the present keys and tokens lives longer.'
  return `${found} already ${found === '1 key' || found === '1 token' ? 'lives' : 'live'} longer. They keep their end, but cannot be prolonged; rotated, the new secret keeps to the limit.`
}

/** "3 keys were not used for so long and will be suspended within the hour." */
export function unusedInWords(effects: PolicyEffects): string {
  const found = both(effects.unused)
  if (found === '') return 'None of the present keys and tokens was unused for so long.'
  return `${found} ${found === '1 key' || found === '1 token' ? 'was' : 'were'} not used for so long: suspended soon after you save. Their owners can resume them.`
}
