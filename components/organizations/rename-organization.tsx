'use client'

import { ActionForm } from '@/components/forms/action-form'
import { SubmitButton } from '@/components/forms/submit-button'
import { TextField } from '@/components/forms/text-field'
import { toast } from '@/components/ui/toast'
import { renameOrganizationAction } from '@/lib/features/organizations/actions'

/** The organization's name, changed in place. */
export function RenameOrganization({ org, name }: { org: string; name: string }) {
  return (
    <ActionForm
      label="Rename organization"
      className="fields max-w-md"
      run={(data) => renameOrganizationAction(org, { name: String(data.get('name') ?? '') })}
      onDone={(value) => toast({ title: `Renamed to ${value.name}` })}
    >
      <TextField name="name" label="Name" defaultValue={name} maxLength={80} autoComplete="off" />
      <div>
        <SubmitButton>Rename organization</SubmitButton>
      </div>
    </ActionForm>
  )
}
