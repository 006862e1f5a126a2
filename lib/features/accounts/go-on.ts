import 'server-only'
import { clearBrowserSecret, setBrowserSecret, setSessionCookie } from '@/lib/boundary/browser'
import { lacksDemandedFactor } from '@/lib/features/second-factors/queries'
import { landingPath } from './landing'
import { PENDING_MINUTES } from './pending-sign-in'
import { safeNextPath } from './rules'
import type { OpenedSession, SignInOutcome } from './sign-in'

/** Hands a browser its new session, and says where it goes. */
export async function enterWith({ accountId, secret }: OpenedSession, next: string | undefined): Promise<string> {
  await clearBrowserSecret('pending')
  await setSessionCookie(secret)
  const path = await landingPath({ accountId }, next)
  // Before anything else; until the organization's grace ends the page offers to do it later.
  return (await lacksDemandedFactor(accountId)) ? `/security?next=${encodeURIComponent(path)}` : path
}

/** Hands a browser what came of the first step, a session or the second step, and says where it goes. */
export async function goOn(outcome: SignInOutcome, next: string | undefined): Promise<string> {
  if (outcome.step === 'done') return enterWith(outcome, next)
  await setBrowserSecret('pending', outcome.pendingSecret, PENDING_MINUTES * 60)
  const asked = safeNextPath(next)
  return `/sign-in/second-step${asked ? `?next=${encodeURIComponent(asked)}` : ''}`
}
