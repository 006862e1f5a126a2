'use client'
import { createContext, use } from 'react'
import { idle, type FormState } from './form-state'
import { sentence } from './sentence'

type FormSituation = {
  state: FormState
  pending: boolean
  /** Begins the ids of controls, so that two forms on a page do not clash. */
  prefix: string
}

export const FormContext = createContext<FormSituation>({ state: idle, pending: false, prefix: 'field' })

/** What the form around knows about one control: its id, its error as a sentence, the text to bring back. */
export function useFormField(name: string) {
  const { state, prefix } = use(FormContext)
  const wrong = state.status === 'error' ? state.fields?.[name] : undefined
  const value = state.status === 'error' ? state.values?.[name] : undefined
  return { id: `${prefix}-${name}`, error: wrong ? sentence(wrong) : undefined, value }
}
