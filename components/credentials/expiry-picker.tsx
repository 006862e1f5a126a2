'use client'
import { CircleAlert } from 'lucide-react'
import { useId } from 'react'
import { useFormField } from '@/components/forms/form-context'
import { Checkbox } from '@/components/ui/checkbox'
import { Input } from '@/components/ui/input'
import { useNow } from '@/components/ui/server-time'
import { formatDate } from '@/components/ui/time-format'
import { dateBounds, expiresAtOf, offeredDays, type ExpiryChoice, type LifetimePolicy } from './expiry-choice'

type ExpiryPickerProps = { policy: LifetimePolicy; value: ExpiryChoice; onChange: (choice: ExpiryChoice) => void }

/** When a credential ends: presets, a day, or never where the organization allows it. As the field `expiresAt` of the form around it. */
export function ExpiryPicker({ policy, value, onChange }: ExpiryPickerProps) {
  const { now } = useNow()
  const name = useId()
  const { id, error } = useFormField('expiresAt')
  const isLimited = policy.maxLifetimeDays !== null
  const bounds = dateBounds(policy, now)
  const endOf = (days: number) => formatDate(Date.parse(expiresAtOf({ kind: 'days', days }, now, policy) ?? ''))
  return (
    <fieldset id={id} className="grid gap-2" aria-describedby={error === undefined ? undefined : `${id}-error`}>
      <legend className="label mb-1">Ends</legend>
      <div className="grid gap-1 sm:grid-cols-2">
        {offeredDays(policy).map((days) => (
          <Checkbox
            key={days}
            type="radio"
            name={name}
            label={days === 1 ? 'In 1 day' : `In ${days} days`}
            detail={`${endOf(days)}${days === policy.maxLifetimeDays ? ', the longest this organization allows' : ''}`}
            checked={value.kind === 'days' && value.days === days}
            onChange={() => onChange({ kind: 'days', days })}
          />
        ))}
        <Checkbox
          type="radio"
          name={name}
          label="On a day of your choice"
          checked={value.kind === 'date'}
          onChange={() => onChange({ kind: 'date', date: '' })}
        />
        <Checkbox
          type="radio"
          name={name}
          label="Never"
          detail={isLimited ? `This organization wants an end within ${policy.maxLifetimeDays} days` : 'It works until somebody revokes it'}
          checked={value.kind === 'none'}
          disabled={isLimited}
          onChange={() => onChange({ kind: 'none' })}
        />
      </div>
      {value.kind === 'date' ? (
        <div className="grid gap-1 sm:w-1/2">
          <label className="label" htmlFor={`${id}-day`}>
            Last day
          </label>
          <Input
            id={`${id}-day`}
            type="date"
            min={bounds.min}
            max={bounds.max}
            value={value.date}
            aria-describedby={`${id}-hint`}
            aria-invalid={error === undefined ? undefined : true}
            onChange={(event) => onChange({ kind: 'date', date: event.currentTarget.value })}
          />
          <p id={`${id}-hint`} className="field-hint">
            It works to the end of that day, UTC.
          </p>
        </div>
      ) : null}
      {error === undefined ? null : (
        <p id={`${id}-error`} className="field-error">
          <CircleAlert aria-hidden="true" />
          {error}
        </p>
      )}
    </fieldset>
  )
}
