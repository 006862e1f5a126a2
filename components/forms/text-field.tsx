'use client'
import type { ComponentProps } from 'react'
import { Input } from '@/components/ui/input'
import { Field, type FieldProps } from './field'

type TextFieldProps = FieldProps & Omit<ComponentProps<'input'>, 'style' | 'id' | 'name' | 'required'>

/** A labelled line of text. */
export function TextField({ name, label, hint, optional, ...input }: TextFieldProps) {
  return (
    <Field {...{ name, label, hint }} optional={optional ?? false}>
      {(control) => <Input {...input} {...control} />}
    </Field>
  )
}
