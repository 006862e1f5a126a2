'use client'
import { useState } from 'react'
import { askToConfirm } from '@/components/forms/confirm'

/**
 * Closing a dialog that shows a secret: at once when it was stored, else after a question.
 *
 * @returns whether it was stored, its setter, and the dialog's `onOpenChange`
 */
export function useGuardedClose(isShowingSecret: boolean, close: () => void) {
  const [stored, setStored] = useState(false)
  function leave() {
    setStored(false)
    close()
  }
  function change(open: boolean) {
    if (open) return
    if (!isShowingSecret || stored) return leave()
    askToConfirm({
      title: 'Close without storing it?',
      description: 'It cannot be shown again. What you made stays, and works for whoever has the secret: if you lose it, revoke it and create another.',
      confirmLabel: 'Close anyway',
      danger: true,
      onConfirm: async () => leave(),
    })
  }
  return { stored, setStored, change }
}
