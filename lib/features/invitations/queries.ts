import type { Ctx } from '@/lib/access/context'
import { AppError } from '@/lib/errors'
import { invitationIdOf, membershipIdOf } from '@/lib/ids'
import type { InviteResult } from './rules'

/** Those of the addresses that are members or invited already, as the answer to inviting them. */
export async function findInvited(ctx: Ctx<'member:write'>, emails: readonly string[]): Promise<InviteResult[]> {
  if (emails.length === 0) return []
  const rows = await ctx.tx.membership.findMany({
    where: { organizationId: ctx.orgId, email: { in: [...emails] } },
    select: { id: true, email: true, status: true, invitationExpiresAt: true },
  })
  return rows.map(({ id, email, status, invitationExpiresAt }) => {
    if (status === 'suspended') return { email, status: 'already_member', id, detail: 'a suspended member; resume them instead' }
    if (status === 'active') return { email, status: 'already_member', id }
    const isOver = invitationExpiresAt !== null && invitationExpiresAt <= ctx.now
    return { email, status: 'already_invited', id: invitationIdOf(id), ...(isOver && { detail: 'the invitation expired; resend it' }) }
  })
}

/** An invitation nobody has accepted yet, expired or not. @throws AppError `not-found` */
export async function findInvitation(ctx: Ctx<'member:write'>, invitationId: string) {
  const found = await ctx.tx.membership.findUnique({
    where: { organizationId_id: { organizationId: ctx.orgId, id: membershipIdOf(invitationId) } },
    select: { id: true, email: true, status: true, invitationNonce: true, invitationExpiresAt: true, directoryId: true },
  })
  if (found?.status !== 'invited') throw new AppError('not-found', `no open invitation \`${invitationId}\``)
  return found
}

/** Removes invitation mails to an address that still wait; one being sent at this moment is left alone. */
export async function dropWaitingMails(ctx: Ctx<'member:write'>, recipient: string): Promise<void> {
  await ctx.tx.$executeRaw`
    DELETE FROM "Mail" WHERE "id" IN (
      SELECT "id" FROM "Mail" WHERE "organizationId" = ${ctx.orgId} AND "recipient" = ${recipient} AND "template" = 'invitation' AND "status" = 'queued'
      FOR UPDATE SKIP LOCKED)`
}
