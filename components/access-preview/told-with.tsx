import { lazy, Suspense, type ReactNode } from 'react'
import type { ActionResult } from '@/lib/boundary/result'
import type { AccessPreviewView } from '@/lib/features/access-preview/rules'

const LazyPreview = lazy(() => import('./asked-preview').then((module) => ({ default: module.AskedPreview })))

/** For a confirmation: what happens in words, and under it whose access it changes. */
export const toldWith = (words: ReactNode, ask: () => Promise<ActionResult<AccessPreviewView>>) => (
  <div className="grid gap-4">
    <p>{words}</p>
    <Suspense>
      <LazyPreview ask={ask} />
    </Suspense>
  </div>
)
