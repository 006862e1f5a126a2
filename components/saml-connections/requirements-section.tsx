'use client'
import { ActionForm } from '@/components/forms/action-form'
import { SelectField } from '@/components/forms/select-field'
import { SubmitButton } from '@/components/forms/submit-button'
import { Section } from '@/components/layout/section'
import { Switch } from '@/components/ui/switch'
import { toast } from '@/components/ui/toast'
import { setSamlRequirementsAction } from '@/lib/features/saml-connections/actions'
import type { SamlConnectionView } from '@/lib/features/saml-connections/rules'

const SIGNED: readonly { value: SamlConnectionView['signedParts']; label: string }[] = [
  { value: 'assertion', label: 'The assertion' },
  { value: 'response', label: 'The response around it' },
  { value: 'both', label: 'Both' },
]

/** What a response must bring along, and where a sign-in may begin. */
export function RequirementsSection({ org, view, canEdit }: { org: string; view: SamlConnectionView; canEdit: boolean }) {
  const isOpen = canEdit && view.provider !== null
  const save = (data: FormData) => setSamlRequirementsAction(org, {
    id: view.id, signedParts: SIGNED.find(({ value }) => value === data.get('signedParts'))?.value ?? 'assertion', wantsEncryption: data.has('wantsEncryption'), isIdpInitiated: data.has('isIdpInitiated'),
  })
  return (
    <Section title="3. What a response must bring along" description="The usual choices fit most identity providers. After a change of the first two, test the connection again.">
      <ActionForm className="fields" label="Requirements" run={save} onDone={() => toast({ title: 'Saved what responses must bring along' })}>
        <SelectField name="signedParts" label="Must be signed" options={SIGNED} defaultValue={view.signedParts} disabled={!isOpen} hint="Signatures use RSA with SHA-256 or SHA-512; SHA-1 is refused." />
        <Switch name="wantsEncryption" label="Assertions must be encrypted" detail="The identity provider encrypts them with our present certificate. Encrypted ones are accepted in any case." defaultChecked={view.wantsEncryption} disabled={!isOpen} />
        <Switch name="isIdpInitiated" label="Sign-in may begin at the identity provider" detail="For tiles in its portal. Gatehouse then asks the identity provider once more by itself, so that nobody can be signed in by a link of somebody else." defaultChecked={view.isIdpInitiated} disabled={!isOpen} />
        {isOpen ? <div><SubmitButton>Save</SubmitButton></div> : canEdit ? <p className="text-ink-2">This can be changed once the metadata of the identity provider is here.</p> : null}
      </ActionForm>
    </Section>
  )
}
