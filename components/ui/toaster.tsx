'use client'
import { lazy, Suspense, useEffect, useState } from 'react'
import { onToast, type ToastMessage } from './toast'

const LazyViewport = lazy(() => import('./toast-viewport').then((module) => ({ default: module.ToastViewport })))

/** The place of toasts, once on a page. The script behind it comes with the first one. */
export function Toaster() {
  const [first, setFirst] = useState<ToastMessage[]>([])
  useEffect(() => onToast((message) => setFirst((before) => [...before, message])), [])
  if (first.length === 0) return null
  return (
    <Suspense>
      <LazyViewport first={first} />
    </Suspense>
  )
}
