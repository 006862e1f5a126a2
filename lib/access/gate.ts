import { now } from '@/lib/clock'
import { AppError } from '@/lib/errors'
import { requestFacts, type RequestFacts } from '@/lib/request'
import { noteSighting, type Visitor } from './allowlist/sightings'
import type { Surface } from './allowlist/surfaces'
import type { AccessIndex } from './snapshots/access-index'
import { indexStore } from './snapshots/index-store'

/** Pages and actions are the console; everything else that comes from outside is a machine's. */
export const surfaceOf = ({ source }: Pick<RequestFacts, 'source'>): Surface => (source === 'console' ? 'console' : 'api')

/** The refusal names the caller's address as we see it, and nothing of the list. */
export const addressRefusal = (address: string): AppError =>
  new AppError('address-not-allowed', `this organization can be reached from listed addresses only, and \`${address || 'unknown'}\` is not one of them; ask an administrator to add it`)

/**
 * The one gate: whether a request may reach an organization from where it comes. `enter` asks it for everything done in an
 * organization; fronts ask it before, so that nothing is rendered or read for who is refused.
 *
 * @param visitor who it is, for the log; asked only when the address is not listed
 * @throws AppError `address-not-allowed`
 */
export function passGate({ allowlist, organizationId }: AccessIndex, visitor: () => Visitor, facts: RequestFacts = requestFacts()): void {
  if (allowlist.isIdle) return
  const at = now().getTime()
  const surface = surfaceOf(facts)
  const verdict = allowlist.judge(surface, facts.address, at)
  if (verdict === 'open' || verdict === 'listed') return
  const counted = (facts.counted ??= new Set())
  if (!counted.has(organizationId)) {
    counted.add(organizationId)
    noteSighting({ organizationId, address: facts.address, surface, visitor: visitor(), requestId: facts.id, userAgent: facts.userAgent, verdict, at })
  }
  if (verdict === 'refused') throw addressRefusal(facts.address)
}

/** The same for who has only been recognised so far, before anything is read for them. @throws AppError `address-not-allowed` */
export async function passGateOf(organizationId: string, version: number, visitor: () => Visitor): Promise<void> {
  passGate(await indexStore().atLeast(organizationId, version), visitor)
}
