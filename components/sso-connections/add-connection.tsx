'use client'
import { useRouter } from 'next/navigation'
import { ActionForm } from '@/components/forms/action-form'
import { SelectField } from '@/components/forms/select-field'
import { SubmitButton } from '@/components/forms/submit-button'
import { TextField } from '@/components/forms/text-field'
import { toRoute } from '@/components/ui/route'
import { createConnectionAction } from '@/lib/features/sso-connections/actions'
import { CONNECTION_KINDS, isConnectionKind, KIND_TITLES } from '@/lib/features/sso-connections/rules'

/** Makes a draft and goes to its page, where the rest is done step by step. */
export function AddConnection({ org }: { org: string }) {
  const router = useRouter()
  return (
    <ActionForm
      className="fields max-w-[420px]" label="Add connection"
      run={(data) => {
        const kind = String(data.get('kind'))
        return createConnectionAction(org, { kind: isConnectionKind(kind) ? kind : 'oidc', name: String(data.get('name')) })
      }}
      onDone={({ id }) => router.push(toRoute(`/${org}/settings/sign-in/${id}`))}
    >
      <SelectField name="kind" label="Kind" defaultValue="google" options={CONNECTION_KINDS.map((kind) => ({ value: kind, label: KIND_TITLES[kind] }))} />
      <TextField name="name" label="Name" hint="What the sign-in button says: “Continue with …”" />
      <div><SubmitButton>Add connection</SubmitButton></div>
    </ActionForm>
  )
}
