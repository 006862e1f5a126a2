import type { Metadata } from 'next'
import { accountPage } from '@/app/(account)/account-page'
import { ModelPicker } from '@/components/access-models/model-picker'
import { OrganizationNameFields } from '@/components/accounts/organization-name-fields'
import { Form } from '@/components/forms/form'
import { SubmitButton } from '@/components/forms/submit-button'
import { TextField } from '@/components/forms/text-field'
import { PageHeader } from '@/components/layout/page-header'
import { Section } from '@/components/layout/section'
import { env } from '@/lib/env'
import { accessModelChoices, DEFAULT_MODEL } from '@/lib/features/accounts/access-model-options'
import { createOrganizationFormAction } from '@/lib/features/accounts/organization-actions'

export const metadata: Metadata = { title: 'Create organization' }

export default accountPage('organizations', '/organizations/new', async ({ actor }) => (
  <>
    <PageHeader title="Create organization" trail={[{ label: 'Organizations', href: '/organizations' }]} />
    <Section title="Details" description="An organization has its own users, roles and audit log.">
      <Form action={createOrganizationFormAction} label="Create organization" className="fields max-w-[640px]">
        <OrganizationNameFields nameField="name" site={`${env().publicUrl.host}/`} />
        <TextField
          name="ownerEmail" label="Owner’s e-mail address" type="email" autoComplete="email" inputMode="email" autoCapitalize="none" spellCheck={false} defaultValue={actor.email}
          hint="The owner gets a mail. Somebody else is invited as owner; until they accept, you are."
        />
        <ModelPicker name="accessModel" textField="modelText" choices={accessModelChoices()} defaultValue={DEFAULT_MODEL} />
        <div>
          <SubmitButton>Create organization</SubmitButton>
        </div>
      </Form>
    </Section>
  </>
))
