import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { MethodLinks } from '@/components/accounts/method-links'
import { PlainLink } from '@/components/accounts/plain-link'
import { AuthCard } from '@/components/layout/auth-card'
import { currentActor } from '@/lib/boundary/browser'
import { findGlass } from '@/lib/features/break-glass/queries'
import { findWaysInto } from '@/lib/features/sso-connections/methods'

export const metadata: Metadata = { title: 'Sign in through your organization' }

/** For a member whose session does not open the organization: why, and the way that does. */
export default async function OrganizationSignInPage({ params }: { params: Promise<{ org: string }> }) {
  const { org } = await params
  const actor = currentActor()
  if (!actor) redirect(`/sign-in?next=${encodeURIComponent(`/${org}`)}`)
  const ways = await findWaysInto(actor, org)
  if (!ways) notFound()
  const glass = await findGlass(actor, org)
  const why = ways.isSsoOnly
    ? `${ways.organization} is entered through its identity provider only. This session came another way, so it no longer opens it.`
    : `Your session came through another organization’s identity provider and opens that one only. Sign in again to open ${ways.organization}.`
  return (
    <AuthCard title={`Sign in to ${ways.organization}`} description={why} footer={<p><PlainLink href="/organizations">Your other organizations</PlainLink> · <PlainLink href="/sign-out">Sign out</PlainLink></p>}>
      <div className="grid gap-4">
        {ways.methods.length > 0 ? <MethodLinks methods={ways.methods} next={`/${org}`} /> : <p>No connection is enabled. Ask an administrator of {ways.organization}.</p>}
        {glass ? <p className="text-ink-2">Is the identity provider out of order? <PlainLink href={`/sign-in/${org}/break-glass`}>Use a break-glass code</PlainLink></p> : null}
      </div>
    </AuthCard>
  )
}
