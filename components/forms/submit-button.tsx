'use client'
import { use } from 'react'
import { Button, type ButtonProps } from '@/components/ui/button'
import { FormContext } from './form-context'

/** Sends the form around it, and shows that it is on its way. */
export function SubmitButton({ variant = 'primary', ...rest }: Omit<ButtonProps, 'type' | 'pending'>) {
  const { pending } = use(FormContext)
  return <Button {...rest} type="submit" variant={variant} pending={pending} />
}
