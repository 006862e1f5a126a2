'use client'
import { useState } from 'react'
import { ActionForm } from '@/components/forms/action-form'
import { SubmitButton } from '@/components/forms/submit-button'
import { TextField } from '@/components/forms/text-field'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { DialogBody } from '@/components/ui/dialog-body'
import type { LazyDialogProps } from '@/components/ui/dialog-button'
import { DialogFooter } from '@/components/ui/dialog-footer'
import { updateResourceAction } from '@/lib/features/resources/actions'
import { NameHint } from './name-hint'
import { tellRenamed } from './resource-deeds'
import type { ResourceRequest } from './resource-requests'

type RenameDialogProps = LazyDialogProps & { org: string; request: Extract<ResourceRequest, { kind: 'rename' }> }

/** A new name for one resource, with the model's rule told while one types. */
export function RenameDialog({ org, request: { resource, rule }, open, onOpenChange }: RenameDialogProps) {
  const [name, setName] = useState(resource.name)
  function done(now: { name: string }) {
    onOpenChange(false)
    if (now.name !== resource.name) tellRenamed(org, resource, now.name)
  }
  return (
    <Dialog open={open} onOpenChange={onOpenChange} size="small" title={`Rename ${resource.name}`} description="Links and access stay as they are: they go by its id.">
      <ActionForm run={(data) => updateResourceAction(org, { id: resource.id, name: String(data.get('name')) })} onDone={done}>
        <DialogBody>
          <TextField name="name" label="Name" value={name} onChange={(event) => setName(event.currentTarget.value)} autoComplete="off" spellCheck={false} hint={<NameHint name={name} rule={rule} />} />
        </DialogBody>
        <DialogFooter>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <SubmitButton>Rename</SubmitButton>
        </DialogFooter>
      </ActionForm>
    </Dialog>
  )
}
