import { now } from '@/lib/clock'
import type { Tx } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { INVITATION_DAYS } from '@/lib/features/members/rules'
import { newId } from '@/lib/ids'
import { enqueueMails } from '@/lib/mail/outbox'
import { randomSecret } from '@/lib/secrets'

/** Who invites: a member, or by name only. */
export type Inviter = { id: string | null; name: string }

/** What the mails of an invitation say. */
export type InvitationWords = { organizationId: string; organizationName: string; inviter: Inviter; roleTitles: readonly string[]; message: string }

export type InsertedInvitation = { id: string; email: string }

const NONCE_BYTES = 12
export const newNonce = (): string => randomSecret(NONCE_BYTES)

export const invitationEnd = (at: Date): Date => new Date(at.getTime() + INVITATION_DAYS * 24 * 3600_000)

/** Puts one mail an invitation into the outbox. */
export async function mailInvitations(tx: Tx, words: InvitationWords, invitations: readonly InsertedInvitation[], expiresAt: Date): Promise<void> {
  const { organizationId, organizationName: organization, inviter, roleTitles, message } = words
  if (invitations.length === 0) return
  await enqueueMails(tx, invitations.map(({ id, email }) => ({
    recipient: email, template: 'invitation' as const, organizationId, subject: `Join ${organization} on Gatehouse`,
    params: { membershipId: id, organizationId, organization, inviter: inviter.name, roles: [...roleTitles], message, expiresAt: expiresAt.toISOString() },
  })))
}

/**
 * Invites addresses that are neither members nor invited, with a mail each. Of two calls at once for the
 * same address one inserts it, because the table's constraint decides.
 *
 * @param emails valid, in lower case, each once
 * @returns those that were inserted, without roles yet
 */
export async function insertInvitations(tx: Tx, words: InvitationWords, emails: readonly string[]): Promise<InsertedInvitation[]> {
  if (emails.length === 0) return []
  const at = now()
  const expiresAt = invitationEnd(at)
  const inserted = await tx.membership.createManyAndReturn({
    data: emails.map((email) => ({
      id: newId('user'), organizationId: words.organizationId, email, status: 'invited' as const, source: 'invitation', invitedById: words.inviter.id,
      invitedByName: words.inviter.name, invitationNonce: newNonce(), invitationExpiresAt: expiresAt, createdAt: at,
    })),
    skipDuplicates: true,
    select: { id: true, email: true },
  })
  await mailInvitations(tx, words, inserted, expiresAt)
  return inserted
}

/**
 * Invites one address and mails it. Returns the membership's id; roles come after.
 *
 * @throws AppError `already-exists` when it is a member or invited
 */
export async function insertInvitation(tx: Tx, { email, ...words }: InvitationWords & { email: string }): Promise<string> {
  const [inserted] = await insertInvitations(tx, words, [email])
  if (!inserted) throw new AppError('already-exists', `\`${email}\` is already invited or a member`)
  return inserted.id
}
