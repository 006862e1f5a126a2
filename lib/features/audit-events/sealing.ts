import { anchorFor, canonicalEvent, CHAIN_START, isAnchorGenuine, sealOf, type Anchor } from '@/lib/boundary/audit-chain'
import { db, transaction, type Tx } from '@/lib/db'
import { Prisma } from '@/lib/generated/prisma/client'
import { currentKeyId } from '@/lib/secrets'
import { EVENT_COLUMNS, type EventRow } from './rows'

/** Events sealed in one transaction. */
export const SEAL_BATCH = 1000

type Waiting = EventRow & { isSealed: boolean }
type NewSeal = { sequence: bigint; eventId: string; seal: string }

/**
 * Waits for, or only tries, the one place in which an organization's chain may be made longer. The
 * lock ends with the transaction; writers of events never take it.
 */
async function lockChain(tx: Tx, organizationId: string, wait: boolean): Promise<boolean> {
  const key = Prisma.sql`hashtextextended(${`audit-seal:${organizationId}`}, 0)`
  const query = wait ? Prisma.sql`SELECT true AS "got" FROM pg_advisory_xact_lock(${key})` : Prisma.sql`SELECT pg_try_advisory_xact_lock(${key}) AS "got"`
  const [row] = await tx.$queryRaw<{ got: boolean }[]>(query)
  return row?.got === true
}

/** The oldest waiting events that are there; a queue row without event stays as evidence. */
const takeWaiting = (tx: Tx, organizationId: string): Promise<Waiting[]> => tx.$queryRaw<Waiting[]>`
  SELECT ${EVENT_COLUMNS}, EXISTS (SELECT 1 FROM "AuditSeal" s WHERE s."eventId" = e."id") AS "isSealed"
  FROM "AuditQueue" q JOIN "AuditEvent" e ON e."id" = q."eventId" AND e."organizationId" = q."organizationId"
  WHERE q."organizationId" = ${organizationId} ORDER BY q."eventId" LIMIT ${SEAL_BATCH}`

/**
 * Where the chain goes on. Without a genuine anchor that covers all seals one number is left out:
 * sealing goes on, and the gap shows for ever that somebody was at the chain, instead of a new anchor hiding it.
 */
async function endOfChain(tx: Tx, organizationId: string): Promise<{ sequence: bigint; head: string }> {
  const anchor: Anchor | null = await tx.auditAnchor.findUnique({ where: { organizationId } })
  const last = await tx.auditSeal.findFirst({ where: { organizationId }, orderBy: { sequence: 'desc' }, select: { sequence: true, seal: true } })
  if (anchor && isAnchorGenuine(anchor) && (last?.sequence ?? 0n) <= anchor.count) return { sequence: anchor.count, head: anchor.head }
  const highest = [last?.sequence ?? 0n, anchor?.count ?? 0n].reduce((a, b) => (a > b ? a : b))
  return { sequence: highest + 1n, head: last?.seal ?? CHAIN_START }
}

function linksAfter(end: { sequence: bigint; head: string }, events: readonly EventRow[], keyId: string): NewSeal[] {
  let { sequence, head: previous } = end
  return events.map((event) => {
    sequence += 1n
    const seal = sealOf({ previous, sequence, canonical: canonicalEvent(event), proof: event.proof }, keyId)
    previous = seal
    return { sequence, eventId: event.id, seal }
  })
}

async function appendSeals(tx: Tx, organizationId: string, seals: readonly NewSeal[], keyId: string): Promise<void> {
  const last = seals.at(-1)
  if (!last) return
  await tx.auditSeal.createMany({ data: seals.map((seal) => ({ ...seal, organizationId, keyId })) })
  const { count, head, mac, keyId: anchorKeyId } = anchorFor(organizationId, last.sequence, last.seal)
  const anchor = { count, head, mac, keyId: anchorKeyId, updatedAt: new Date() }
  await tx.auditAnchor.upsert({ where: { organizationId }, create: { organizationId, ...anchor }, update: anchor })
}

/** Seals one batch of one organization; answers how many rows left the queue. */
function sealBatch(organizationId: string, wait: boolean): Promise<number> {
  return transaction(async (tx) => {
    if (!(await lockChain(tx, organizationId, wait))) return 0
    const waiting = await takeWaiting(tx, organizationId)
    if (waiting.length === 0) return 0
    // A row queued again after its event was sealed has nothing to wait for.
    const events = waiting.filter((event) => !event.isSealed)
    const keyId = currentKeyId()
    if (events.length > 0) await appendSeals(tx, organizationId, linksAfter(await endOfChain(tx, organizationId), events, keyId), keyId)
    await tx.auditQueue.deleteMany({ where: { organizationId, eventId: { in: waiting.map((event) => event.id) } } })
    return waiting.length
  })
}

async function sealOrganization(organizationId: string, wait: boolean): Promise<number> {
  let total = 0
  for (;;) {
    const done = await sealBatch(organizationId, wait)
    total += done
    if (done < SEAL_BATCH) return total
  }
}

const organizationsWaiting = (): Promise<{ organizationId: string }[]> => db().$queryRaw`
  SELECT DISTINCT q."organizationId" FROM "AuditQueue" q
  JOIN "AuditEvent" e ON e."id" = q."eventId" AND e."organizationId" = q."organizationId"`

/**
 * Seals the committed events that wait: of one organization, waiting for another process that is at
 * it, or of all, leaving those to it. Events are sealed in the order of their ids, batch by batch.
 *
 * @returns how many events left the queue
 */
export async function sealPending(organizationId?: string): Promise<number> {
  if (organizationId !== undefined) return sealOrganization(organizationId, true)
  let total = 0
  const failures: unknown[] = []
  for (const waiting of await organizationsWaiting()) {
    // One organization that cannot be sealed must not keep the others waiting.
    await sealOrganization(waiting.organizationId, false).then((done) => (total += done), (error: unknown) => failures.push(error))
  }
  if (failures.length > 0) throw failures[0]
  return total
}
