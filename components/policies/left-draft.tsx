'use client'
import { useEffect, useState } from 'react'
import { Banner } from '@/components/ui/banner'
import { Button } from '@/components/ui/button'
import { useHydrated } from '@/components/ui/use-hydrated'

type Kept = { text: string; version: number }

const keyOf = (ownerId: string): string => `policy-draft:${ownerId}`

function findKept(ownerId: string): Kept | null {
  try {
    const parsed: unknown = JSON.parse(sessionStorage.getItem(keyOf(ownerId)) ?? 'null')
    if (typeof parsed !== 'object' || parsed === null || !('text' in parsed) || !('version' in parsed)) return null
    const { text, version } = parsed
    return typeof text === 'string' && typeof version === 'number' ? { text, version } : null
  } catch {
    return null
  }
}

/** Keeps unsaved text in the browser tab, so that going back, or a reload, loses nothing. */
export function useKeptDraft(ownerId: string, { text, version, isDirty }: Kept & { isDirty: boolean }): void {
  useEffect(() => {
    if (isDirty) sessionStorage.setItem(keyOf(ownerId), JSON.stringify({ text, version }))
  }, [ownerId, text, version, isDirty])
}

export const forgetKeptDraft = (ownerId: string): void => sessionStorage.removeItem(keyOf(ownerId))

type LeftDraftProps = { ownerId: string; saved: Kept; onRestore: (text: string) => void }

/** Offers what was left unsaved in this tab earlier. */
export function LeftDraft(props: LeftDraftProps) {
  return useHydrated() ? <Offer {...props} /> : null
}

function Offer({ ownerId, saved, onRestore }: LeftDraftProps) {
  const [kept, setKept] = useState(() => findKept(ownerId))
  if (kept === null || kept.text === saved.text) return null
  const restore = () => {
    setKept(null)
    onRestore(kept.text)
  }
  const discard = () => {
    forgetKeptDraft(ownerId)
    setKept(null)
  }
  return (
    <div className="mb-3">
      <Banner
        tone="accent"
        title="You left changes unsaved here"
        actions={
          <span className="flex gap-2">
            <Button size="small" onClick={discard}>
              Discard
            </Button>
            <Button size="small" variant="primary" onClick={restore}>
              Bring back
            </Button>
          </span>
        }
      >
        {kept.version === saved.version ? 'They are still in this browser tab.' : 'They are still in this browser tab, but somebody has saved the policy since.'}
      </Banner>
    </div>
  )
}
