import type { Metadata } from 'next'
import { accountPage } from '@/app/(account)/account-page'
import { Form } from '@/components/forms/form'
import { SubmitButton } from '@/components/forms/submit-button'
import { PageHeader } from '@/components/layout/page-header'
import { LinkButton } from '@/components/ui/link-button'
import { confirmEmailAction } from '@/lib/features/accounts/actions'
import { findEmailChange } from '@/lib/features/accounts/queries'

export const metadata: Metadata = { title: 'Confirm your new address' }

const REASONS = {
  invalid: 'A link works once, for one hour, and only the newest one. Your address is as it was.',
  'other-account': 'It belongs to another account. Sign out, then open it again and sign in with the account whose address changes.',
} as const

export default accountPage('profile', '/confirm-email', async ({ actor, token }) => {
  const change = await findEmailChange(actor, token)
  if (typeof change === 'string') {
    return (
      <>
        <PageHeader title={change === 'invalid' ? 'This link does not work any more' : 'This link is not yours'} description={REASONS[change]} />
        <LinkButton href="/profile">Go to your profile</LinkButton>
      </>
    )
  }
  return (
    <>
      <PageHeader title="Confirm your new address" description={`You sign in as ${actor.email} now, and as ${change.email} from now on. The old address gets a notice.`} />
      <Form action={confirmEmailAction} label="Confirm your new address">
        <input type="hidden" name="token" value={token} />
        <div>
          <SubmitButton>Use {change.email}</SubmitButton>
        </div>
      </Form>
    </>
  )
})
