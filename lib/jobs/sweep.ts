import { now } from '@/lib/clock'
import { db } from '@/lib/db'

const DAY_MS = 24 * 3600_000
/** Counts by minute, and single denials: long enough to look into what happened. Totals stay. */
const DECISION_DAYS = 30

/** Removes what has served its time: counters, remembered answers, sessions and links long over. */
export async function sweep(): Promise<void> {
  const at = now().getTime()
  await db().rateLimit.deleteMany({ where: { windowEndAt: { lt: new Date(at) } } })
  await db().idempotentAnswer.deleteMany({ where: { createdAt: { lt: new Date(at - DAY_MS) } } })
  await db().pendingSignIn.deleteMany({ where: { expiresAt: { lt: new Date(at) } } })
  await db().passkeyChallenge.deleteMany({ where: { expiresAt: { lt: new Date(at) } } })
  await db().session.deleteMany({ where: { expiresAt: { lt: new Date(at - 30 * DAY_MS) } } })
  await db().signInAttempt.deleteMany({ where: { expiresAt: { lt: new Date(at - DAY_MS) } } })
  await db().samlArrival.deleteMany({ where: { expiresAt: { lt: new Date(at) } } })
  await db().allowlistSighting.deleteMany({ where: { lastAt: { lt: new Date(at - 30 * DAY_MS) } } })
  const decided = new Date(at - DECISION_DAYS * DAY_MS)
  await db().decisionCount.deleteMany({ where: { minute: { lt: decided } } })
  await db().decisionDenial.deleteMany({ where: { at: { lt: decided } } })
  await db().oneTimeLink.deleteMany({ where: { expiresAt: { lt: new Date(at - 30 * DAY_MS) } } })
}
