import { takeSightings, type Sighting } from '@/lib/access/allowlist/sightings'
import { writeAudit } from '@/lib/boundary/audit'
import { now } from '@/lib/clock'
import { db, transaction, type Tx } from '@/lib/db'
import { settleLapsed } from '@/lib/features/ip-allowlist/state'
import { newId } from '@/lib/ids'
import { withRequest } from '@/lib/request'

const MINUTE_MS = 60_000

async function nameOf(tx: Tx, { organizationId, visitor: { id, name } }: Sighting): Promise<string> {
  if (name !== null) return name
  const where = { organizationId_id: { organizationId, id } }
  if (id.startsWith('usr_')) return (await tx.membership.findUnique({ where, select: { email: true } }))?.email ?? id
  if (id.startsWith('sva_')) return (await tx.serviceAccount.findUnique({ where, select: { name: true } }))?.name ?? id
  return id
}

async function writeDown(tx: Tx, sighting: Sighting): Promise<void> {
  const { organizationId, address, surface, reported, refused, firstAt, lastAt, visitor } = sighting
  const actor = { actorType: visitor.type, actorId: visitor.id, actorName: await nameOf(tx, sighting), credentialId: visitor.credentialId, lastAt: new Date(lastAt) }
  // What programs ask about others' addresses is counted, and no event of its own.
  const untold = surface === 'data' ? 0 : refused
  await tx.allowlistSighting.upsert({
    where: { organizationId_address_surface: { organizationId, address, surface } },
    create: { organizationId, address, surface, reported, refused, untold, firstAt: new Date(firstAt), ...actor },
    update: { reported: { increment: reported }, refused: { increment: refused }, untold: { increment: untold }, ...actor },
  })
}

type Due = { organizationId: string; address: string; untold: number; surface: string; actorType: string; actorId: string; actorName: string; credentialId: string | null }

/** Tells the log of refusals: one event a minute for each address, whatever the process, with how many it stands for. */
async function tell(ids: ReadonlyMap<string, Sighting>): Promise<void> {
  const at = now()
  await transaction(async (tx) => {
    const due = await tx.$queryRaw<Due[]>`
      SELECT "organizationId", "address", "untold", "surface", "actorType", "actorId", "actorName", "credentialId" FROM "AllowlistSighting" s
      WHERE "untold" > 0 AND NOT EXISTS (SELECT 1 FROM "AllowlistSighting" t WHERE t."organizationId" = s."organizationId" AND t."address" = s."address" AND t."toldAt" > ${new Date(at.getTime() - MINUTE_MS)})
      ORDER BY "organizationId", "address", "surface" LIMIT 500 FOR UPDATE SKIP LOCKED`
    const grouped = new Map<string, Due[]>()
    for (const row of due) grouped.set(`${row.organizationId}\n${row.address}`, [...(grouped.get(`${row.organizationId}\n${row.address}`) ?? []), row])
    for (const [key, rows] of grouped) {
      const [first] = rows
      if (!first) continue
      const { organizationId, address, actorType, actorId, actorName, credentialId } = first
      const count = rows.reduce((sum, { untold }) => sum + untold, 0)
      const seen = ids.get(key)
      const facts = { id: seen?.requestId ?? newId('request'), address, userAgent: seen?.userAgent ?? '', source: 'system' as const, nonce: '', session: null }
      await withRequest(facts, () => writeAudit(tx, [{
        organizationId, event: 'allowlist.refuse', outcome: 'denied', actor: { type: actorType, id: actorId, name: actorName, credentialId }, targets: [], detail: { count, address, surfaces: rows.map(({ surface }) => surface) },
      }]))
      await tx.allowlistSighting.updateMany({ where: { organizationId, address }, data: { untold: 0, toldAt: at } })
    }
  })
}

/** Writes down who came from addresses that are not listed, tells the log of refusals, and tidies up what nobody confirmed. */
export async function writeSightings(): Promise<void> {
  const taken = takeSightings()
  if (taken.length > 0) {
    await transaction(async (tx) => {
      for (const sighting of taken.sort((a, b) => (a.address < b.address ? -1 : 1))) await writeDown(tx, sighting)
    })
  }
  await tell(new Map(taken.map((sighting) => [`${sighting.organizationId}\n${sighting.address}`, sighting])))
  const lapsed = await db().allowlist.findMany({ where: { revertAt: { lte: now() } }, select: { organizationId: true }, take: 100 })
  for (const { organizationId } of lapsed) {
    await transaction(async (tx) => {
      await tx.$queryRaw`SELECT 1 FROM "Organization" WHERE "id" = ${organizationId} FOR NO KEY UPDATE`
      await settleLapsed(tx, organizationId, now())
    })
  }
}
