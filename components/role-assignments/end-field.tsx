'use client'
import { Field } from '@/components/forms/field'
import { Input } from '@/components/ui/input'
import { NativeSelect } from '@/components/ui/native-select'
import { END_PRESET_DAYS } from '@/lib/features/role-assignments/rules'
import { dayAfter, type EndDraft } from './end-draft'

type EndFieldProps = { end: EndDraft; onChange: (end: EndDraft) => void }

const OPTIONS = [
  { value: 'never', label: 'Never' },
  ...END_PRESET_DAYS.map((days) => ({ value: String(days), label: days === 1 ? 'In 1 day' : `In ${days} days` })),
  { value: 'date', label: 'On a date…' },
]

/** When a role ends: never, in some days, or on a date. */
export function EndField({ end, onChange }: EndFieldProps) {
  return (
    <div className="grid gap-2">
      <Field name="expiresAt" label="Ends" hint={end.choice === 'date' ? 'At the end of that day, UTC' : undefined}>
        {({ defaultValue: _, ...control }) => (
          <NativeSelect {...control} options={OPTIONS} value={end.choice} onChange={(event) => onChange({ ...end, choice: event.currentTarget.value })} />
        )}
      </Field>
      {end.choice === 'date' ? (
        <Input type="date" aria-label="Date on which it ends" min={dayAfter(1)} value={end.date} onChange={(event) => onChange({ ...end, date: event.currentTarget.value })} />
      ) : null}
    </div>
  )
}
