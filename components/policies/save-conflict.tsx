'use client'
import { Banner } from '@/components/ui/banner'
import { Button } from '@/components/ui/button'
import type { StoredPolicy } from '@/lib/features/policies/rules'
import { DiffView } from './diff-view'

type SaveConflictProps = { theirs: StoredPolicy; before: string; mine: string; onTake: () => void }

/** Somebody saved meanwhile: what they changed, what mine would make of it, and the two ways on. */
export function SaveConflict({ theirs, before, mine, onTake }: SaveConflictProps) {
  return (
    <>
      <Banner tone="warn" live title={`${theirs.savedByName || 'Somebody'} saved version ${theirs.version} meanwhile`} actions={<Button size="small" onClick={onTake}>Take theirs</Button>}>
        Nothing of yours is lost. Saving yours now replaces theirs; it stays in the history.
      </Banner>
      <div>
        <h3 className="mb-1 font-semibold">What they changed</h3>
        <DiffView label="What they changed" before={before} after={theirs.text} />
      </div>
      <div>
        <h3 className="mb-1 font-semibold">What saving yours would change in theirs</h3>
        <DiffView label="From theirs to yours" before={theirs.text} after={mine} />
      </div>
    </>
  )
}
