import type { SessionActor } from '@/lib/access/principals/actor'
import { now } from '@/lib/clock'
import { db } from '@/lib/db'
import { invitationIdOf } from '@/lib/ids'
import { invitationTokenMatches, membershipIdOfToken } from '@/lib/links'
import { countAttempt } from '@/lib/rate-limit'
import { requestFacts } from '@/lib/request'
import type { InvitationFacts } from './invitation-facts'

/** What an invitation link leads to. Whoever holds the link may know the organization's name. */
export type InvitationLinkState =
  | { state: 'open'; invitation: InvitationFacts; hasAccount: boolean }
  | { state: 'expired'; invitation: InvitationFacts }
  | { state: 'accepted'; invitation: InvitationFacts; accountId: string | null }
  | { state: 'gone' }

const columns = {
  id: true, email: true, status: true, accountId: true, invitationNonce: true, invitationExpiresAt: true, invitedByName: true,
  organization: { select: { slug: true, name: true } },
  assignments: { select: { role: { select: { title: true } }, scope: { select: { name: true, type: true } } }, orderBy: { id: 'asc' } },
} as const

type Row = {
  id: string
  email: string
  invitationExpiresAt: Date | null
  invitedByName: string
  organization: { slug: string; name: string }
  assignments: readonly { role: { title: string }; scope: { name: string; type: string } }[]
}

/** A role with its scope, in words: "Viewer", "Editor in Analytics". */
const roleInWords = ({ role, scope }: Row['assignments'][number]): string => (scope.type === 'organization' ? role.title : `${role.title} in ${scope.name}`)

const factsOf = (row: Row): InvitationFacts => ({
  invitationId: invitationIdOf(row.id),
  email: row.email,
  organization: row.organization.name,
  slug: row.organization.slug,
  inviter: row.invitedByName,
  roles: row.assignments.map(roleInWords),
  expiresAt: row.invitationExpiresAt?.toISOString() ?? null,
})

/** Looks a mailed link up, for its page; uses nothing up. @throws AppError `too-many-requests` */
export async function openInvitationLink(token: string): Promise<InvitationLinkState> {
  await countAttempt('link-address', requestFacts().address)
  const id = membershipIdOfToken(token)
  const row = id === null ? null : await db().membership.findUnique({ where: { id }, select: columns })
  if (!row || !invitationTokenMatches(token, row)) return { state: 'gone' }
  const invitation = factsOf(row)
  if (row.status !== 'invited') return { state: 'accepted', invitation, accountId: row.accountId }
  if (row.invitationExpiresAt && row.invitationExpiresAt <= now()) return { state: 'expired', invitation }
  const account = await db().account.findUnique({ where: { email: row.email }, select: { id: true } })
  return { state: 'open', invitation, hasAccount: account !== null }
}

/** Invitations that wait for the signed-in person, newest first; none until their address is verified. */
export async function listMyInvitations(actor: SessionActor): Promise<InvitationFacts[]> {
  const account = await db().account.findUnique({ where: { id: actor.accountId }, select: { email: true, emailVerifiedAt: true } })
  if (!account?.emailVerifiedAt) return []
  const organizations = await db().$queryRaw<{ id: string }[]>`
    SELECT "id" FROM "Membership" WHERE "email" = ${account.email} AND "status" = 'invited' AND "invitationExpiresAt" > ${now()}
    ORDER BY "id" DESC LIMIT 50`
  const rows = await Promise.all(organizations.map(({ id }) => db().membership.findUnique({ where: { id }, select: columns })))
  return rows.filter((row) => row !== null).map(factsOf)
}
