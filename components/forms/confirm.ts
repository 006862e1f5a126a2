import type { ReactNode } from 'react'
import type { ActionResult } from '@/lib/boundary/result'

/** A question before something dangerous. */
export type Confirmation = {
  title: string
  /** What will happen, to whom, and whether it can be undone. */
  description: ReactNode
  /** The verb on the button: "Remove user". */
  confirmLabel: string
  danger?: boolean | undefined
  /** The deed needs this text typed first, such as the name of what is deleted. */
  typedName?: string | undefined
  /** Does it, usually a feature's action. A refusal, or a text saying what went wrong, is shown in the dialog, which stays open. */
  onConfirm: () => Promise<ActionResult<unknown> | string | undefined | void>
  /** After success, for a toast or for going elsewhere. */
  onDone?: (() => void) | undefined
}

type Listener = (confirmation: Confirmation) => void
let listener: Listener | null = null

/** Asks; ConfirmHost of the page shows the dialog. */
export const askToConfirm = (confirmation: Confirmation): void => listener?.(confirmation)

/** For ConfirmHost. */
export function onConfirmation(next: Listener): () => void {
  listener = next
  return () => {
    if (listener === next) listener = null
  }
}
