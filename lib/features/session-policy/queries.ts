import type { Ctx } from '@/lib/access/context'
import type { Tx } from '@/lib/db'
import type { SessionPolicy } from './rules'

/** What the organization demands of sessions at this moment. */
export async function findSessionPolicy(tx: Tx, organizationId: string): Promise<SessionPolicy> {
  const row = await tx.organization.findUniqueOrThrow({
    where: { id: organizationId }, select: { secondFactorFrom: true, connectionsAreStrong: true, sessionLifetimeMinutes: true, sessionIdleMinutes: true },
  })
  return { from: row.secondFactorFrom, connectionsCount: row.connectionsAreStrong, lifetimeMinutes: row.sessionLifetimeMinutes, idleMinutes: row.sessionIdleMinutes }
}

/** Who would have to set up a second factor first, by address. `total` counts all of them. */
export type WithoutFactor = { total: number; people: { id: string; email: string; name: string }[] }

const SHOWN = 20

/** Active members whose account has no second factor. */
export async function findWithoutFactor(ctx: Ctx<'sign-in:read'>): Promise<WithoutFactor> {
  const where = { organizationId: ctx.orgId, status: 'active' as const, account: { hasSecondFactor: false } }
  const [total, people] = await Promise.all([
    ctx.tx.membership.count({ where }),
    ctx.tx.membership.findMany({ where, select: { id: true, email: true, name: true }, orderBy: { sortName: 'asc' }, take: SHOWN }),
  ])
  return { total, people }
}
