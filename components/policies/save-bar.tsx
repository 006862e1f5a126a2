'use client'
import { lazy, Suspense, useState } from 'react'
import { Button } from '@/components/ui/button'
import { StatusPill } from '@/components/ui/status-pill'
import type { StoredPolicy } from '@/lib/features/policies/rules'
import type { ReadText } from './policy-changes'
import type { PolicyOwner, PolicySource } from './policy-source'
import type { PolicyDraft } from './use-policy-draft'

const SavePolicyDialog = lazy(() => import('./save-policy-dialog').then((module) => ({ default: module.SavePolicyDialog })))

type SaveBarProps = {
  owner: PolicyOwner
  source: PolicySource
  saved: ReadText & { version: number }
  draft: PolicyDraft
  isDirty: boolean
  onDiscard: () => void
  onShowCode: (start: number, end: number) => void
  onTake: (theirs: StoredPolicy) => void
}

/** Whether anything is unsaved, and the way to save it. A text with errors goes to their place instead. */
export function SaveBar({ owner, source, saved, draft, isDirty, onDiscard, onShowCode, onTake }: SaveBarProps) {
  const [isSaving, setSaving] = useState(false)
  const errors = draft.reading.problems.filter(({ severity }) => severity === 'error')
  const [first] = errors

  function save() {
    if (first) return onShowCode(first.start, first.end)
    setSaving(true)
  }
  function take(theirs: StoredPolicy) {
    setSaving(false)
    onTake(theirs)
  }
  return (
    <section className="save-bar" aria-label="Save">
      <span role="status">
        {first ? (
          <StatusPill tone="bad">{errors.length === 1 ? '1 error, cannot be saved' : `${errors.length} errors, cannot be saved`}</StatusPill>
        ) : (
          <StatusPill tone={isDirty ? 'warn' : 'neutral'}>{isDirty ? 'Unsaved changes' : saved.version === 0 ? 'Nothing saved yet' : `Version ${saved.version}, saved`}</StatusPill>
        )}
      </span>
      <div className="ml-auto flex gap-3">
        <Button disabled={!isDirty} onClick={onDiscard}>
          Discard
        </Button>
        <Button variant="primary" disabled={(!isDirty && !first) || !draft.isRead} onClick={save}>
          {first ? 'Show the error' : 'Save…'}
        </Button>
      </div>
      {isSaving ? (
        <Suspense>
          <SavePolicyDialog owner={owner} source={source} saved={saved} draft={draft} open onOpenChange={setSaving} onTake={take} />
        </Suspense>
      ) : null}
    </section>
  )
}
