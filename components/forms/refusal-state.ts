import type { Refusal } from '@/lib/boundary/report'
import type { FormState } from './form-state'
import { sentence } from './sentence'

/** A refusal of an action as the state of a form: its title above, its fields beside the controls. */
export function refusalState(refusal: Refusal): FormState {
  const fields = Object.fromEntries([...refusal.fields].reverse().map(({ path, message }) => [path, message]))
  const detail = refusal.fields.length > 0 ? '' : ` ${sentence(refusal.message)}`
  const id = refusal.code === 'internal' ? ` Request ${refusal.requestId}.` : ''
  return { status: 'error', code: refusal.code, message: `${refusal.title}.${detail}${id}`, fields }
}
