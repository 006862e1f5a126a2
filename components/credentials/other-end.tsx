'use client'
import { Checkbox } from '@/components/ui/checkbox'
import { formatDate } from '@/components/ui/time-format'
import type { ExpiryChoice, LifetimePolicy } from './expiry-choice'
import { ExpiryPicker } from './expiry-picker'

type OtherEndProps = { expiresAt: string | null; policy: LifetimePolicy; value: ExpiryChoice | null; onChange: (value: ExpiryChoice | null) => void }

/** Whether a credential that is there gets another end, and which; null: its end stays. */
export function OtherEnd({ expiresAt, policy, value, onChange }: OtherEndProps) {
  const end = expiresAt === null ? 'It has no end' : `It ends on ${formatDate(Date.parse(expiresAt))}`
  return (
    <>
      <Checkbox label="Give it another end" detail={end} checked={value !== null} onChange={(event) => onChange(event.currentTarget.checked ? { kind: 'date', date: expiresAt?.slice(0, 10) ?? '' } : null)} />
      {value ? <ExpiryPicker policy={policy} value={value} onChange={onChange} /> : null}
    </>
  )
}
