import { publicOperation } from '@/lib/boundary/public-operation'
import { auditActorOfAccount } from '@/lib/boundary/audit'
import type { Tx } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { fieldProblem } from '@/lib/features/accounts/rules'
import { JoinInput } from '@/lib/features/accounts/schema'
import { startSession } from '@/lib/features/accounts/sign-in'
import { newId } from '@/lib/ids'
import { hashPassword, passwordMatches, passwordProblem } from '@/lib/passwords'
import { acceptLocked, lockInvitationOfToken, targetOf } from './accept'

type Person = { id: string; email: string }

/**
 * The account for an invited address. When a first click of the same person has just made it, the
 * password proves that it is them.
 */
async function accountFor(tx: Tx, row: { email: string; accountId: string | null }, input: { name: string; password: string }, passwordHash: string, at: Date): Promise<Person> {
  const known = await tx.account.findUnique({ where: { email: row.email }, select: { id: true, email: true, passwordHash: true } })
  if (known && known.id === row.accountId && (await passwordMatches(known.passwordHash, input.password))) return known
  if (known) throw new AppError('already-exists', `\`${row.email}\` has an account; sign in with it, then accept`)
  const account = { id: newId('account'), email: row.email }
  await tx.account.create({ data: { ...account, name: input.name, passwordHash, emailVerifiedAt: at, createdAt: at } })
  return account
}

/**
 * Accepts an invitation by its mailed link for a person without an account: makes the account, joins
 * the organization and signs in.
 *
 * @throws AppError `link-invalid`, `already-exists` when the address has an account, `invalid-input`
 */
export const joinByInvitation = publicOperation({
  event: 'invitation.accept',
  input: JoinInput,
  limits: (_input, address) => [{ name: 'link-address', by: address }],
  run: async (ctx, input) => {
    const passwordHash = await hashPassword(input.password)
    return ctx.write(async (tx) => {
      const row = await lockInvitationOfToken(tx, input.token)
      const problem = passwordProblem(input.password, row.email)
      if (problem) throw fieldProblem('password', problem)
      const account = await accountFor(tx, row, input, passwordHash, ctx.now)
      const accepted = await acceptLocked(tx, row, account)
      const { value: session, events } = await startSession(tx, ctx.browser, account, 'password')
      const actor = auditActorOfAccount({ type: 'session', accountId: account.id, email: account.email, name: input.name, sessionId: session.sessionId, method: 'password' })
      const told = accepted.isNew ? [{ organizationId: row.organizationId, actor, event: 'invitation.accept', targets: [targetOf(row)] }] : []
      return { value: { ...session, ...accepted }, events: [...told, ...events] }
    })
  },
})
