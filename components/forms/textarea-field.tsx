'use client'
import type { ComponentProps } from 'react'
import { Textarea } from '@/components/ui/textarea'
import { Field, type FieldProps } from './field'

type TextareaFieldProps = FieldProps & Omit<ComponentProps<'textarea'>, 'style' | 'id' | 'name' | 'required'>

/** A labelled text of several lines. */
export function TextareaField({ name, label, hint, optional, ...textarea }: TextareaFieldProps) {
  return (
    <Field {...{ name, label, hint }} optional={optional ?? false}>
      {(control) => <Textarea {...textarea} {...control} />}
    </Field>
  )
}
