import { compareAddresses, covers, rangesAround, readRange, type Range } from '@/lib/access/addresses/range'
import type { Ctx } from '@/lib/access/context'
import type { Marking } from './state'

export type CoverableEntry = { id: string; cidr: string; surfaces: readonly string[]; expiresAt: Date | null; /** Touched by a waiting change: covers nothing. */ pending?: string | null }
type Placed = CoverableEntry & { range: Range }

/** Ranges that begin earlier first, and of those that begin together the widest: so what may cover a range stands before it. */
const byPlace = ({ range: a }: Placed, { range: b }: Placed): number =>
  a.first.length - b.first.length || compareAddresses(a.first, b.first) || compareAddresses(b.last, a.last)

const opensAsMuch = (wide: CoverableEntry, narrow: CoverableEntry): boolean =>
  narrow.surfaces.every((surface) => wide.surfaces.includes(surface)) && (wide.expiresAt === null || (narrow.expiresAt !== null && wide.expiresAt >= narrow.expiresAt))

/**
 * Entries that lie within a wider one which opens the same for as long, with the narrowest such range. One walk: ranges in
 * CIDR notation are within each other or apart.
 */
export function coveringRanges(entries: readonly CoverableEntry[]): Map<string, string> {
  const placed = entries.flatMap((entry) => {
    const range = readRange(entry.cidr)
    return range === null ? [] : [{ ...entry, range }]
  }).sort(byPlace)
  const covering = new Map<string, string>()
  const around: Placed[] = []
  for (const entry of placed) {
    while (around.length > 0 && !covers(around[around.length - 1]?.range ?? entry.range, entry.range)) around.pop()
    const wide = around.findLast((each) => opensAsMuch(each, entry))
    if (wide) covering.set(entry.id, wide.cidr)
    if ((entry.pending ?? null) === null) around.push(entry)
  }
  return covering
}

/** Spellings of the ranges around one, the narrowest first, without itself. */
function widerThan(cidr: string): string[] {
  const range = readRange(cidr)
  if (range === null) return []
  const around = rangesAround(range.first)
  return around.slice(around.indexOf(range.cidr) + 1)
}

const columns = { id: true, cidr: true, surfaces: true, expiresAt: true, pending: true } as const

/** Up to so many entries the ranges around each are looked up; beyond, reading the whole list is quicker. */
const LOOKED_UP_MAX = 200

/** Of these entries those that a wider one makes needless, with its range. */
export async function findCovering({ tx, orgId }: Ctx, entries: readonly CoverableEntry[]): Promise<Map<string, string>> {
  if (entries.length > LOOKED_UP_MAX) return coveringRanges(await tx.allowlistEntry.findMany({ where: { organizationId: orgId }, select: columns }))
  const wider = new Map(entries.map(({ id, cidr }) => [id, widerThan(cidr)]))
  const spellings = [...new Set([...wider.values()].flat())]
  if (spellings.length === 0) return new Map()
  const found = await tx.$queryRaw<CoverableEntry[]>`
    SELECT "id", "cidr", "surfaces", "expiresAt" FROM "AllowlistEntry" WHERE "organizationId" = ${orgId} AND "cidr" = ANY(${spellings}) AND "pending" IS NULL`
  const byRange = new Map(found.map((entry) => [entry.cidr, entry]))
  return new Map(entries.flatMap((entry): [string, string][] => {
    const cidr = wider.get(entry.id)?.find((each) => {
      const wide = byRange.get(each)
      return wide !== undefined && opensAsMuch(wide, entry)
    })
    return cidr === undefined ? [] : [[entry.id, cidr]]
  }))
}

/** Ids of entries that add nothing; those that a waiting change touches are left alone. */
export async function findCovered({ tx, orgId }: Ctx<'allowlist:write'>): Promise<string[]> {
  return [...coveringRanges(await tx.allowlistEntry.findMany({ where: { organizationId: orgId, pending: null }, select: columns })).keys()]
}

/** Takes entries off, in one statement; where that waits to be confirmed they are only marked. */
export async function removeCovered({ tx, orgId }: Ctx<'allowlist:write'>, ids: readonly string[], { waits }: Marking): Promise<void> {
  if (waits) await tx.$executeRaw`UPDATE "AllowlistEntry" SET "pending" = 'removed' WHERE "organizationId" = ${orgId} AND "id" = ANY(${[...ids]})`
  else await tx.$executeRaw`DELETE FROM "AllowlistEntry" WHERE "organizationId" = ${orgId} AND "id" = ANY(${[...ids]})`
}
