import { z } from 'zod'
import type { Ctx } from '@/lib/access/context'
import type { Target } from '@/lib/boundary/audit'
import { operation } from '@/lib/boundary/operation'
import { AppError } from '@/lib/errors'
import { findAssignments } from '@/lib/features/roles/queries'
import { requireHeld } from '@/lib/features/roles/rules'
import { membershipIdOf, invitationIdOf } from '@/lib/ids'
import { findInvitation } from '@/lib/features/invitations/queries'
import { invitationLink } from '@/lib/links'
import { mailServerConfigured } from '@/lib/mail/outbox'
import { renderMail } from '@/lib/mail/templates'
import { findMail } from './queries'
import { MailInput } from './schema'

const targetOf = ({ id, recipient }: { id: string; recipient: string }): Target => ({ type: 'mail', id, name: recipient })

const InvitationParams = z.object({ membershipId: z.string() })

/** The link in an invitation mail, for those who could have given what it gives. @throws AppError `forbidden`, `link-invalid` */
async function linkIn(ctx: Ctx<'member:write'>, params: unknown): Promise<string> {
  const { membershipId } = InvitationParams.parse(params)
  const invitation = await findInvitation(ctx, invitationIdOf(membershipIdOf(membershipId))).catch(() => null)
  if (!invitation) throw new AppError('link-invalid', 'the invitation was accepted or revoked meanwhile')
  requireHeld(ctx.rights, await findAssignments(ctx, membershipId))
  return invitationLink(invitation)
}

/** The text of a mail as it is (or would be) sent. It may hold a link, so the log tells who read it. */
export const readMail = operation({
  event: 'mail.read',
  permission: 'member:write',
  input: MailInput,
  run: async (ctx, { id }) => {
    const mail = await findMail(ctx, id)
    const link = mail.template === 'invitation' ? await linkIn(ctx, mail.params) : null
    const { subject, text } = await renderMail(ctx.tx, mail.template, mail.params)
    return { value: { id, recipient: mail.recipient, subject, text, link }, targets: [targetOf(mail)] }
  },
})

/**
 * Sends a waiting or kept mail now instead of later, and one again of which nobody knows whether it was taken.
 *
 * @throws AppError `conflict` when it was sent or there is no mail server
 */
export const retryMail = operation({
  event: 'mail.retry',
  permission: 'member:write',
  input: MailInput,
  run: async (ctx, { id }) => {
    const mail = await findMail(ctx, id)
    if (!mailServerConfigured()) throw new AppError('conflict', 'no mail server is configured; set `SMTP_URL`, or hand the link over yourself')
    const { count } = await ctx.tx.mail.updateMany({
      where: { organizationId: ctx.orgId, id, OR: [{ status: { in: ['queued', 'kept'] } }, { status: 'sent', lastError: { not: null } }] },
      data: { status: 'queued', sentAt: null, nextAttemptAt: ctx.now },
    })
    if (count === 0) throw new AppError('conflict', `the mail to \`${mail.recipient}\` was sent already`)
    await ctx.tx.$executeRaw`SELECT pg_notify('gatehouse_mail', '')`
    return { value: { id }, targets: [targetOf(mail)] }
  },
})
