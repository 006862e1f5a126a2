import type { Refusal } from './report'

/** What a form shows after it was sent: what had been typed, why it was refused, or what was done. */
export type FormState = {
  values: Readonly<Record<string, string>>
  refusal: Refusal | null
  /** What was done, in a sentence. */
  done: string | null
}
