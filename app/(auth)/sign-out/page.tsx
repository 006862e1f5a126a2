import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { AuthCard } from '@/components/layout/auth-card'
import { currentActor } from '@/lib/boundary/browser'
import { signOutAction } from '@/lib/features/accounts/actions'

export const metadata: Metadata = { title: 'Sign out' }

/** Signing out changes something, so a link only asks and a form does it. */
export default function SignOutPage() {
  const actor = currentActor()
  if (!actor) redirect('/sign-in?reason=signed-out')
  return (
    <AuthCard title="Sign out" description={`You are signed in as ${actor.email}. Signing out ends this session only.`}>
      <form action={signOutAction}>
        <button type="submit" className="btn btn-primary btn-wide">
          Sign out
        </button>
      </form>
    </AuthCard>
  )
}
