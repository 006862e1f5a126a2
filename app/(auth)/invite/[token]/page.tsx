import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { tokenOf, type PageInput } from '@/app/page-input'
import { DeadLink } from '@/components/accounts/dead-link'
import { InvitationAnswer } from '@/components/accounts/invitation-answer'
import { InvitationDetails } from '@/components/accounts/invitation-details'
import { JoinForm } from '@/components/accounts/join-form'
import { Notice } from '@/components/accounts/notice'
import { AuthCard } from '@/components/layout/auth-card'
import type { SessionActor } from '@/lib/access/principals/actor'
import { currentActor } from '@/lib/boundary/browser'
import { signOutAction } from '@/lib/features/accounts/actions'
import { PASSWORD_HINT } from '@/lib/features/accounts/words'
import { acceptInvitationAction, declineInvitationAction, joinAction } from '@/lib/features/invitations/answer-actions'
import type { InvitationFacts } from '@/lib/features/invitations/invitation-facts'
import { openInvitationLink, type InvitationLinkState } from '@/lib/features/invitations/pending'

export const metadata: Metadata = { title: 'Invitation' }

type Open = Extract<InvitationLinkState, { state: 'open' }>

export default async function InvitePage(input: PageInput) {
  const token = await tokenOf(input)
  const link = await openInvitationLink(token)
  const actor = currentActor()
  if (link.state === 'gone') return <Gone />
  if (link.state === 'expired') return <Expired invitation={link.invitation} />
  if (link.state === 'accepted') return <Accepted invitation={link.invitation} isMine={actor?.accountId === link.accountId} />
  return (
    <AuthCard title={`Join ${link.invitation.organization}`} description={`${link.invitation.inviter || 'An administrator'} invited you.`}>
      <InvitationDetails invitation={link.invitation} />
      {answerFor(link, actor, token)}
    </AuthCard>
  )
}

function answerFor({ invitation, hasAccount }: Open, actor: SessionActor | null, token: string): ReactNode {
  const here = `/invite/${token}`
  if (actor && actor.email !== invitation.email) return <OtherAccount email={actor.email} invited={invitation.email} here={here} />
  if (actor) {
    return <InvitationAnswer named={{ field: 'token', value: token }} organization={invitation.organization} accept={acceptInvitationAction} decline={declineInvitationAction} />
  }
  if (!hasAccount) return <JoinForm action={joinAction} token={token} email={invitation.email} passwordHint={PASSWORD_HINT} />
  return (
    <>
      <p className="mb-4 text-ink-2">This address has an account. Sign in with it, then accept.</p>
      <a href={`/sign-in?next=${encodeURIComponent(here)}`} className="btn btn-primary btn-wide">
        Sign in
      </a>
    </>
  )
}

function OtherAccount({ email, invited, here }: { email: string; invited: string; here: string }) {
  return (
    <>
      <Notice tone="warn">
        The invitation is for {invited}, and you are signed in as {email}. Sign out, then open the invitation as {invited}.
      </Notice>
      <form action={signOutAction}>
        <input type="hidden" name="next" value={here} />
        <button type="submit" className="btn btn-wide">
          Sign out
        </button>
      </form>
    </>
  )
}

function Gone() {
  return (
    <DeadLink title="This invitation does not work any more" action={{ label: 'Go to sign-in', href: '/sign-in' }}>
      <p>It was revoked or declined, a newer mail has replaced it, or the address is not complete. Look for a newer mail, or ask whoever invited you.</p>
    </DeadLink>
  )
}

function Expired({ invitation }: { invitation: InvitationFacts }) {
  return (
    <DeadLink title="This invitation has expired" action={{ label: 'Go to sign-in', href: '/sign-in' }}>
      <p>
        Invitations to {invitation.organization} work for a limited time. Ask {invitation.inviter || 'an administrator'} to send it again; the new mail has a link that works.
      </p>
    </DeadLink>
  )
}

function Accepted({ invitation, isMine }: { invitation: InvitationFacts; isMine: boolean }) {
  const here = `/${invitation.slug}`
  return (
    <DeadLink
      title="This invitation was accepted already"
      action={isMine ? { label: `Open ${invitation.organization}`, href: here } : { label: 'Sign in', href: `/sign-in?next=${encodeURIComponent(here)}` }}
    >
      <p>
        {isMine ? 'You are' : `${invitation.email} is`} a member of {invitation.organization}. A link works once.
      </p>
    </DeadLink>
  )
}
