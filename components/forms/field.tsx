'use client'
import { CircleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { Label } from '@/components/ui/label'
import { useFormField } from './form-context'

/** What Field gives to the control inside; spread it. */
export type ControlProps = {
  id: string
  name: string
  defaultValue?: string
  'aria-describedby'?: string
  'aria-invalid'?: true
  required?: boolean
}

export type FieldProps = { name: string; label: string; hint?: ReactNode; optional?: boolean }

/** Label, control, hint and error of one field. TextField and its relatives are made of it; use it for other controls. */
export function Field({ name, label, hint, optional = false, children }: FieldProps & { children: (control: ControlProps) => ReactNode }) {
  const { id, error, value } = useFormField(name)
  const described = [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ')
  return (
    <div className="field">
      <Label htmlFor={id} optional={optional}>
        {label}
      </Label>
      {children({
        id,
        name,
        required: !optional,
        ...(value === undefined ? {} : { defaultValue: value }),
        ...(described ? { 'aria-describedby': described } : {}),
        ...(error ? { 'aria-invalid': true } : {}),
      })}
      {hint ? (
        <p id={`${id}-hint`} className="field-hint">
          {hint}
        </p>
      ) : null}
      {error ? (
        <p id={`${id}-error`} className="field-error">
          <CircleAlert aria-hidden="true" />
          {error}
        </p>
      ) : null}
    </div>
  )
}
