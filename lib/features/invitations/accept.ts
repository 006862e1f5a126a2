import { z } from 'zod'
import type { SessionActor } from '@/lib/access/principals/actor'
import { accountOperation } from '@/lib/boundary/account-operation'
import type { Target } from '@/lib/boundary/audit'
import { now } from '@/lib/clock'
import type { Tx } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { idSchema, membershipIdOf } from '@/lib/ids'
import { invitationTokenMatches, membershipIdOfToken } from '@/lib/links'

const columns = {
  id: true, organizationId: true, email: true, status: true, accountId: true, invitationNonce: true, invitationExpiresAt: true,
  organization: { select: { slug: true, name: true } },
} as const

type Row = {
  id: string
  organizationId: string
  email: string
  status: string
  accountId: string | null
  invitationNonce: string
  invitationExpiresAt: Date | null
  organization: { slug: string; name: string }
}

/** Held until the transaction ends, so that of two clicks at once the second sees what the first did. */
async function lockInvitation(tx: Tx, membershipId: string): Promise<Row | null> {
  await tx.$queryRaw`SELECT 1 FROM "Membership" WHERE "id" = ${membershipId} FOR UPDATE`
  return tx.membership.findUnique({ where: { id: membershipId }, select: columns })
}

const gone = () => new AppError('link-invalid', 'the invitation was revoked, declined or replaced by a newer one')

export const targetOf = ({ id, email }: { id: string; email: string }): Target => ({ type: 'user', id, name: email })

function requireOpen(row: Row): void {
  if (row.status !== 'invited') throw new AppError('link-invalid', 'the invitation was accepted already')
  if (row.invitationExpiresAt && row.invitationExpiresAt <= now()) {
    throw new AppError('link-invalid', 'the invitation has expired; ask for a new one')
  }
}

/** The invitation of a mailed link, held until the transaction ends. @throws AppError `link-invalid` */
export async function lockInvitationOfToken(tx: Tx, token: string): Promise<Row> {
  const id = membershipIdOfToken(token)
  const row = id === null ? null : await lockInvitation(tx, id)
  if (!row || !invitationTokenMatches(token, row)) throw gone()
  return row
}

export type Accepted = { membershipId: string; organizationId: string; slug: string; organization: string; isNew: boolean }

const acceptedOf = (row: Row, isNew: boolean): Accepted => ({
  membershipId: row.id, organizationId: row.organizationId, slug: row.organization.slug, organization: row.organization.name, isNew,
})

/**
 * Makes the invited membership active for an account; its roles stay. A second acceptance by the same
 * account changes nothing and is no error.
 *
 * @param row locked in this transaction
 * @throws AppError `link-invalid` when expired or accepted by somebody else, `forbidden` when it is for another address
 */
export async function acceptLocked(tx: Tx, row: Row, account: { id: string; email: string }): Promise<Accepted> {
  if (row.accountId === account.id) return acceptedOf(row, false)
  requireOpen(row)
  if (row.email !== account.email) throw new AppError('forbidden', `the invitation is for \`${row.email}\`, and you are signed in as \`${account.email}\``)
  await tx.membership.update({
    where: { organizationId_id: { organizationId: row.organizationId, id: row.id } },
    data: { status: 'active', accountId: account.id, joinedAt: now() },
  })
  return acceptedOf(row, true)
}

/** Named by the mailed link, or by its id in the list that a verified account sees. */
const Invitation = z.union([z.strictObject({ token: z.string().max(200) }), z.strictObject({ invitationId: idSchema('invitation') })])
type Invitation = z.infer<typeof Invitation>

/** By id, only for an account that has proven its address; a link proves it by having been mailed there. */
async function lockMine(tx: Tx, actor: SessionActor, which: Invitation): Promise<Row> {
  if ('token' in which) return lockInvitationOfToken(tx, which.token)
  const account = await tx.account.findUnique({ where: { id: actor.accountId }, select: { emailVerifiedAt: true } })
  const row = await lockInvitation(tx, membershipIdOf(which.invitationId))
  const isMine = row !== null && (row.accountId === actor.accountId || row.email === actor.email)
  if (!isMine || !account?.emailVerifiedAt) throw gone()
  return row
}

/** Accepts an invitation for the signed-in person's address. A mailed link also verifies the address. */
export const acceptInvitation = accountOperation({
  event: 'invitation.accept',
  input: Invitation,
  run: async ({ tx, actor, now: at }, which) => {
    const row = await lockMine(tx, actor, which)
    const accepted = await acceptLocked(tx, row, { id: actor.accountId, email: actor.email })
    if (accepted.isNew) await tx.account.updateMany({ where: { id: actor.accountId, emailVerifiedAt: null }, data: { emailVerifiedAt: at } })
    return { value: accepted, events: accepted.isNew ? [{ organizationId: row.organizationId, targets: [targetOf(row)] }] : [] }
  },
})

/** Declines an invitation for the signed-in person's address: it is gone, with the roles it held. */
export const declineInvitation = accountOperation({
  event: 'invitation.decline',
  input: Invitation,
  run: async ({ tx, actor }, which) => {
    const row = await lockMine(tx, actor, which)
    requireOpen(row)
    if (row.email !== actor.email) throw new AppError('forbidden', `the invitation is for \`${row.email}\`, and you are signed in as \`${actor.email}\``)
    await tx.membership.delete({ where: { organizationId_id: { organizationId: row.organizationId, id: row.id } } })
    return { value: { organization: row.organization.name }, events: [{ organizationId: row.organizationId, targets: [targetOf(row)] }] }
  },
})
