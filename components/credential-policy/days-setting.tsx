'use client'
import type { ReactNode } from 'react'
import { Field } from '@/components/forms/field'
import { Input } from '@/components/ui/input'
import { Switch } from '@/components/ui/switch'

/** A limit in days that is on or off; the number stays while it is off. */
export type DaysDraft = { isOn: boolean; days: string }

type DaysSettingProps = { name: string; title: string; detail: string; unit: string; draft: DaysDraft; onChange: (draft: DaysDraft) => void; /** What it will do to whom. */ effect: ReactNode }

/** A switch with its number of days, and what it will do. */
export function DaysSetting({ name, title, detail, unit, draft, onChange, effect }: DaysSettingProps) {
  return (
    <div className="grid gap-2">
      <Switch label={title} detail={detail} checked={draft.isOn} onChange={(event) => onChange({ ...draft, isOn: event.currentTarget.checked })} />
      {draft.isOn ? (
        <div className="grid gap-2 pl-11">
          <div className="max-w-40">
            <Field name={name} label={unit}>
              {({ defaultValue: _, ...control }) => <Input {...control} type="number" min={1} max={3650} inputMode="numeric" value={draft.days} onChange={(event) => onChange({ ...draft, days: event.currentTarget.value })} />}
            </Field>
          </div>
          {effect}
        </div>
      ) : null}
    </div>
  )
}
