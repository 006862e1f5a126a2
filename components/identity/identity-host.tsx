'use client'
import { lazy, Suspense, useEffect, useState } from 'react'
import { onIdentityQuestion } from './ask'

const LazyDialog = lazy(() => import('./identity-dialog').then((module) => ({ default: module.IdentityDialog })))

/** The place where a page asks for a proof of who one is, once on a page. The dialog's script comes with the first question. */
export function IdentityHost() {
  const [question, setQuestion] = useState<{ id: number; answer: (isProven: boolean) => void } | null>(null)
  useEffect(() => onIdentityQuestion((answer) => setQuestion((before) => ({ id: (before?.id ?? 0) + 1, answer }))), [])
  if (!question) return null
  return (
    <Suspense>
      <LazyDialog key={question.id} onAnswer={question.answer} />
    </Suspense>
  )
}
