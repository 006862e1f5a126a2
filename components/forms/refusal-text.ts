import type { Refusal } from '@/lib/boundary/report'
import { sentence } from './sentence'

/** What a refusal says in one text, for toasts and confirmations; an unknown error with the id to quote. */
export function refusalText(refusal: Refusal): string {
  const fields = refusal.fields.map((field) => sentence(field.message))
  const quoted = refusal.code === 'internal' ? [`Request ${refusal.requestId}.`] : []
  return [sentence(refusal.message), ...fields, ...quoted].join(' ')
}
