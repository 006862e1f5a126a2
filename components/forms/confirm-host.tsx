'use client'
import { lazy, Suspense, useEffect, useState } from 'react'
import { onConfirmation, type Confirmation } from './confirm'

const LazyDialog = lazy(() => import('./confirm-dialog').then((module) => ({ default: module.ConfirmDialog })))

/** The place of confirmations, once on a page. The dialog's script comes with the first question. */
export function ConfirmHost() {
  const [question, setQuestion] = useState<{ id: number; asked: Confirmation } | null>(null)
  useEffect(() => onConfirmation((asked) => setQuestion((before) => ({ id: (before?.id ?? 0) + 1, asked }))), [])
  if (!question) return null
  return (
    <Suspense>
      <LazyDialog key={question.id} confirmation={question.asked} />
    </Suspense>
  )
}
