import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { accountPage } from '@/app/(account)/account-page'
import { one } from '@/app/page-input'
import { InvitationAnswer } from '@/components/accounts/invitation-answer'
import { InvitationDetails } from '@/components/accounts/invitation-details'
import { PageHeader } from '@/components/layout/page-header'
import { Section } from '@/components/layout/section'
import { LinkButton } from '@/components/ui/link-button'
import { safeNextPath } from '@/lib/features/accounts/rules'
import { lastOrganizationSlug } from '@/lib/features/accounts/queries'
import { acceptInvitationAction, declineInvitationAction } from '@/lib/features/invitations/answer-actions'
import { listMyInvitations } from '@/lib/features/invitations/pending'

export const metadata: Metadata = { title: 'Invitations' }

/** What a person sees first after signing in while invitations wait for them. */
export default accountPage('organizations', '/organizations/invitations', async ({ actor, search }) => {
  const [invitations, slug] = await Promise.all([listMyInvitations(actor), lastOrganizationSlug(actor.accountId)])
  const next = safeNextPath(one(search['next']))
  const onward = next ?? (slug === null ? '/organizations' : `/${slug}`)
  if (invitations.length === 0) redirect(onward)
  return (
    <>
      <PageHeader title="Invitations" description="Nothing happens until you answer." actions={<LinkButton href={onward}>Not now</LinkButton>} />
      {invitations.map((invitation) => (
        <Section key={invitation.invitationId} title={`Join ${invitation.organization}`}>
          <InvitationDetails invitation={invitation} />
          <div className="max-w-[320px]">
            <InvitationAnswer
              named={{ field: 'invitationId', value: invitation.invitationId }} organization={invitation.organization}
              accept={acceptInvitationAction} decline={declineInvitationAction} next={next ?? undefined}
            />
          </div>
        </Section>
      ))}
    </>
  )
})
