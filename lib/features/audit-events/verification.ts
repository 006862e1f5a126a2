import { canonicalEvent, CHAIN_START, isAnchorGenuine, isProven, sealOf, type Anchor } from '@/lib/boundary/audit-chain'
import type { Tx } from '@/lib/db'
import { keyIds, sameSecret } from '@/lib/secrets'
import { explainBreaks, type Break } from './breaks'
import { ProblemList, type KeptAnchor, type Verification } from './problems'
import { EVENT_COLUMNS, type EventRow } from './rows'

/** Rows read at once; small enough that checking them does not hold up the process. */
const BATCH = 500
/** Breaks kept to be explained; more are told as changed. */
const EXPLAINED = 50

export type VerifyOptions = {
  /** After each batch: how many links were checked, of how many. */
  onProgress?: (checked: number, total: number) => void
  /** A copy of the anchor that was kept outside the database: proves that the chain still leads through it. */
  kept?: KeptAnchor
}

type LinkRow = Omit<EventRow, 'id'> & { id: string | null; sequence: bigint; eventId: string; seal: string; keyId: string }
type LostRow = { id: string; isLost: boolean }

const nextLinks = (tx: Tx, organizationId: string, after: bigint, upTo: bigint): Promise<LinkRow[]> => tx.$queryRaw<LinkRow[]>`
  SELECT s."sequence", s."eventId", s."seal", s."keyId", ${EVENT_COLUMNS}
  FROM "AuditSeal" s LEFT JOIN "AuditEvent" e ON e."id" = s."eventId" AND e."organizationId" = s."organizationId"
  WHERE s."organizationId" = ${organizationId} AND s."sequence" > ${after} AND s."sequence" <= ${upTo}
  ORDER BY s."sequence" LIMIT ${BATCH}`

const isWhole = (row: LinkRow): row is LinkRow & EventRow => row.id !== null

/** Walks the links in order. Each is checked against the stored seal before it, so that one break is one problem. */
async function checkLinks(tx: Tx, organizationId: string, upTo: bigint, problems: ProblemList, options: VerifyOptions) {
  const breaks: Break[] = []
  let checked = 0
  let sequence = 0n
  let previous: string | undefined = CHAIN_START
  let sealedThrough: Date | null = null
  for (;;) {
    const rows = await nextLinks(tx, organizationId, sequence, upTo)
    for (const row of rows) {
      if (row.sequence !== sequence + 1n) {
        problems.addGap(sequence + 1n, row.sequence - 1n)
        previous = undefined
      }
      if (row.sequence === options.kept?.count && row.seal !== options.kept.head) problems.add({ kind: 'anchor', sequence: row.sequence, reason: 'the chain does not lead through the copy kept outside' })
      checkLink(row, previous, problems, breaks)
      if (isWhole(row)) sealedThrough = row.at
      sequence = row.sequence
      previous = row.seal
    }
    checked += rows.length
    options.onProgress?.(checked, Number(upTo))
    if (rows.length < BATCH) break
  }
  explainBreaks(breaks, problems)
  return { last: sequence, head: previous ?? CHAIN_START, sealedThrough }
}

/** One link: its event is there, Gatehouse wrote it, and the seal fits. `previous` is undefined after a gap. */
function checkLink(row: LinkRow, previous: string | undefined, problems: ProblemList, breaks: Break[]): void {
  const { sequence, eventId, seal, keyId } = row
  if (!isWhole(row)) return problems.add({ kind: 'removed', sequence, eventId, reason: 'the event is gone, its seal is there' })
  if (!keyIds().includes(keyId)) return problems.add({ kind: 'key', sequence, eventId, reason: `the key ${keyId} is not configured` })
  const canonical = canonicalEvent(row)
  const link = { previous: previous ?? '', sequence, canonical, proof: row.proof }
  const isSealed = previous === undefined || sameSecret(seal, sealOf(link, keyId))
  if (!isSealed) {
    if (breaks.length < EXPLAINED) breaks.push({ ...link, seal, keyId, eventId })
    else problems.add({ kind: 'changed', sequence, eventId, reason: 'the event or its seal was changed' })
  } else if (!isProven(canonical, row.proof)) {
    problems.add({ kind: previous === undefined ? 'changed' : 'inserted', sequence, eventId, reason: 'something other than Gatehouse wrote this event' })
  }
}

/** Events that neither wait nor are sealed: put in, or taken out of the queue, past the triggers. */
async function checkLost(tx: Tx, organizationId: string, problems: ProblemList): Promise<void> {
  let after = ''
  for (;;) {
    const rows = await tx.$queryRaw<LostRow[]>`
      SELECT e."id", s."eventId" IS NULL AND q."eventId" IS NULL AS "isLost" FROM "AuditEvent" e
      LEFT JOIN "AuditSeal" s ON s."eventId" = e."id" AND s."organizationId" = e."organizationId"
      LEFT JOIN "AuditQueue" q ON q."eventId" = e."id" AND q."organizationId" = e."organizationId"
      WHERE e."organizationId" = ${organizationId} AND e."id" > ${after} ORDER BY e."id" LIMIT 5000`
    for (const { id, isLost } of rows) if (isLost) problems.add({ kind: 'inserted', eventId: id, reason: 'the event has no seal and does not wait for one' })
    const last = rows.at(-1)
    if (!last || rows.length < 5000) return
    after = last.id
  }
}

/** Queue rows without event: it was removed before it could be sealed. */
async function checkQueue(tx: Tx, organizationId: string, problems: ProblemList): Promise<void> {
  const rows = await tx.$queryRaw<{ eventId: string }[]>`
    SELECT q."eventId" FROM "AuditQueue" q LEFT JOIN "AuditEvent" e ON e."id" = q."eventId" AND e."organizationId" = q."organizationId"
    WHERE q."organizationId" = ${organizationId} AND e."id" IS NULL ORDER BY q."eventId" LIMIT 1000`
  for (const { eventId } of rows) problems.add({ kind: 'unsealed-missing', eventId, reason: 'the event was removed before it was sealed' })
}

type Start = { anchor: Anchor | null; highest: bigint }

/** Anchor and highest seal as of one moment: seals added later are not looked at. */
async function readStart(tx: Tx, organizationId: string): Promise<Start> {
  const [row] = await tx.$queryRaw<(Partial<Anchor> & { highest: bigint | null })[]>`
    SELECT a."organizationId", a."count", a."head", a."mac", a."keyId",
      (SELECT max("sequence") FROM "AuditSeal" WHERE "organizationId" = ${organizationId}) AS "highest"
    FROM (SELECT 1) one LEFT JOIN "AuditAnchor" a ON a."organizationId" = ${organizationId}`
  const { count, head, mac, keyId } = row ?? {}
  const isThere = typeof count === 'bigint' && typeof head === 'string' && typeof mac === 'string' && typeof keyId === 'string'
  return { anchor: isThere ? { organizationId, count, head, mac, keyId } : null, highest: row?.highest ?? 0n }
}

function checkAnchor({ anchor, highest }: Start, end: { last: bigint; head: string }, kept: KeptAnchor | undefined, problems: ProblemList): void {
  if (!anchor) problems.add({ kind: 'anchor', reason: 'the anchor is gone' })
  else if (!keyIds().includes(anchor.keyId)) problems.add({ kind: 'key', reason: `the anchor’s key ${anchor.keyId} is not configured` })
  else if (!isAnchorGenuine(anchor)) problems.add({ kind: 'anchor', sequence: anchor.count, reason: 'the anchor was changed' })
  else if (highest > anchor.count) problems.add({ kind: 'anchor', sequence: highest, reason: `the anchor counts ${anchor.count} events, the chain has more` })
  else if (highest < anchor.count) problems.add({ kind: 'anchor', sequence: anchor.count, reason: `the anchor counts ${anchor.count} events, the chain ends at ${highest}: the newest were removed` })
  else if (anchor.head !== end.head) problems.add({ kind: 'anchor', sequence: anchor.count, reason: 'the chain ends in another seal than the anchor says' })
  if (kept && kept.count > highest) problems.add({ kind: 'anchor', sequence: kept.count, reason: `the copy kept outside counts ${kept.count} events, the chain ends at ${highest}` })
}

/**
 * Checks the whole log of an organization: every event, seal and proof, their order and number, the
 * anchor, and what waits. Reads in batches, beside whatever goes on; events that are still waiting
 * are checked for being there only.
 */
export async function verifyChain(tx: Tx, organizationId: string, options: VerifyOptions = {}): Promise<Verification> {
  const problems = new ProblemList()
  const start = await readStart(tx, organizationId)
  const end = await checkLinks(tx, organizationId, start.highest, problems, options)
  checkAnchor(start, end, options.kept, problems)
  await checkLost(tx, organizationId, problems)
  await checkQueue(tx, organizationId, problems)
  if (problems.total > 0) return { state: 'broken', problems: problems.list, total: problems.total }
  return { state: 'intact', count: Number(start.highest), head: end.head, sealedThrough: end.sealedThrough?.toISOString() ?? null }
}

/** The anchor as it is kept outside: how many events are sealed, and the last seal. Null when it is gone. */
export async function findAnchor(tx: Tx, organizationId: string): Promise<{ count: number; head: string; updatedAt: Date } | null> {
  const anchor = await tx.auditAnchor.findUnique({ where: { organizationId }, select: { count: true, head: true, updatedAt: true } })
  return anchor && { ...anchor, count: Number(anchor.count) }
}
