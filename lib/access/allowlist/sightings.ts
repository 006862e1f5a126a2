import { processWide } from '@/lib/process-state'
import type { Surface } from './surfaces'

/** Who stood at the gate, as the audit log names actors. `name` is null where only the id was at hand. */
export type Visitor = { type: string; id: string; name: string | null; credentialId: string | null }

/** An address that is not listed, at the gate of an organization, since it was last written down. */
export type Sighting = {
  organizationId: string
  address: string
  surface: Surface
  reported: number
  refused: number
  firstAt: number
  lastAt: number
  /** Of the latest. */
  visitor: Visitor
  requestId: string
  userAgent: string
}

/** Addresses that are kept until they are written down; beyond it new ones are not counted. */
const KEPT_MAX = 10_000

const kept = () => processWide('allowlist-sightings', () => new Map<string, Sighting>())

export type Seen = Pick<Sighting, 'organizationId' | 'address' | 'surface' | 'visitor' | 'requestId' | 'userAgent'> & { verdict: 'reported' | 'refused'; at: number }

/** Counts one. Nothing is written here: a job does, so that a flood costs no writes. */
export function noteSighting({ verdict, at, ...seen }: Seen): void {
  const key = `${seen.organizationId}\n${seen.address}\n${seen.surface}`
  const known = kept().get(key)
  if (!known && kept().size >= KEPT_MAX) return
  const before = known ?? { reported: 0, refused: 0, firstAt: at }
  kept().set(key, { ...seen, firstAt: before.firstAt, lastAt: at, reported: before.reported + (verdict === 'reported' ? 1 : 0), refused: before.refused + (verdict === 'refused' ? 1 : 0) })
}

/** Hands over what was counted, and begins anew. */
export function takeSightings(): Sighting[] {
  const taken = [...kept().values()]
  kept().clear()
  return taken
}
