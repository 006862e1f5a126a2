import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { Notice } from '@/components/accounts/notice'
import { PlainLink } from '@/components/accounts/plain-link'
import { BreakGlassForm } from '@/components/break-glass/break-glass-form'
import { AuthCard } from '@/components/layout/auth-card'
import { isRecentlyProven } from '@/lib/access/principals/recent'
import { BREAK_GLASS_MINUTES } from '@/lib/access/way-in'
import { currentActor } from '@/lib/boundary/browser'
import { now } from '@/lib/clock'
import { breakGlassAction } from '@/lib/features/break-glass/actions'
import { findGlass, obstacleOf } from '@/lib/features/break-glass/queries'

export const metadata: Metadata = { title: 'Use a break-glass code' }

/** For a chosen administrator on the day the identity provider is out of order, after password and second factor. */
export default async function BreakGlassPage({ params }: { params: Promise<{ org: string }> }) {
  const { org } = await params
  const path = `/sign-in/${org}/break-glass`
  const actor = currentActor()
  if (!actor) redirect(`/sign-in?next=${encodeURIComponent(path)}`)
  const glass = await findGlass(actor, org)
  if (!glass) notFound()
  const obstacle = obstacleOf(actor)
  // Signing in shows both; of a session that is older, or that was opened before there was a factor, they are asked here.
  if (obstacle === 'factor-not-shown' || (obstacle === null && !isRecentlyProven(actor, now()))) redirect(`/confirm?${new URLSearchParams({ next: path, ...(obstacle && { reason: 'second-factor' }) }).toString()}`)
  return (
    <AuthCard
      title="Use a break-glass code"
      description={`One of your codes opens the SSO settings of ${glass.organization} for ${BREAK_GLASS_MINUTES} minutes, and nothing else. Every administrator gets a mail about it.`}
      footer={<PlainLink href={`/sign-in/${org}`}>Back to the ways in</PlainLink>}
    >
      {obstacle === 'no-factor' ? <Notice tone="warn">A code goes with your password and a second factor, and your account has no second factor. Ask another administrator.</Notice> : null}
      {obstacle === 'not-by-password' ? <Notice tone="warn">A code goes with your password. Sign out, and sign in with it first.</Notice> : null}
      {glass.codesLeft === 0 ? <Notice tone="warn">None of your codes is left. Ask another administrator.</Notice> : null}
      {obstacle === null && glass.codesLeft > 0 ? <BreakGlassForm action={breakGlassAction} org={org} /> : null}
    </AuthCard>
  )
}
