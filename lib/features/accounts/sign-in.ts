import { openSession, endSessions } from '@/lib/access/principals/session'
import { auditActorOfAccount, type AuditActor } from '@/lib/boundary/audit'
import { eventsOfMemberships } from '@/lib/boundary/account-operation'
import { noSoonerThan, publicOperation, type PublicCtx, type PublicEvent } from '@/lib/boundary/public-operation'
import { db, type Tx } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { passwordMatches } from '@/lib/passwords'
import { forgetAttempts } from '@/lib/rate-limit'
import { SignInInput } from './schema'

/** What recording a failure may take; without an account the answer waits as long. */
const FAILURE_MS = 100

export type OpenedSession = { accountId: string; sessionId: string; secret: string }

type Person = { id: string; email: string }

const refused = () => new AppError('wrong-password', 'the e-mail address or the password is wrong')

/** The account as the log names it when nobody has proven to be it. */
const unproven = ({ id, email }: Person): AuditActor => ({ type: 'account', id, name: email, credentialId: null })

function recordFailure(ctx: PublicCtx, account: Person): Promise<void> {
  return ctx.write(async (tx) => {
    const entries = await eventsOfMemberships(tx, account.id, { targets: [], detail: { method: 'password', code: 'wrong-password' } })
    return { value: undefined, events: entries.map((entry) => ({ ...entry, outcome: 'failed' as const, actor: unproven(account) })) }
  })
}

/** The stored hash, held until the transaction ends, so that a reset cannot happen between the proof and the session. */
async function isStillPassword(tx: Tx, accountId: string, hash: string | null): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ passwordHash: string | null }[]>`SELECT "passwordHash" FROM "Account" WHERE "id" = ${accountId} FOR SHARE`
  return row !== undefined && row.passwordHash === hash
}

/** Opens a session and tells every organization the person is active in. A session this browser had ends. */
export async function startSession(tx: Tx, browser: PublicCtx['browser'], account: Person, method: string): Promise<{ value: OpenedSession; events: PublicEvent[] }> {
  const { id, secret } = await openSession(tx, account.id, method)
  if (browser) await endSessions(tx, browser.accountId, 'replaced', { only: browser.sessionId })
  const actor = auditActorOfAccount({ type: 'session', accountId: account.id, email: account.email, name: '', sessionId: id, method })
  const entries = await eventsOfMemberships(tx, account.id, { event: 'session.open', targets: [{ type: 'session', id, name: method }], detail: { method } })
  return { value: { accountId: account.id, sessionId: id, secret }, events: entries.map((entry) => ({ ...entry, actor })) }
}

/**
 * Signs in with address and password. An unknown account and a wrong password get the same answer
 * after the same work.
 *
 * @throws AppError `wrong-password`, `too-many-requests`
 */
export const signIn = publicOperation({
  event: 'session.open',
  input: SignInInput,
  limits: ({ email }, address) => [{ name: 'sign-in-address', by: address }, { name: 'sign-in-account', by: email }],
  run: async (ctx, { email, password }) => {
    const account = await db().account.findUnique({ where: { email }, select: { id: true, email: true, passwordHash: true } })
    if (!(await passwordMatches(account?.passwordHash ?? null, password)) || account === null) {
      await noSoonerThan(FAILURE_MS, async () => (account ? recordFailure(ctx, account) : undefined))
      throw refused()
    }
    const opened = await ctx.write(async (tx) => {
      if (!(await isStillPassword(tx, account.id, account.passwordHash))) throw refused()
      return startSession(tx, ctx.browser, account, 'password')
    })
    await forgetAttempts('sign-in-account', email)
    return opened
  },
})
