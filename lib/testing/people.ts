import { db } from '@/lib/db'
import type { OpenedSession, SignInOutcome } from '@/lib/features/accounts/sign-in'
import { newId } from '@/lib/ids'
import { invitationLink } from '@/lib/links'
import { hashPassword } from '@/lib/passwords'
import { withRequest, type RequestFacts } from '@/lib/request'
import { makeAccount, type TestAccount } from './factories'

export const PASSWORD = 'correct horse battery staple'

/** An account that signs in with `PASSWORD`. */
export async function makePerson(email?: string): Promise<TestAccount> {
  const account = await makeAccount(email)
  await db().account.update({ where: { id: account.id }, data: { passwordHash: await hashPassword(PASSWORD) } })
  return account
}

/** Runs `work` as a request from this address. */
export const from = <T>(address: string, work: () => T, facts: Partial<RequestFacts> = {}): T =>
  withRequest({ id: newId('request'), address, userAgent: 'test', source: 'console', nonce: '', session: null, ...facts }, work)

export type TestInvitation = { membershipId: string; token: string }

/** A pending invitation, and the token of its link. */
export async function makeInvitation(organizationId: string, email: string, expiresAt = new Date(Date.now() + 7 * 24 * 3600_000)): Promise<TestInvitation> {
  const membership = { id: newId('user'), invitationNonce: newId('link') }
  await db().membership.create({
    data: { ...membership, organizationId, email, status: 'invited', source: 'invitation', invitedByName: 'Someone', invitationExpiresAt: expiresAt },
  })
  return { membershipId: membership.id, token: tokenOf(invitationLink(membership)) }
}

/** The last part of a link's address. */
export const tokenOf = (url: string): string => url.split('/').at(-1) ?? ''

/** Events an organization's log holds, in order, without those of its making. */
export const eventsOf = (organizationId: string, event: string) =>
  db().auditEvent.findMany({ where: { organizationId, event }, orderBy: { id: 'asc' } })

/** Mails to an address, oldest first. */
export const mailsTo = (recipient: string) => db().mail.findMany({ where: { recipient }, orderBy: { id: 'asc' } })

/** The session that a sign-in has opened; fails when a second step is demanded. */
export async function openedBy(signingIn: Promise<SignInOutcome>): Promise<OpenedSession> {
  const outcome = await signingIn
  if (outcome.step !== 'done') throw new Error('a second step is demanded')
  return outcome
}
