import type { SessionActor } from '@/lib/access/principals/actor'
import { hasPendingInvitations, lastOrganizationSlug, slugOf } from './queries'
import { safeNextPath } from './rules'

/**
 * Where a person goes who has just signed in: where they were going, else to invitations that wait for
 * them, else into the organization they were last in.
 */
export async function landingPath({ accountId, through }: Pick<SessionActor, 'accountId' | 'through'>, next: string | undefined): Promise<string> {
  const asked = safeNextPath(next)
  // A session of one organization answers no invitations of others.
  if (through) return asked ?? `/${await slugOf(through.organizationId)}`
  if (asked?.startsWith('/invite/')) return asked
  if (await hasPendingInvitations(accountId)) return `/organizations/invitations${asked ? `?next=${encodeURIComponent(asked)}` : ''}`
  if (asked) return asked
  const slug = await lastOrganizationSlug(accountId)
  return slug === null ? '/organizations' : `/${slug}`
}
