import type { Metadata } from 'next'
import { accountPage } from '@/app/(account)/account-page'
import { one } from '@/app/page-input'
import { Notice } from '@/components/accounts/notice'
import { OrganizationList } from '@/components/accounts/organization-list'
import { EmptyState } from '@/components/layout/empty-state'
import { PageHeader } from '@/components/layout/page-header'
import { Section } from '@/components/layout/section'
import { LinkButton } from '@/components/ui/link-button'
import { TextLink } from '@/components/ui/text-link'
import { leaveOrganizationFormAction } from '@/lib/features/accounts/organization-actions'
import { listOwnMemberships } from '@/lib/features/accounts/queries'
import { listMyInvitations } from '@/lib/features/invitations/pending'

export const metadata: Metadata = { title: 'Organizations' }

const NOTICES: Readonly<Record<string, { tone: 'ok' | 'warn'; text: string }>> = {
  left: { tone: 'ok', text: 'You have left the organization.' },
  suspended: { tone: 'warn', text: 'Your membership in that organization is suspended. Ask one of its administrators.' },
  'session-ended': { tone: 'warn', text: 'An administrator ended your session in that organization.' },
}

export default accountPage('organizations', '/organizations', async ({ actor, search }) => {
  const [memberships, invitations] = await Promise.all([listOwnMemberships(actor), listMyInvitations(actor)])
  const notice = NOTICES[one(search['done']) ?? one(search['reason']) ?? '']
  const create = (
    <LinkButton href="/organizations/new" variant="primary">
      Create organization
    </LinkButton>
  )
  return (
    <>
      <PageHeader title="Organizations" description={`Signed in as ${actor.email}.`} actions={memberships.length > 0 ? create : null} />
      {notice ? <Notice tone={notice.tone}>{notice.text}</Notice> : null}
      {invitations.length > 0 ? (
        <Notice>
          {invitations.length === 1 ? 'An invitation waits' : `${invitations.length} invitations wait`} for your answer.{' '}
          <TextLink href="/organizations/invitations">Look at {invitations.length === 1 ? 'it' : 'them'}</TextLink>
        </Notice>
      ) : null}
      {memberships.length > 0 ? (
        <Section title={memberships.length === 1 ? 'One organization' : `${memberships.length} organizations`}>
          <OrganizationList memberships={memberships} leave={leaveOrganizationFormAction} />
        </Section>
      ) : (
        <EmptyState title="You are in no organization" action={create}>
          Ask an administrator to invite {actor.email}, or create an organization of your own.
        </EmptyState>
      )}
    </>
  )
})
