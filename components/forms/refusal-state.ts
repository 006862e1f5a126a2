import type { Refusal } from '@/lib/boundary/report'
import type { FormState } from './form-state'

/** A refusal as the state of a form: its message above, its fields beside the controls. */
export function refusalState(refusal: Refusal, values: Readonly<Record<string, string>> = {}): FormState {
  const fields = Object.fromEntries(refusal.fields.map(({ path, message }) => [path, message]))
  const message = refusal.fields.length > 0 ? refusal.title : `${refusal.title}: ${refusal.message}`
  return { status: 'error', message, fields, values }
}
