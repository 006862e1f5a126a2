'use client'
import { useState } from 'react'
import { useAnswer } from '@/components/api-keys/use-answer'
import { ActionForm } from '@/components/forms/action-form'
import { Field } from '@/components/forms/field'
import { SubmitButton } from '@/components/forms/submit-button'
import { NativeSelect } from '@/components/ui/native-select'
import type { Option } from '@/components/ui/option'
import { toast } from '@/components/ui/toast'
import { findPolicyEffectsAction, updateCredentialPolicyAction } from '@/lib/features/credential-policy/actions'
import { REQUESTS_MAX, REQUESTS_MIN, type CredentialPolicy, type Makers } from '@/lib/features/credential-policy/rules'
import { LeakSettings } from './leak-settings'
import { NumberSetting } from './number-setting'
import { numberOf, policyDraft, tooLongInWords, unusedInWords, wantedPolicy, type PolicyDraft } from './policy-draft'

const MAKERS: readonly (Option & { value: Makers })[] = [
  { value: 'holders', label: 'Whoever holds the permission' },
  { value: 'administrators', label: 'Administrators only' },
  { value: 'nobody', label: 'Nobody' },
]

const KINDS = [
  { kind: 'apiKey', label: 'API keys of one’s own' },
  { kind: 'serviceAccountKey', label: 'Keys of service accounts' },
  { kind: 'token', label: 'Application tokens' },
] as const

/** What the organization demands of credentials; each setting says what it will do, counted over those there are. */
export function PolicyForm({ org, policy }: { org: string; policy: CredentialPolicy }) {
  const [draft, setDraft] = useState(() => policyDraft(policy))
  const change = (part: Partial<PolicyDraft>) => setDraft((before) => ({ ...before, ...part }))
  const [max, unused] = [countable(numberOf(draft.max)), countable(numberOf(draft.unused))]
  const effects = useAnswer(() => findPolicyEffectsAction(org, { maxLifetimeDays: max, suspendUnusedDays: unused }), `${max} ${unused}`)
  const told = (words: string | undefined) => (
    <p role="status" className="text-ink-2">
      {effects.failure ?? words ?? 'Counting…'}
    </p>
  )
  return (
    <ActionForm className="fields" label="Credential policy" run={() => updateCredentialPolicyAction(org, wantedPolicy(draft))} onDone={() => toast({ title: 'Saved the credential policy' })}>
      <NumberSetting
        name="maxLifetimeDays" title="Longest life" detail="Off: keys and tokens may live without an end" unit="Days" draft={draft.max} onChange={(next) => change({ max: next })}
        effect={told(effects.value === null ? undefined : tooLongInWords(effects.value))}
      />
      <NumberSetting
        name="defaultLifetimeDays" title="Default life of keys" detail="Off: without an end, unless there is a longest life" unit="Days" draft={draft.usual} onChange={(next) => change({ usual: next })}
        effect={<p className="text-ink-2">New keys end after so long unless their maker chooses otherwise. Application tokens don’t: they end only when asked to, or when they have to.</p>}
      />
      <NumberSetting
        name="suspendUnusedDays" title="Suspend what is not used" detail="Off: however long they are unused, they go on working" unit="Days without use" draft={draft.unused} onChange={(next) => change({ unused: next })}
        effect={told(effects.value === null ? undefined : unusedInWords(effects.value))}
      />
      <NumberSetting
        name="requestsPerMinute" title="Fewer requests a minute" detail={`Off: each credential may make ${REQUESTS_MAX.toLocaleString('en')} a minute, as this installation allows`} unit="Requests a minute" bounds={{ min: REQUESTS_MIN, max: REQUESTS_MAX }}
        draft={draft.requests} onChange={(next) => change({ requests: next })}
        effect={<p className="text-ink-2">Whoever makes more is told when to go on. It counts for the management API, each credential by itself; decisions have no such limit.</p>}
      />
      <LeakSettings draft={draft} onChange={change} />
      <fieldset className="grid gap-3">
        <legend className="label mb-2">Who may create</legend>
        {KINDS.map(({ kind, label }) => (
          <Field key={kind} name={`makers.${kind}`} label={label}>
            {({ defaultValue: _, ...control }) => (
              <NativeSelect
                {...control} className="max-w-80" options={MAKERS} value={draft.makers[kind]}
                onChange={(event) => change({ makers: { ...draft.makers, [kind]: MAKERS.find(({ value }) => value === event.currentTarget.value)?.value ?? 'holders' } })}
              />
            )}
          </Field>
        ))}
        <p className="text-ink-2">Those that exist stay, whoever made them.</p>
      </fieldset>
      <div>
        <SubmitButton>Save policy</SubmitButton>
      </div>
    </ActionForm>
  )
}

/** Days that can be counted with; null while the number is none yet. */
const countable = (days: number | null): number | null => (days !== null && days >= 1 && days <= 3650 ? days : null)
