'use client'
import { useState } from 'react'
import { AskedPreview } from '@/components/access-preview/asked-preview'
import { ActionForm } from '@/components/forms/action-form'
import { FormOutcome } from '@/components/forms/form-outcome'
import { SubmitButton } from '@/components/forms/submit-button'
import { TextField } from '@/components/forms/text-field'
import { TextareaField } from '@/components/forms/textarea-field'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { DialogBody } from '@/components/ui/dialog-body'
import type { LazyDialogProps } from '@/components/ui/dialog-button'
import { DialogFooter } from '@/components/ui/dialog-footer'
import { toast } from '@/components/ui/toast'
import type { StoredPolicy } from '@/lib/features/policies/rules'
import { ChangeList } from './change-list'
import { DiffView } from './diff-view'
import { forgetKeptDraft } from './left-draft'
import { policyChanges, type ReadText } from './policy-changes'
import type { PolicyOwner, PolicySource } from './policy-source'
import { SaveConflict } from './save-conflict'

export type SavePolicyProps = LazyDialogProps & {
  owner: PolicyOwner
  source: PolicySource
  saved: ReadText & { version: number }
  draft: ReadText
  /** Takes what somebody else saved into the editor. */
  onTake: (theirs: StoredPolicy) => void
}

/** What is about to change for whom, a note, and the save; refusals are told here, and somebody else's save is laid beside one's own. */
export function SavePolicyDialog({ owner, source, saved, draft, open, onOpenChange, onTake }: SavePolicyProps) {
  const [theirs, setTheirs] = useState<StoredPolicy | null>(null)
  const [isFailing, setFailing] = useState(false)
  const version = theirs?.version ?? saved.version

  async function save(data: FormData) {
    const [note, reason] = [String(data.get('note') ?? ''), String(data.get('overrideReason') ?? '').trim()]
    const result = await source.save({ text: draft.text, version, note, ...(reason && { overrideReason: reason }) })
    if (result.ok) return result
    if (result.refusal.code === 'policy-tests-fail') setFailing(true)
    if (result.refusal.code === 'precondition-failed') {
      const current = await source.current()
      if (current.ok) setTheirs(current.value)
    }
    return result
  }
  function done(saved: { version: number }) {
    forgetKeptDraft(owner.id)
    onOpenChange(false)
    toast({ title: `Saved version ${saved.version}`, description: 'It counts from this moment.' })
  }
  const changes = policyChanges(saved, draft)
  return (
    <Dialog open={open} onOpenChange={onOpenChange} size="large" title={owner.kind === 'group' ? `Save the policy of ${owner.name}` : 'Save the guardrails'} description={`Concerns ${owner.audience}.`} keepOpenOutside>
      <ActionForm outcome={false} run={save} onDone={done}>
        <DialogBody>
          <div className="fields">
            {theirs ? (
              <SaveConflict theirs={theirs} before={saved.text} mine={draft.text} onTake={() => onTake(theirs)} />
            ) : (
              <>
                <FormOutcome />
                <ChangeList changes={changes} />
                <section aria-label="Whose access changes" className="grid gap-2">
                  <AskedPreview ask={() => source.preview(draft.text)} />
                  <p className="text-[13px] text-ink-2">By what holds at this moment, from no particular address: conditions may be met otherwise later.</p>
                </section>
                <details>
                  <summary className="text-link inline-block">Line by line</summary>
                  <div className="mt-2">
                    <DiffView label="What this save changes" before={saved.text} after={draft.text} />
                  </div>
                </details>
              </>
            )}
            <TextField name="note" label="Note" optional hint="What the change is for; it stays in the history." maxLength={500} autoComplete="off" />
            {isFailing ? (
              <TextareaField name="overrideReason" label="Why save although a test fails" optional hint="In a sentence. It stands in the history and in the audit log." rows={2} maxLength={500} />
            ) : null}
          </div>
        </DialogBody>
        <DialogFooter>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <SubmitButton>{theirs ? 'Save mine over theirs' : isFailing ? 'Save nevertheless' : 'Save'}</SubmitButton>
        </DialogFooter>
      </ActionForm>
    </Dialog>
  )
}
