import { sealOf, type Link } from '@/lib/boundary/audit-chain'
import { sameSecret } from '@/lib/secrets'
import type { ProblemList } from './problems'

/** A link whose seal does not fit. */
export type Break = Link & { seal: string; keyId: string; eventId: string }

const fits = (place: Pick<Break, 'previous' | 'sequence'>, event: Break, seal: Break): boolean =>
  sameSecret(seal.seal, sealOf({ ...event, previous: place.previous, sequence: place.sequence }, seal.keyId))

/**
 * Tells moved links from changed ones: a link that fits at another broken place was moved there. What
 * only failed because the link before it was moved is no problem of its own.
 */
export function explainBreaks(breaks: readonly Break[], problems: ProblemList): void {
  let repaired: { sequence: bigint; seal: string } | undefined
  for (const link of breaks) {
    const follows = repaired !== undefined && repaired.sequence + 1n === link.sequence
    const place = { sequence: link.sequence, previous: follows && repaired ? repaired.seal : link.previous }
    if (follows && fits(place, link, link)) continue
    const rightful = breaks.find((other) => other !== link && (fits(place, other, other) || fits(place, other, link)))
    const seal = rightful && fits(place, rightful, rightful) ? rightful.seal : link.seal
    repaired = { sequence: link.sequence, seal }
    if (rightful) problems.add({ kind: 'reordered', sequence: link.sequence, eventId: link.eventId, reason: `at this place belongs ${rightful.eventId}` })
    else problems.add({ kind: 'changed', sequence: link.sequence, eventId: link.eventId, reason: 'the event or its seal was changed' })
  }
}
