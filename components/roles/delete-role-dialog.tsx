'use client'
import { useEffect, useState } from 'react'
import { ActionForm } from '@/components/forms/action-form'
import { Field } from '@/components/forms/field'
import { FormOutcome } from '@/components/forms/form-outcome'
import { refusalText } from '@/components/forms/refusal-text'
import { SubmitButton } from '@/components/forms/submit-button'
import { countOf } from '@/components/members/member-words'
import { Banner } from '@/components/ui/banner'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { DialogBody } from '@/components/ui/dialog-body'
import type { LazyDialogProps } from '@/components/ui/dialog-button'
import { DialogFooter } from '@/components/ui/dialog-footer'
import { Select } from '@/components/ui/select'
import { Skeleton } from '@/components/ui/skeleton'
import { toast } from '@/components/ui/toast'
import { deleteRoleAction, findReplacementsAction } from '@/lib/features/roles/actions'
import type { Replacing } from '@/lib/features/roles/editing'
import { DeletionPreview } from './deletion-preview'

export type DeletedRole = { id: string; title: string }

type DeleteRoleDialogProps = LazyDialogProps & { org: string; role: DeletedRole; onDone?: () => void }

type Asked = { replacing: Replacing | null; failure: string | null }

/** Who holds the role and what they could get instead, asked for when the question appears. */
function useReplacing(org: string, id: string): Asked {
  const [asked, setAsked] = useState<Asked>({ replacing: null, failure: null })
  useEffect(() => {
    let isGone = false
    findReplacementsAction(org, { id }).then(
      (result) => !isGone && setAsked(result.ok ? { replacing: result.value, failure: null } : { replacing: null, failure: refusalText(result.refusal) }),
      () => !isGone && setAsked({ replacing: null, failure: 'The server did not answer. Close this and try again.' }),
    )
    return () => {
      isGone = true
    }
  }, [org, id])
  return asked
}

/** Deletes a role. While somebody holds it, asks which role they get instead, and shows what that changes for whom. */
export function DeleteRoleDialog({ org, role, onDone, open, onOpenChange }: DeleteRoleDialogProps) {
  const { replacing, failure } = useReplacing(org, role.id)
  const [replaceWith, setReplaceWith] = useState('')
  const isHeld = replacing !== null && replacing.holders !== ''
  const isReady = replacing !== null && replacing.refusedReason === null && (!isHeld || replaceWith !== '')
  function done() {
    onOpenChange(false)
    toast({ title: `Role ${role.title} deleted` })
    onDone?.()
  }
  return (
    <Dialog open={open} onOpenChange={onOpenChange} size="medium" title={`Delete the role ${role.title}?`} description="This cannot be undone; what was decided by it stays in the audit log." keepOpenOutside>
      <ActionForm outcome={false} run={() => deleteRoleAction(org, { id: role.id, ...(isHeld && { replaceWith }) })} onDone={done}>
        <DialogBody>
          <div className="grid gap-4">
            <FormOutcome />
            {failure ? <Banner tone="bad" live>{failure}</Banner> : null}
            {replacing === null && failure === null ? <Skeleton className="block h-9 w-full" /> : null}
            {replacing?.refusedReason ? <Banner tone="bad">{replacing.refusedReason}</Banner> : null}
            {replacing && replacing.narrowedKeys > 0 ? <Banner tone="warn">{countOf(replacing.narrowedKeys, 'API key')} narrowed to it will allow nothing any more.</Banner> : null}
            {replacing !== null && replacing.refusedReason === null && !isHeld ? <p className="text-ink-2">Nobody holds it, so nobody loses anything.</p> : null}
            {isHeld ? (
              <Field name="replaceWith" label="Role they get instead" hint={`Held by ${replacing.holders}: at the same places, until the same moments.`}>
                {({ defaultValue: _, ...control }) => (
                  <Select
                    {...control}
                    value={replaceWith}
                    onValueChange={setReplaceWith}
                    placeholder="Choose a role"
                    options={replacing.roles.map(({ id, title, description, disabledReason }) => ({ value: id, label: title, detail: disabledReason ?? description, disabled: disabledReason !== null }))}
                  />
                )}
              </Field>
            ) : null}
            {isHeld && replaceWith !== '' ? <DeletionPreview key={replaceWith} org={org} id={role.id} replaceWith={replaceWith} /> : null}
          </div>
        </DialogBody>
        <DialogFooter>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <SubmitButton variant="danger" disabled={!isReady}>
            Delete role
          </SubmitButton>
        </DialogFooter>
      </ActionForm>
    </Dialog>
  )
}
