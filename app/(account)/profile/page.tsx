import type { Metadata } from 'next'
import { accountPage } from '@/app/(account)/account-page'
import { one } from '@/app/page-input'
import { Notice } from '@/components/accounts/notice'
import { Form } from '@/components/forms/form'
import { PasswordField } from '@/components/forms/password-field'
import { SubmitButton } from '@/components/forms/submit-button'
import { TextField } from '@/components/forms/text-field'
import { PageHeader } from '@/components/layout/page-header'
import { Section } from '@/components/layout/section'
import { LinkButton } from '@/components/ui/link-button'
import { changePasswordAction, renameAccountAction, requestEmailChangeAction } from '@/lib/features/accounts/actions'
import { findProfile, type Profile } from '@/lib/features/accounts/queries'
import { PASSWORD_HINT } from '@/lib/features/accounts/words'

export const metadata: Metadata = { title: 'Profile' }

function NameSection({ profile }: { profile: Profile }) {
  return (
    <Section title="Name" description="How others see you, in every organization.">
      <Form action={renameAccountAction} label="Change name" className="fields max-w-[420px]">
        <TextField name="name" label="Name" autoComplete="name" maxLength={80} defaultValue={profile.name} />
        <div>
          <SubmitButton variant="secondary">Save name</SubmitButton>
        </div>
      </Form>
    </Section>
  )
}

function EmailSection({ profile }: { profile: Profile }) {
  return (
    <Section title="E-mail address" description={`You sign in as ${profile.email}.`}>
      {profile.pendingEmail ? <Notice>A link was mailed to {profile.pendingEmail}. The address changes when you open it, within an hour, in a browser where you are signed in.</Notice> : null}
      <Form action={requestEmailChangeAction} label="Change e-mail address" className="fields max-w-[420px]">
        <TextField name="email" label="New e-mail address" type="email" autoComplete="email" inputMode="email" autoCapitalize="none" spellCheck={false} hint="A link goes to the new address. The old one gets a notice after the change." />
        <PasswordField name="password" label="Your password" autoComplete="current-password" />
        <div>
          <SubmitButton variant="secondary">Send link</SubmitButton>
        </div>
      </Form>
    </Section>
  )
}

function PasswordSection({ profile }: { profile: Profile }) {
  if (!profile.hasPassword) {
    return (
      <Section title="Password" description="You have none yet.">
        <LinkButton href="/forgot-password">Set a password by mail</LinkButton>
      </Section>
    )
  }
  return (
    <Section title="Password" description="Changing it ends all your other sessions.">
      <Form action={changePasswordAction} label="Change password" className="fields max-w-[420px]">
        <input type="hidden" name="username" autoComplete="username" value={profile.email} readOnly />
        <PasswordField name="current" label="Current password" autoComplete="current-password" />
        <PasswordField name="password" label="New password" autoComplete="new-password" hint={PASSWORD_HINT} />
        <div>
          <SubmitButton variant="secondary">Change password</SubmitButton>
        </div>
      </Form>
    </Section>
  )
}

export default accountPage('profile', '/profile', async ({ actor, search }) => {
  const profile = await findProfile(actor)
  return (
    <>
      <PageHeader title="Profile" description="Yours, whatever organizations you are in." />
      {one(search['done']) === 'email' ? <Notice tone="ok">Your address is changed. You sign in as {profile.email} from now on.</Notice> : null}
      <NameSection profile={profile} />
      <EmailSection profile={profile} />
      <PasswordSection profile={profile} />
    </>
  )
})
