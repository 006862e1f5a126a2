'use client'
import { useState, type ComponentProps } from 'react'
import { Input } from '@/components/ui/input'
import { Field, type FieldProps } from './field'

type PasswordFieldProps = FieldProps & Omit<ComponentProps<'input'>, 'style' | 'id' | 'name' | 'type' | 'required' | 'autoComplete'> & {
  autoComplete: 'current-password' | 'new-password'
}

/** A labelled password that can be shown. What was typed is never brought back after an error. */
export function PasswordField({ name, label, hint, optional, ...input }: PasswordFieldProps) {
  const [shown, setShown] = useState(false)
  return (
    <Field {...{ name, label, hint }} optional={optional ?? false}>
      {({ defaultValue: _, ...control }) => (
        <div className="password">
          <Input {...input} {...control} type={shown ? 'text' : 'password'} spellCheck={false} autoCapitalize="none" />
          <button type="button" aria-pressed={shown} aria-label="Show password" onClick={() => setShown(!shown)}>
            {shown ? 'Hide' : 'Show'}
          </button>
        </div>
      )}
    </Field>
  )
}
