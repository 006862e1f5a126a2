'use client'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { ActionForm } from '@/components/forms/action-form'
import { FormOutcome } from '@/components/forms/form-outcome'
import { SubmitButton } from '@/components/forms/submit-button'
import { TextField } from '@/components/forms/text-field'
import { TextareaField } from '@/components/forms/textarea-field'
import { wantedRoles, type RoleDraft } from '@/components/roles/role-drafts'
import { RoleRows } from '@/components/roles/role-rows'
import { useRolePicking } from '@/components/roles/use-role-picking'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { DialogBody } from '@/components/ui/dialog-body'
import type { LazyDialogProps } from '@/components/ui/dialog-button'
import { DialogFooter } from '@/components/ui/dialog-footer'
import { toRoute } from '@/components/ui/route'
import { toast } from '@/components/ui/toast'
import { createServiceAccountAction } from '@/lib/features/service-accounts/actions'

/** Name, description and roles at places; afterwards its page, where keys are made. */
export function CreateAccountDialog({ org, open, onOpenChange }: LazyDialogProps & { org: string }) {
  const { picking, failure } = useRolePicking(org)
  const [drafts, setDrafts] = useState<RoleDraft[]>([])
  const [name, setName] = useState('')
  const router = useRouter()
  const create = (data: FormData) =>
    createServiceAccountAction(org, { name: String(data.get('name') ?? ''), description: String(data.get('description') ?? ''), roles: wantedRoles(drafts) })
  const done = ({ id }: { id: string }) => {
    toast({ title: `Created ${name.trim()}`, description: 'Give it a key, and its program can act.' })
    onOpenChange(false)
    router.push(toRoute(`/${org}/service-accounts/${id}`))
  }
  return (
    <Dialog open={open} onOpenChange={onOpenChange} size="large" keepOpenOutside title="Create a service account" description="A program with roles of its own. It outlives whoever made it.">
      <ActionForm outcome={false} run={create} onDone={done}>
        <DialogBody>
          <div className="fields">
            <FormOutcome />
            <TextField name="name" label="Name" maxLength={80} autoComplete="off" value={name} onChange={(event) => setName(event.currentTarget.value)} />
            <TextareaField name="description" label="Description" optional hint="What it does and whom to ask about it." maxLength={500} rows={2} />
            <RoleRows org={org} picking={picking} failure={failure} drafts={drafts} onChange={setDrafts} none="Without a role it may do only what everybody may." />
          </div>
        </DialogBody>
        <DialogFooter>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <SubmitButton>Create service account</SubmitButton>
        </DialogFooter>
      </ActionForm>
    </Dialog>
  )
}
