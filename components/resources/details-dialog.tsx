'use client'
import { ActionForm } from '@/components/forms/action-form'
import { FormOutcome } from '@/components/forms/form-outcome'
import { SubmitButton } from '@/components/forms/submit-button'
import { TextField } from '@/components/forms/text-field'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { DialogBody } from '@/components/ui/dialog-body'
import type { LazyDialogProps } from '@/components/ui/dialog-button'
import { DialogFooter } from '@/components/ui/dialog-footer'
import { toast } from '@/components/ui/toast'
import { updateResourceAction } from '@/lib/features/resources/actions'
import { AttributeFields, attributesFrom } from './attribute-fields'
import type { ResourceRequest } from './resource-requests'

type DetailsDialogProps = LazyDialogProps & { org: string; request: Extract<ResourceRequest, { kind: 'details' }> }

/** External id and attributes of one resource. */
export function DetailsDialog({ org, request: { resource, externalId, attributes, declared }, open, onOpenChange }: DetailsDialogProps) {
  const save = (data: FormData) =>
    updateResourceAction(org, { id: resource.id, externalId: String(data.get('externalId') ?? '').trim() || null, ...(declared.length > 0 && { attributes: attributesFrom(declared, data) }) })
  function done() {
    onOpenChange(false)
    toast({ title: `Details of ${resource.name} saved` })
  }
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={`Details of ${resource.name}`} description="Policies may read these, and programs ask by the external id." keepOpenOutside>
      <ActionForm outcome={false} run={save} onDone={done}>
        <DialogBody>
          <div className="fields">
            <FormOutcome />
            <TextField name="externalId" label="External id" optional defaultValue={externalId ?? ''} hint="The id by which your platform’s own programs know it." autoComplete="off" spellCheck={false} />
            <AttributeFields declared={declared} values={attributes} />
          </div>
        </DialogBody>
        <DialogFooter>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <SubmitButton>Save details</SubmitButton>
        </DialogFooter>
      </ActionForm>
    </Dialog>
  )
}
