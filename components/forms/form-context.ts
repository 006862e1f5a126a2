'use client'
import { createContext, use } from 'react'
import type { FormState } from '@/lib/boundary/form-state'
import { sentence } from './sentence'

type FormSituation = {
  state: FormState
  pending: boolean
  /** Begins the ids of controls, so that two forms on a page do not clash. */
  prefix: string
}

export const NOTHING_SENT: FormState = { values: {}, refusal: null, done: null }

export const FormContext = createContext<FormSituation>({ state: NOTHING_SENT, pending: false, prefix: 'field' })

/** What the form around knows about one control: its id, its error as a sentence, the text to bring back. */
export function useFormField(name: string) {
  const { state, prefix } = use(FormContext)
  const wrong = state.refusal?.fields.find((field) => field.path === name)
  return { id: `${prefix}-${name}`, error: wrong ? sentence(wrong.message) : undefined, value: state.values[name] }
}
