'use client'
import type { ReactNode } from 'react'
import { Field } from '@/components/forms/field'
import { Input } from '@/components/ui/input'
import { Switch } from '@/components/ui/switch'

/** A limit that is on or off; the number stays while it is off. */
export type NumberDraft = { isOn: boolean; number: string }

type NumberSettingProps = { name: string; title: string; detail: string; unit: string; /** Left out, what days may be. */ bounds?: { min: number; max: number }; draft: NumberDraft; onChange: (draft: NumberDraft) => void; /** What it will do to whom. */ effect: ReactNode }

const DAYS = { min: 1, max: 3650 }

/** A switch with its number, and what it will do. */
export function NumberSetting({ name, title, detail, unit, bounds = DAYS, draft, onChange, effect }: NumberSettingProps) {
  return (
    <div className="grid gap-2">
      <Switch label={title} detail={detail} checked={draft.isOn} onChange={(event) => onChange({ ...draft, isOn: event.currentTarget.checked })} />
      {draft.isOn ? (
        <div className="grid gap-2 pl-11">
          <div className="max-w-40">
            <Field name={name} label={unit}>
              {({ defaultValue: _, ...control }) => <Input {...control} type="number" {...bounds} inputMode="numeric" value={draft.number} onChange={(event) => onChange({ ...draft, number: event.currentTarget.value })} />}
            </Field>
          </div>
          {effect}
        </div>
      ) : null}
    </div>
  )
}
