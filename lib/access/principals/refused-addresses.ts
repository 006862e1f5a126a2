import { requestFacts, type RequestFacts } from '@/lib/request'
import { processWide } from '@/lib/process-state'

/** Uses of one key from one address that it is not for, since they were last told. */
export type RefusedAddress = { organizationId: string; keyId: string; address: string; count: number; requestId: string; userAgent: string; /** Not to be told before; epoch milliseconds. */ notBefore: number }

/** Addresses that are kept until they are told; beyond it new ones are not counted. */
const KEPT_MAX = 10_000

const kept = () => processWide('refused-addresses', () => new Map<string, RefusedAddress>())
const placeOf = ({ organizationId, keyId, address }: Pick<RefusedAddress, 'organizationId' | 'keyId' | 'address'>): string => `${organizationId}\n${keyId}\n${address}`

/** Counts one. Nothing is written here: a job does, so that a flood costs no writes. */
export function noteRefusedAddress(organizationId: string, keyId: string, facts: RequestFacts = requestFacts()): void {
  const { address, id: requestId, userAgent } = facts
  const place = placeOf({ organizationId, keyId, address })
  const known = kept().get(place)
  if (!known && kept().size >= KEPT_MAX) return
  kept().set(place, { organizationId, keyId, address, requestId, userAgent, count: (known?.count ?? 0) + 1, notBefore: known?.notBefore ?? 0 })
}

/** Hands over what may be told at a moment. */
export function takeRefusedAddresses(at: number): RefusedAddress[] {
  const due = [...kept().values()].filter(({ notBefore }) => notBefore <= at)
  for (const each of due) kept().delete(placeOf(each))
  return due
}

/** Takes back what is not to be told yet, with what came meanwhile. */
export function keepRefusedAddress(each: RefusedAddress): void {
  const since = kept().get(placeOf(each))
  kept().set(placeOf(each), { ...each, count: each.count + (since?.count ?? 0) })
}
