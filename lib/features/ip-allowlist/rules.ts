import { readRange } from '@/lib/access/addresses/range'
import { SURFACES, type Mode, type Surface } from '@/lib/access/allowlist/surfaces'

/** What is wrong with a text as address or range; `repaired` is what one click makes of it. */
export type RangeProblem = { message: string; repaired: string | null }

/** Null when it is written as it will be stored, or only spelled otherwise (`2001:DB8::1`, `10.0.0.1/32`). */
export function rangeProblem(text: string): RangeProblem | null {
  const range = readRange(text)
  if (range === null) return { message: 'This is neither an address nor a range such as 203.0.113.0/24', repaired: null }
  return range.hasHostBits ? { message: `Bits beyond the prefix are set: write ${range.cidr}`, repaired: range.cidr } : null
}

/** The one spelling under which a range is stored. @throws Error for what `rangeProblem` refuses */
export function cidrOf(text: string): string {
  const range = readRange(text)
  if (range === null) throw new Error('the schema lets only ranges through')
  return range.cidr
}

/** The settings as pages and answers show them. */
export type AllowlistState = {
  mode: Mode
  /** While a change waits to be confirmed: from when on it counts as taken back, and to which mode. */
  revertAt: string | null
  revertMode: Mode | null
  entryCount: number
  /** Entries a waiting change adds, changes or removes. */
  waitingCount: number
  /** When the last entry ends and nobody may enter any more; null: never. */
  emptyAt: string | null
  updatedAt: string | null
  updatedBy: string
}

export const surfacesOf = (list: readonly string[]): Surface[] => SURFACES.filter((surface) => list.includes(surface))
