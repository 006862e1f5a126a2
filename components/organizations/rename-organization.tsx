'use client'

import { Form } from '@/components/forms/form'
import type { FormState } from '@/components/forms/form-state'
import { SubmitButton } from '@/components/forms/submit-button'
import { TextField } from '@/components/forms/text-field'
import { refusalState } from '@/components/forms/refusal-state'
import { toast } from '@/components/ui/toast'
import { renameOrganizationAction } from '@/lib/features/organizations/actions'

/** The organization's name, changed in place. */
export function RenameOrganization({ org, name }: { org: string; name: string }) {
  async function rename(_before: FormState, data: FormData): Promise<FormState> {
    const wanted = String(data.get('name') ?? '')
    const result = await renameOrganizationAction(org, { name: wanted })
    if (!result.ok) return refusalState(result.refusal, { name: wanted })
    toast({ title: `Renamed to ${result.value.name}` })
    return { status: 'done' }
  }
  return (
    <Form action={rename} label="Rename organization" className="flex max-w-md flex-col items-start gap-3">
      <TextField name="name" label="Name" defaultValue={name} maxLength={80} autoComplete="off" />
      <SubmitButton>Rename organization</SubmitButton>
    </Form>
  )
}
