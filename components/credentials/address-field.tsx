'use client'
import { Field } from '@/components/forms/field'
import { Chip } from '@/components/ui/chip'
import { Textarea } from '@/components/ui/textarea'
import { readEntries } from './address-entries'

/** Addresses and ranges from which a credential works; each with what is wrong with it. */
export function AddressField({ name = 'addresses', value, onChange }: { name?: string; value: string; onChange: (text: string) => void }) {
  const entries = readEntries(value)
  const wrong = entries.filter(({ problem }) => problem !== null).length
  const without = (at: number) => onChange(entries.filter((_, index) => index !== at).map(({ text }) => text).join('\n'))
  return (
    <div className="grid gap-2">
      <Field name={name} label="Only from these addresses" optional hint="Single addresses or ranges such as 203.0.113.0/24, separated by commas, spaces or line breaks. Empty: from anywhere.">
        {({ defaultValue: _, ...control }) => (
          <Textarea {...control} className="mono" rows={2} spellCheck={false} autoComplete="off" value={value} onChange={(event) => onChange(event.currentTarget.value)} />
        )}
      </Field>
      <p role="status" className="sr-only">
        {entries.length === 0 ? '' : `${entries.length - wrong} good${wrong > 0 ? `, ${wrong} wrong` : ''}`}
      </p>
      {entries.length > 0 ? (
        <div className="chips">
          {entries.map(({ text, problem, note }, index) => (
            <Chip key={index} label={text} {...(problem === null ? {} : { tone: 'bad' as const })} detail={problem ?? note ?? undefined} onRemove={() => without(index)} />
          ))}
        </div>
      ) : null}
    </div>
  )
}
