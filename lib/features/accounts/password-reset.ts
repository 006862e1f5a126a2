import { endSessions } from '@/lib/access/principals/session'
import { eventsOfMemberships } from '@/lib/boundary/account-operation'
import type { AuditActor } from '@/lib/boundary/audit'
import { noSoonerThan, publicOperation } from '@/lib/boundary/public-operation'
import { db, type Tx } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { findOneTimeLink, makeOneTimeLink, redeemOneTimeLink } from '@/lib/links'
import { enqueueMails } from '@/lib/mail/outbox'
import { hashPassword, passwordProblem } from '@/lib/passwords'
import { forgetAttempts } from '@/lib/rate-limit'
import { endPendingSignIns } from './pending-sign-in'
import { fieldProblem } from './rules'
import { RequestPasswordResetInput, ResetPasswordInput } from './schema'

export const RESET_LINK_MINUTES = 60

/** The answer takes this long whether there is an account or not. */
const ANSWER_MS = 150

type Person = { id: string; email: string }

const byMail = ({ id, email }: Person): AuditActor => ({ type: 'account', id, name: email, credentialId: null })

/** Puts a reset mail into the outbox; earlier reset links of the account stop working. */
export async function mailPasswordReset(tx: Tx, account: Person): Promise<void> {
  const linkId = await makeOneTimeLink(tx, 'password-reset', account.id, RESET_LINK_MINUTES)
  await enqueueMails(tx, [{ recipient: account.email, template: 'password-reset', params: { linkId }, subject: 'Reset your Gatehouse password' }])
}

/** Puts the notice of a new password into the outbox. */
export async function mailPasswordChanged(tx: Tx, email: string, at: Date): Promise<void> {
  await enqueueMails(tx, [{ recipient: email, template: 'password-changed', params: { at: at.toISOString() }, subject: 'Your Gatehouse password was changed' }])
}

/** Mails a reset link when the address has an account. The answer does not tell. */
export const requestPasswordReset = publicOperation({
  event: 'password.request-reset',
  input: RequestPasswordResetInput,
  limits: ({ email }, address) => [{ name: 'reset-address', by: address }, { name: 'reset-account', by: email }],
  run: (ctx, { email }) =>
    noSoonerThan(ANSWER_MS, async () => {
      const account = await db().account.findUnique({ where: { email }, select: { id: true, email: true } })
      if (!account) return null
      return ctx.write(async (tx) => {
        await mailPasswordReset(tx, account)
        const entries = await eventsOfMemberships(tx, account.id, { targets: [] })
        return { value: null, events: entries.map((entry) => ({ ...entry, actor: byMail(account) })) }
      })
    }),
})

async function accountOfLink(token: string): Promise<Person> {
  const { accountId } = await findOneTimeLink(db(), 'password-reset', token)
  const account = accountId === null ? null : await db().account.findUnique({ where: { id: accountId }, select: { id: true, email: true } })
  if (!account) throw new AppError('link-invalid', 'the link is wrong, was used already, or has expired')
  return account
}

/**
 * Sets a new password by a mailed link, which is used up. Ends every session of the account.
 *
 * @throws AppError `link-invalid`, `invalid-input`
 */
export const resetPassword = publicOperation({
  event: 'password.reset',
  input: ResetPasswordInput,
  limits: (_input, address) => [{ name: 'link-address', by: address }],
  run: async (ctx, { token, password }) => {
    const account = await accountOfLink(token)
    const problem = passwordProblem(password, account.email)
    if (problem) throw fieldProblem('password', problem)
    const passwordHash = await hashPassword(password)
    await ctx.write(async (tx) => {
      await redeemOneTimeLink(tx, 'password-reset', token)
      await tx.account.update({ where: { id: account.id }, data: { passwordHash } })
      await tx.account.updateMany({ where: { id: account.id, emailVerifiedAt: null }, data: { emailVerifiedAt: ctx.now } })
      const sessionsEnded = await endSessions(tx, account.id, 'password-reset')
      await endPendingSignIns(tx, account.id)
      await mailPasswordChanged(tx, account.email, ctx.now)
      const entries = await eventsOfMemberships(tx, account.id, { targets: [], detail: { sessionsEnded } })
      return { value: null, events: entries.map((entry) => ({ ...entry, actor: byMail(account) })) }
    })
    await forgetAttempts('sign-in-account', account.email)
    return { email: account.email }
  },
})
