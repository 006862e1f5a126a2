import { redirect } from 'next/navigation'
import { currentActor } from '@/lib/boundary/browser'
import { landingPath } from '@/lib/features/accounts/landing'

/** The start: to where one was, or to sign in. */
export default async function StartPage() {
  const actor = currentActor()
  redirect(actor ? await landingPath(actor, undefined) : '/sign-in')
}
