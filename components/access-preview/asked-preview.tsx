'use client'
import { useEffect, useState } from 'react'
import { refusalText } from '@/components/forms/refusal-text'
import { Banner } from '@/components/ui/banner'
import { Skeleton } from '@/components/ui/skeleton'
import type { ActionResult } from '@/lib/boundary/result'
import type { AccessPreviewView } from '@/lib/features/access-preview/rules'
import { AccessPreview } from './access-preview'

type Asked = { preview: AccessPreviewView | null; failure: string | null }

/** Asks once what a change would do, and shows it. Given another `key`, it asks anew. */
export function AskedPreview({ ask }: { ask: () => Promise<ActionResult<AccessPreviewView>> }) {
  const [{ preview, failure }, setAsked] = useState<Asked>({ preview: null, failure: null })
  const [first] = useState(() => ask)
  useEffect(() => {
    let isGone = false
    first().then(
      (result) => !isGone && setAsked(result.ok ? { preview: result.value, failure: null } : { preview: null, failure: refusalText(result.refusal) }),
      () => !isGone && setAsked({ preview: null, failure: 'The server did not answer. Check the connection and try again.' }),
    )
    return () => {
      isGone = true
    }
  }, [first])
  if (failure) return <Banner tone="bad" live>{failure}</Banner>
  if (!preview) return <div role="status" aria-label="Looking at who gains and who loses"><Skeleton className="block h-16 w-full" /></div>
  return <AccessPreview preview={preview} />
}
