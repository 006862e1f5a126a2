'use client'
import { Field } from '@/components/forms/field'
import { Input } from '@/components/ui/input'
import { NativeSelect } from '@/components/ui/native-select'
import type { Option } from '@/components/ui/option'
import type { OnLeak } from '@/lib/features/credential-policy/rules'
import type { PolicyDraft } from './policy-draft'

const ON_LEAK: readonly (Option & { value: OnLeak; then: string })[] = [
  { value: 'revoke', label: 'Revoke it', then: 'It ends for good, at once. Whatever uses it fails until it gets another.' },
  { value: 'suspend', label: 'Suspend it', then: 'It is refused at once. Whoever looks after it can resume it.' },
  { value: 'report', label: 'Only tell its people', then: 'It goes on working, also for whoever found it, until somebody acts on the mail.' },
]

type LeakSettingsProps = { draft: PolicyDraft; onChange: (part: Partial<PolicyDraft>) => void }

/** When people are reminded of an end, and what happens to a credential that leaked. */
export function LeakSettings({ draft, onChange }: LeakSettingsProps) {
  const chosen = ON_LEAK.find(({ value }) => value === draft.onLeak)
  return (
    <>
      <Field name="reminderDays" label="Reminders before the end" optional hint="Days before a credential ends at which its owner and the administrators get a mail, such as 14, 3. Empty: no reminders.">
        {({ defaultValue: _, ...control }) => (
          <Input {...control} className="max-w-40" inputMode="numeric" autoComplete="off" value={draft.reminders} onChange={(event) => onChange({ reminders: event.currentTarget.value })} />
        )}
      </Field>
      <Field name="onLeak" label="When a secret is found elsewhere" hint={`${chosen?.then ?? ''} Its owner and the administrators are told by mail, and the audit log says where it was found.`}>
        {({ defaultValue: _, ...control }) => (
          <NativeSelect
            {...control} className="max-w-80" options={ON_LEAK} value={draft.onLeak}
            onChange={(event) => onChange({ onLeak: ON_LEAK.find(({ value }) => value === event.currentTarget.value)?.value ?? 'revoke' })}
          />
        )}
      </Field>
    </>
  )
}
