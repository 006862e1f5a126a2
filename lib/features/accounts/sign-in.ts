import { openSession, endSessions } from '@/lib/access/principals/session'
import { auditActorOfAccount, auditActorOfUnproven } from '@/lib/boundary/audit'
import { eventsOfMemberships } from '@/lib/boundary/account-operation'
import { noSoonerThan, publicOperation, type PublicCtx, type PublicEvent } from '@/lib/boundary/public-operation'
import { db, type Tx } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { passwordMatches } from '@/lib/passwords'
import { forgetAttempts } from '@/lib/rate-limit'
import { mayBreakGlass } from '@/lib/features/break-glass/queries'
import { openPendingSignIn } from './pending-sign-in'
import { SignInInput } from './schema'

/** What recording a failure may take; without an account the answer waits as long. */
const FAILURE_MS = 100

export type OpenedSession = { accountId: string; sessionId: string; secret: string }

/** What came of a password: a session, or the second step that the account demands. */
export type SignInOutcome = ({ step: 'done' } & OpenedSession) | { step: 'second-factor'; pendingSecret: string }

type Person = { id: string; email: string }

const refused = () => new AppError('wrong-password', 'the e-mail address or the password is wrong')

/**
 * The name of an organization that asks for single sign-on, when every organization the person is active in does: then a
 * password would open nothing. It is told only to who has proven to be that person.
 */
export async function findOnlyThroughProvider(tx: Tx, accountId: string): Promise<string | null> {
  const memberships = await tx.membership.findMany({ where: { accountId, status: 'active' }, select: { organization: { select: { name: true, isSsoOnly: true } } }, orderBy: { id: 'asc' } })
  return memberships.every(({ organization }) => organization.isSsoOnly) ? (memberships[0]?.organization.name ?? null) : null
}

function recordFailure(ctx: PublicCtx, account: Person, code = 'wrong-password'): Promise<void> {
  return ctx.write(async (tx) => {
    const entries = await eventsOfMemberships(tx, account.id, { targets: [], detail: { method: 'password', code } })
    return { value: undefined, events: entries.map((entry) => ({ ...entry, outcome: 'failed' as const, actor: auditActorOfUnproven(account) })) }
  })
}

type Proof = { passwordHash: string | null; hasSecondFactor: boolean }

/** What proves who it is, held until the transaction ends, so that neither a reset nor a new factor comes between the proof and the session. */
export async function holdAccount(tx: Tx, accountId: string): Promise<Proof | undefined> {
  const [row] = await tx.$queryRaw<Proof[]>`SELECT "passwordHash", "hasSecondFactor" FROM "Account" WHERE "id" = ${accountId} FOR SHARE`
  return row
}

/** Opens a session and tells every organization the person is active in. A session this browser had ends. */
export async function startSession(tx: Tx, browser: PublicCtx['browser'], account: Person, method: string, secondFactor: string | null = null): Promise<{ value: OpenedSession; events: PublicEvent[] }> {
  const { id, secret } = await openSession(tx, account.id, method, secondFactor)
  if (browser) await endSessions(tx, browser.accountId, 'replaced', { only: browser.sessionId })
  const actor = auditActorOfAccount({ type: 'session', accountId: account.id, email: account.email, name: '', sessionId: id, method })
  const entries = await eventsOfMemberships(tx, account.id, { event: 'session.open', targets: [{ type: 'session', id, name: method }], detail: { method, ...(secondFactor !== null && { secondFactor }) } })
  return { value: { accountId: account.id, sessionId: id, secret }, events: entries.map((entry) => ({ ...entry, actor })) }
}

/**
 * Signs in with address and password. An unknown account and a wrong password get the same answer
 * after the same work. An account with a second factor gets no session yet, but a secret for the second step.
 *
 * @throws AppError `wrong-password`, `too-many-requests`
 */
export const signIn = publicOperation({
  event: 'session.open',
  input: SignInInput,
  limits: ({ email }, address) => [{ name: 'sign-in-address', by: address }, { name: 'sign-in-account', by: email }],
  run: async (ctx, { email, password }): Promise<SignInOutcome> => {
    const account = await db().account.findUnique({ where: { email }, select: { id: true, email: true, passwordHash: true } })
    if (!(await passwordMatches(account?.passwordHash ?? null, password)) || account === null) {
      await noSoonerThan(FAILURE_MS, async () => (account ? recordFailure(ctx, account) : undefined))
      throw refused()
    }
    const only = await findOnlyThroughProvider(db(), account.id)
    if (only !== null && !(await mayBreakGlass(account.id))) {
      await recordFailure(ctx, account, 'sso-required')
      throw new AppError('sso-required', `${only} is entered through its identity provider; continue with that instead of a password`)
    }
    const outcome = await ctx.write<SignInOutcome>(async (tx) => {
      const present = await holdAccount(tx, account.id)
      if (present?.passwordHash !== account.passwordHash) throw refused()
      if (present.hasSecondFactor) return { value: { step: 'second-factor', pendingSecret: await openPendingSignIn(tx, account.id) }, events: [] }
      const { value, events } = await startSession(tx, ctx.browser, account, 'password')
      return { value: { step: 'done', ...value }, events }
    })
    await forgetAttempts('sign-in-account', email)
    return outcome
  },
})
