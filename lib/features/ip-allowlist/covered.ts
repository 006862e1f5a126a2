import { covers, compareAddresses, readRange, type Range } from '@/lib/access/addresses/range'
import type { Ctx } from '@/lib/access/context'
import type { Marking } from './state'

export type CoverableEntry = { id: string; cidr: string; surfaces: readonly string[]; expiresAt: Date | null }
type Placed = CoverableEntry & { range: Range }

/** Ranges that begin earlier first, and of those that begin together the widest: so what may cover a range stands before it. */
const byPlace = ({ range: a }: Placed, { range: b }: Placed): number =>
  a.first.length - b.first.length || compareAddresses(a.first, b.first) || compareAddresses(b.last, a.last)

const opensAsMuch = (wide: Placed, narrow: Placed): boolean =>
  narrow.surfaces.every((surface) => wide.surfaces.includes(surface)) && (wide.expiresAt === null || (narrow.expiresAt !== null && wide.expiresAt >= narrow.expiresAt))

/** Ids of entries that lie within a wider one which opens the same for as long. One walk: CIDR ranges are within each other or apart. */
export function coveredIds(entries: readonly CoverableEntry[]): string[] {
  const placed = entries.flatMap((entry) => {
    const range = readRange(entry.cidr)
    return range === null ? [] : [{ ...entry, range }]
  }).sort(byPlace)
  const around: Placed[] = []
  return placed.flatMap((entry) => {
    while (around.length > 0 && !covers(around[around.length - 1]?.range ?? entry.range, entry.range)) around.pop()
    const isCovered = around.some((wide) => opensAsMuch(wide, entry))
    around.push(entry)
    return isCovered ? [entry.id] : []
  })
}

/** Ids of entries that add nothing; those that a waiting change touches are left alone. */
export async function findCovered({ tx, orgId }: Ctx<'allowlist:write'>): Promise<string[]> {
  const entries = await tx.allowlistEntry.findMany({ where: { organizationId: orgId, pending: null }, select: { id: true, cidr: true, surfaces: true, expiresAt: true } })
  return coveredIds(entries)
}

/** Takes entries off, in one statement; where that waits to be confirmed they are only marked. */
export async function removeCovered({ tx, orgId }: Ctx<'allowlist:write'>, ids: readonly string[], { waits }: Marking): Promise<void> {
  if (waits) await tx.$executeRaw`UPDATE "AllowlistEntry" SET "pending" = 'removed' WHERE "organizationId" = ${orgId} AND "id" = ANY(${[...ids]})`
  else await tx.$executeRaw`DELETE FROM "AllowlistEntry" WHERE "organizationId" = ${orgId} AND "id" = ANY(${[...ids]})`
}
