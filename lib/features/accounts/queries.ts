import type { SessionActor } from '@/lib/access/principals/actor'
import { now } from '@/lib/clock'
import { db } from '@/lib/db'
import { isAppError } from '@/lib/errors'
import { findOneTimeLink, type LinkPurpose } from '@/lib/links'
import { countAttempt } from '@/lib/rate-limit'
import { requestFacts } from '@/lib/request'
import type { OwnMembership } from './own-membership'

export type Profile = { name: string; email: string; isVerified: boolean; hasPassword: boolean; createdAt: string; pendingEmail: string | null }

/** The signed-in person as their profile shows them. `pendingEmail` waits for its link to be opened. */
export async function findProfile(actor: SessionActor): Promise<Profile> {
  const account = await db().account.findUniqueOrThrow({
    where: { id: actor.accountId },
    select: {
      name: true, email: true, emailVerifiedAt: true, passwordHash: true, createdAt: true,
      links: { where: { purpose: 'email-change', usedAt: null, expiresAt: { gt: now() } }, select: { subject: true }, orderBy: { id: 'desc' }, take: 1 },
    },
  })
  return {
    name: account.name, email: account.email, isVerified: account.emailVerifiedAt !== null, hasPassword: account.passwordHash !== null,
    createdAt: account.createdAt.toISOString(), pendingEmail: account.links[0]?.subject ?? null,
  }
}

/** At most this many are told of a person with very many roles. */
const ROLES_TOLD = 4

/** Organizations of the signed-in person by name, with what they hold there. At most two hundred. */
export async function listOwnMemberships(actor: SessionActor): Promise<OwnMembership[]> {
  const rows = await db().membership.findMany({
    where: { accountId: actor.accountId, ...(actor.through && { organizationId: actor.through.organizationId }) },
    select: {
      status: true, lastSeenAt: true,
      organization: { select: { slug: true, name: true, exclusions: { where: { sessionId: actor.sessionId }, select: { sessionId: true } } } },
      assignments: {
        where: { OR: [{ expiresAt: null }, { expiresAt: { gt: now() } }] },
        select: { role: { select: { title: true } }, scope: { select: { name: true, type: true } } },
        orderBy: { id: 'asc' }, take: ROLES_TOLD,
      },
    },
    orderBy: { organization: { name: 'asc' } },
    take: 200,
  })
  return rows.map(({ status, lastSeenAt, organization, assignments }) => ({
    slug: organization.slug, name: organization.name,
    roles: assignments.map(({ role, scope }) => (scope.type === 'organization' ? role.title : `${role.title} in ${scope.name}`)),
    status: status === 'suspended' ? 'suspended' : organization.exclusions.length > 0 ? 'ended' : 'active',
    lastSeenAt: lastSeenAt.getTime() === 0 ? null : lastSeenAt.toISOString(),
  }))
}

/** Address of the organization an account was last seen in, or null when it is active in none. */
export async function lastOrganizationSlug(accountId: string): Promise<string | null> {
  const row = await db().membership.findFirst({
    where: { accountId, status: 'active' },
    select: { organization: { select: { slug: true } } },
    orderBy: [{ lastSeenAt: 'desc' }, { id: 'asc' }],
  })
  return row?.organization.slug ?? null
}

/** Address of an organization. */
export async function slugOf(organizationId: string): Promise<string> {
  const { slug } = await db().organization.findUniqueOrThrow({ where: { id: organizationId }, select: { slug: true } })
  return slug
}

/** Whether invitations wait for this account's verified address. */
export async function hasPendingInvitations(accountId: string): Promise<boolean> {
  const account = await db().account.findUnique({ where: { id: accountId }, select: { email: true, emailVerifiedAt: true } })
  if (!account?.emailVerifiedAt) return false
  const [row] = await db().$queryRaw<{ found: boolean }[]>`
    SELECT EXISTS (SELECT 1 FROM "Membership" WHERE "email" = ${account.email} AND "status" = 'invited' AND "invitationExpiresAt" > ${now()}) AS "found"`
  return row?.found ?? false
}

/** Whether a one-time link works now, for its page; uses nothing up. @throws AppError `too-many-requests` */
export async function oneTimeLinkWorks(purpose: LinkPurpose, token: string): Promise<boolean> {
  await countAttempt('link-address', requestFacts().address)
  try {
    await findOneTimeLink(db(), purpose, token)
    return true
  } catch (error) {
    if (isAppError(error) && error.code === 'link-invalid') return false
    throw error
  }
}

/** Whether the set-up link works now, for its page. @throws AppError `too-many-requests` */
export async function setUpLinkWorks(token: string): Promise<boolean> {
  const organization = await db().organization.findFirst({ select: { id: true } })
  return organization === null && (await oneTimeLinkWorks('set-up', token))
}

/** The address an e-mail change asks to confirm, when its link works and belongs to the signed-in person. */
export async function findEmailChange(actor: SessionActor, token: string): Promise<{ email: string } | 'invalid' | 'other-account'> {
  await countAttempt('link-address', requestFacts().address)
  try {
    const link = await findOneTimeLink(db(), 'email-change', token)
    return link.accountId === actor.accountId ? { email: link.subject } : 'other-account'
  } catch (error) {
    if (isAppError(error) && error.code === 'link-invalid') return 'invalid'
    throw error
  }
}
