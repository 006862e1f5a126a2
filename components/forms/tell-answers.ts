import { refusalText } from '@/components/forms/refusal-text'
import { toast } from '@/components/ui/toast'
import type { BulkAnswer } from '@/lib/boundary/bulk-answer'
import type { ActionResult } from '@/lib/boundary/result'

type Words = {
  /** "Suspended 3 users", given how many were done. */
  done: (count: number) => string
  description?: string
  /** A button on the toast of success, given the ids that were done. */
  undo?: (ids: string[]) => void
}

/** Tells in toasts what became of a deed on one or several rows: what was done, and why the rest was refused. */
export function tellAnswers(result: ActionResult<BulkAnswer[]>, words: Words): void {
  if (!result.ok) return toast({ kind: 'error', title: result.refusal.title, description: refusalText(result.refusal) })
  const done = result.value.filter(({ refusal }) => refusal === null).map(({ id }) => id)
  const refusals = result.value.map(({ refusal }) => refusal).filter((refusal) => refusal !== null)
  const { undo } = words
  if (done.length > 0) {
    toast({ title: words.done(done.length), description: words.description, ...(undo && { action: { label: 'Undo', onSelect: () => undo(done) } }) })
  }
  const [first] = refusals
  if (!first) return
  const others = refusals.length > 1 ? ` ${refusals.length - 1} more refused.` : ''
  toast({ kind: 'error', title: first.title, description: refusalText(first) + others })
}

/** The same for a deed inside a confirmation, where a single refusal is shown in the dialog instead: it answers that refusal's text. */
export function tellOrExplain(result: ActionResult<BulkAnswer[]>, words: Words): string | undefined {
  if (!result.ok) return refusalText(result.refusal)
  const [only] = result.value
  if (result.value.length === 1 && only?.refusal) return refusalText(only.refusal)
  tellAnswers(result, words)
  return undefined
}
