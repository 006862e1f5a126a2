import type { Metadata } from 'next'
import { tokenOf, type PageInput } from '@/app/page-input'
import { ModelPicker } from '@/components/access-models/model-picker'
import { DeadLink } from '@/components/accounts/dead-link'
import { OrganizationNameFields } from '@/components/accounts/organization-name-fields'
import { Form } from '@/components/forms/form'
import { PasswordField } from '@/components/forms/password-field'
import { SubmitButton } from '@/components/forms/submit-button'
import { TextField } from '@/components/forms/text-field'
import { AuthCard } from '@/components/layout/auth-card'
import { env } from '@/lib/env'
import { accessModelChoices, DEFAULT_MODEL } from '@/lib/features/accounts/access-model-options'
import { setUpAction } from '@/lib/features/accounts/actions'
import { setUpLinkWorks } from '@/lib/features/accounts/queries'
import { PASSWORD_HINT } from '@/lib/features/accounts/words'

export const metadata: Metadata = { title: 'Set up Gatehouse' }

export default async function SetUpPage(input: PageInput) {
  const token = await tokenOf(input)
  if (!(await setUpLinkWorks(token))) {
    return (
      <DeadLink title="This link does not work any more" action={{ label: 'Go to sign-in', href: '/sign-in' }}>
        <p>Gatehouse is set up already, or the link has expired. While there is no organization, every start prints a link that works.</p>
      </DeadLink>
    )
  }
  return (
    <AuthCard title="Set up Gatehouse" description="Make the first organization and your account. You become its administrator.">
      <Form action={setUpAction} label="Set up Gatehouse">
        <input type="hidden" name="token" value={token} />
        <OrganizationNameFields nameField="organization" site={`${env().publicUrl.host}/`} />
        <ModelPicker name="accessModel" textField="modelText" choices={accessModelChoices()} defaultValue={DEFAULT_MODEL} canCheck={false} />
        <TextField name="name" label="Your name" autoComplete="name" maxLength={80} />
        <TextField name="email" label="Your e-mail address" type="email" autoComplete="username" inputMode="email" autoCapitalize="none" spellCheck={false} />
        <PasswordField name="password" label="Password" autoComplete="new-password" hint={PASSWORD_HINT} />
        <SubmitButton size="wide">Create organization</SubmitButton>
      </Form>
    </AuthCard>
  )
}
