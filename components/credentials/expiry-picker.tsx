'use client'
import { CircleAlert } from 'lucide-react'
import { useId } from 'react'
import { Checkbox } from '@/components/ui/checkbox'
import { Input } from '@/components/ui/input'
import { useNow } from '@/components/ui/server-time'
import { formatDate } from '@/components/ui/time-format'
import { dateBounds, expiresAtOf, expiryProblem, offeredDays, type ExpiryChoice, type LifetimePolicy } from './expiry-choice'

type ExpiryPickerProps = {
  policy: LifetimePolicy
  value: ExpiryChoice
  onChange: (choice: ExpiryChoice) => void
  /** Shows what is wrong with the choice, once one has tried to go on. */
  tried?: boolean
  /** What the server said about it. */
  error?: string | undefined
}

/** When a credential ends: presets, a day, or never where the organization allows it. */
export function ExpiryPicker({ policy, value, onChange, tried = false, error }: ExpiryPickerProps) {
  const { now } = useNow()
  const id = useId()
  const isLimited = policy.maxLifetimeDays !== null
  const bounds = dateBounds(policy, now)
  const problem = error ?? (tried ? expiryProblem(value, policy, now) : null)
  const endOf = (days: number) => formatDate(Date.parse(expiresAtOf({ kind: 'days', days }, now) ?? ''))
  return (
    <fieldset className="grid gap-2" aria-describedby={problem === null ? undefined : `${id}-error`}>
      <legend className="label mb-1">Ends</legend>
      <div className="grid gap-1 sm:grid-cols-2">
        {offeredDays(policy).map((days) => (
          <Checkbox
            key={days}
            type="radio"
            name={id}
            label={days === 1 ? 'In 1 day' : `In ${days} days`}
            detail={`${endOf(days)}${days === policy.maxLifetimeDays ? ', the longest this organization allows' : ''}`}
            checked={value.kind === 'days' && value.days === days}
            onChange={() => onChange({ kind: 'days', days })}
          />
        ))}
        <Checkbox
          type="radio"
          name={id}
          label="On a day of your choice"
          checked={value.kind === 'date'}
          onChange={() => onChange({ kind: 'date', date: '' })}
        />
        <Checkbox
          type="radio"
          name={id}
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
            aria-invalid={problem === null ? undefined : true}
            onChange={(event) => onChange({ kind: 'date', date: event.currentTarget.value })}
          />
          <p id={`${id}-hint`} className="field-hint">
            It works to the end of that day, UTC.
          </p>
        </div>
      ) : null}
      {problem === null ? null : (
        <p id={`${id}-error`} className="field-error">
          <CircleAlert aria-hidden="true" />
          {problem}
        </p>
      )}
    </fieldset>
  )
}
