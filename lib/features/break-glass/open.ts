import { enter, requirePermission } from '@/lib/access/enter'
import type { Entered } from '@/lib/access/context'
import type { SessionActor } from '@/lib/access/principals/actor'
import { endSessions, openSession } from '@/lib/access/principals/session'
import { BREAK_GLASS_METHOD, BREAK_GLASS_MINUTES } from '@/lib/access/way-in'
import { accountOperation } from '@/lib/boundary/account-operation'
import { auditActorOfAccount, writeAudit } from '@/lib/boundary/audit'
import { db, type Tx } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { normalRecoveryCode } from '@/lib/features/second-factors/recovery-codes'
import { passwordMatches } from '@/lib/passwords'
import { countAttempt, forgetAttempts } from '@/lib/rate-limit'
import { requestFacts } from '@/lib/request'
import { mailGlassBroken } from './notices'
import { findGlass, obstacleOf, type Obstacle } from './queries'
import { OpenInput } from './schema'

const OBSTACLES: Readonly<Record<Obstacle, string>> = {
  'not-by-password': 'a break-glass code goes with your password; sign in with that first',
  'no-factor': 'a break-glass code goes with a second factor, and your account has none',
  'factor-not-shown': 'a break-glass code goes with a second factor; show yours first',
}

const labelOf = (code: string): string => normalRecoveryCode(code).slice(0, 4)

/**
 * Enters as the session would that a code opens: from an allowed address, as an active member who may change the sign-in
 * settings.
 *
 * @throws AppError `address-not-allowed`, `not-found`, `unauthenticated`, `forbidden`
 */
async function enterThroughGlass(tx: Tx, actor: SessionActor, org: string): Promise<Entered & { membership: { id: string } }> {
  const { id: organizationId } = await tx.organization.findUniqueOrThrow({ where: { slug: org }, select: { id: true } })
  const inside = await enter(tx, { ...actor, method: BREAK_GLASS_METHOD, through: { organizationId, connectionId: null } }, organizationId)
  requirePermission(inside, 'sign-in:write')
  const { membership } = inside
  if (membership === null) throw new AppError('not-found', 'no such organization, or you are not a member of it')
  return { ...inside, membership }
}

const wrongCode = () => new AppError('wrong-second-factor', 'the break-glass code is wrong or was used already')

async function recordFailure({ orgId, membership }: Entered, actor: SessionActor): Promise<void> {
  const targets = membership === null ? [] : [{ type: 'user', id: membership.id, name: membership.email }]
  await writeAudit(db(), [{ organizationId: orgId, event: 'break-glass.open', outcome: 'failed', actor: auditActorOfAccount(actor), targets, detail: { code: 'wrong-second-factor' } }])
}

/** Everything a code demands beside itself, then the code; attempts are counted for all processes. @throws AppError */
async function requireCode(actor: SessionActor, { org, code }: { org: string; code: string }): Promise<void> {
  const obstacle = obstacleOf(actor)
  if (obstacle !== null) throw new AppError(obstacle === 'not-by-password' ? 'session-elsewhere' : 'second-factor-required', OBSTACLES[obstacle])
  if ((await findGlass(actor, org)) === null) throw new AppError('not-found', 'there are no break-glass codes of yours for this organization, or it is open to your password')
  await countAttempt('second-factor-address', requestFacts().address)
  await countAttempt('break-glass-account', actor.accountId)
  const inside = await enterThroughGlass(db(), actor, org)
  const row = await db().breakGlassCode.findUnique({ where: { organizationId_membershipId_label: { organizationId: inside.orgId, membershipId: inside.membership.id, label: labelOf(code) } } })
  if (await passwordMatches(row?.usedAt === null ? row.codeHash : null, normalRecoveryCode(code))) return
  await recordFailure(inside, actor)
  throw wrongCode()
}

/**
 * Breaks the glass: whoever has shown password and second factor in this browser gets, for one of their codes, a session of
 * 30 minutes that opens the SSO settings of an organization that is entered through its identity provider only. All
 * administrators are told.
 *
 * @throws AppError `wrong-second-factor`, `address-not-allowed`, `too-many-requests`, `second-factor-required`
 */
export const breakGlass = accountOperation({
  event: 'break-glass.open',
  input: OpenInput,
  recent: true,
  before: requireCode,
  run: async ({ tx, actor, now }, { org, code }) => {
    const inside = await enterThroughGlass(tx, actor, org)
    const own = { organizationId: inside.orgId, membershipId: inside.membership.id }
    const { count } = await tx.breakGlassCode.updateMany({ where: { ...own, label: labelOf(code), usedAt: null }, data: { usedAt: now } })
    if (count === 0) throw wrongCode()
    const { id, secret } = await openSession(tx, actor.accountId, BREAK_GLASS_METHOD, actor.secondFactor, { organizationId: inside.orgId, connectionId: null, lifetimeMs: BREAK_GLASS_MINUTES * 60_000 })
    await endSessions(tx, actor.accountId, 'replaced', { only: actor.sessionId })
    const left = await tx.breakGlassCode.count({ where: { ...own, usedAt: null } })
    await mailGlassBroken(inside, actor.email, left)
    await forgetAttempts('break-glass-account', actor.accountId)
    const targets = [{ type: 'session', id, name: BREAK_GLASS_METHOD }, { type: 'user', id: own.membershipId, name: actor.email }]
    return { value: { secret, slug: inside.organization.slug }, events: [{ organizationId: inside.orgId, targets, detail: { left, minutes: BREAK_GLASS_MINUTES } }] }
  },
})
