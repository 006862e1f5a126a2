import { accountOperation, eventsOfMemberships } from '@/lib/boundary/account-operation'
import type { Tx } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { makeOneTimeLink, redeemOneTimeLink } from '@/lib/links'
import { enqueueMails } from '@/lib/mail/outbox'
import { requirePassword } from './password-proof'
import { fieldProblem } from './rules'
import { ConfirmEmailInput, RequestEmailChangeInput } from './schema'

export const EMAIL_LINK_MINUTES = 60

/**
 * Begins a change of address: mails a link to the new one. When the new one has an account already,
 * nothing is mailed, and the answer does not tell.
 */
export const requestEmailChange = accountOperation({
  event: 'account.request-email-change',
  input: RequestEmailChangeInput,
  recent: (actor) => actor.hasSecondFactor,
  before: async (actor, { email, password }) => {
    if (email === actor.email) throw fieldProblem('email', 'This is your address already')
    await requirePassword(actor, password, 'password')
  },
  run: async ({ tx, actor }, { email }) => {
    const taken = await tx.account.findUnique({ where: { email }, select: { id: true } })
    if (!taken) {
      const linkId = await makeOneTimeLink(tx, 'email-change', actor.accountId, EMAIL_LINK_MINUTES, email)
      await enqueueMails(tx, [{ recipient: email, template: 'email-change', params: { linkId, newEmail: email }, subject: 'Confirm your new e-mail address' }])
    }
    return { value: { email }, events: await eventsOfMemberships(tx, actor.accountId, { targets: [], after: { email } }) }
  },
})

/** An organization of the person that has invited the new address as well would then hold the same person twice. */
async function refuseInvitedTwice(tx: Tx, accountId: string, email: string): Promise<void> {
  const mine = await tx.membership.findMany({ where: { accountId }, select: { organizationId: true, organization: { select: { name: true } } } })
  for (const { organizationId, organization } of mine) {
    const invited = await tx.membership.findUnique({ where: { organizationId_email: { organizationId, email } }, select: { accountId: true } })
    if (invited && invited.accountId !== accountId) {
      throw new AppError('conflict', `${organization.name} has invited \`${email}\` as well; ask an administrator there to revoke that invitation, then confirm again`)
    }
  }
}

/**
 * Finishes a change of address by the mailed link, for the person who began it. The old address gets a
 * notice, and reset links mailed to it stop working.
 *
 * @throws AppError `link-invalid`, `already-exists` when somebody else took the address meanwhile, `conflict`
 */
export const confirmEmail = accountOperation({
  event: 'account.change-email',
  input: ConfirmEmailInput,
  run: async ({ tx, actor, now }, { token }) => {
    const link = await redeemOneTimeLink(tx, 'email-change', token)
    if (link.accountId !== actor.accountId) throw new AppError('forbidden', 'the link belongs to another account')
    const email = link.subject
    await refuseInvitedTwice(tx, actor.accountId, email)
    await tx.account.update({ where: { id: actor.accountId }, data: { email, emailVerifiedAt: now } })
    await tx.oneTimeLink.updateMany({ where: { accountId: actor.accountId, purpose: 'password-reset', usedAt: null }, data: { usedAt: now } })
    await enqueueMails(tx, [{ recipient: actor.email, template: 'email-changed', params: { newEmail: email }, subject: 'Your Gatehouse e-mail address was changed' }])
    const entry = { targets: [], before: { email: actor.email }, after: { email } }
    return { value: { email }, events: await eventsOfMemberships(tx, actor.accountId, entry) }
  },
})
