'use client'
import { AccessPreview } from '@/components/access-preview/access-preview'
import { ActionForm } from '@/components/forms/action-form'
import { FormOutcome } from '@/components/forms/form-outcome'
import { SubmitButton } from '@/components/forms/submit-button'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { DialogBody } from '@/components/ui/dialog-body'
import { DialogFooter } from '@/components/ui/dialog-footer'
import type { ActionResult } from '@/lib/boundary/result'
import type { AccessPreviewView } from '@/lib/features/access-preview/rules'

type ReviewDialogProps = {
  title: string
  preview: AccessPreviewView
  save: () => Promise<ActionResult<{ id: string; name: string }>>
  onDone: (saved: { id: string; name: string }) => void
  onClose: () => void
}

/** Who gains and who loses what by a change of a role: the last look before it is saved. */
export function ReviewDialog({ title, preview, save, onDone, onClose }: ReviewDialogProps) {
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} size="medium" title={`Save the role ${title}?`} description="This is what changes for those who hold it, from the moment you save." keepOpenOutside>
      <ActionForm outcome={false} run={save} onDone={onDone}>
        <DialogBody>
          <div className="grid gap-4">
            <FormOutcome />
            <AccessPreview preview={preview} />
          </div>
        </DialogBody>
        <DialogFooter>
          <Button onClick={onClose}>Back to editing</Button>
          <SubmitButton>Save role</SubmitButton>
        </DialogFooter>
      </ActionForm>
    </Dialog>
  )
}
