import { endSessions } from '@/lib/access/principals/session'
import { accountOperation, eventsOfMemberships } from '@/lib/boundary/account-operation'
import { hashPassword, passwordProblem } from '@/lib/passwords'
import { requirePassword } from './password-proof'
import { endPendingSignIns } from './pending-sign-in'
import { mailPasswordChanged } from './password-reset'
import { fieldProblem } from './rules'
import { ChangePasswordInput, RenameAccountInput } from './schema'

/** Changes the person's name everywhere; memberships copy it by a trigger. */
export const renameAccount = accountOperation({
  event: 'account.rename',
  input: RenameAccountInput,
  run: async ({ tx, actor }, { name }) => {
    const before = await tx.account.findUniqueOrThrow({ where: { id: actor.accountId }, select: { name: true } })
    await tx.account.update({ where: { id: actor.accountId }, data: { name } })
    const entry = { targets: [], before: { name: before.name }, after: { name } }
    return { value: { name }, events: before.name === name ? [] : await eventsOfMemberships(tx, actor.accountId, entry) }
  },
})

/** Changes the password, given the current one. All other sessions end, and a mail says so. */
export const changePassword = accountOperation({
  event: 'password.change',
  input: ChangePasswordInput,
  // The password asked for here proves less than a second factor does.
  recent: (actor) => actor.hasSecondFactor,
  before: async (actor, { current, password }) => {
    const problem = passwordProblem(password, actor.email)
    if (problem) throw fieldProblem('password', problem)
    await requirePassword(actor, current, 'current')
    if (password === current) throw fieldProblem('password', 'This is your password already; choose another')
  },
  run: async ({ tx, actor, now }, { password }) => {
    await tx.account.update({ where: { id: actor.accountId }, data: { passwordHash: await hashPassword(password) } })
    const sessionsEnded = await endSessions(tx, actor.accountId, 'password-changed', { except: actor.sessionId })
    await endPendingSignIns(tx, actor.accountId)
    await mailPasswordChanged(tx, actor.email, now)
    const entry = { targets: [], detail: { sessionsEnded } }
    return { value: { sessionsEnded }, events: await eventsOfMemberships(tx, actor.accountId, entry) }
  },
})
