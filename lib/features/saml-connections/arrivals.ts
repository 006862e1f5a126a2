import { z } from 'zod'
import { now } from '@/lib/clock'
import { db } from '@/lib/db'
import { mac, randomSecret, seal, unseal } from '@/lib/secrets'
import type { SamlClaims } from '@/lib/sso/saml/claims'
import { SamlRefused } from '@/lib/sso/saml/refusals'
import type { SamlConnection } from './queries'

/** How long the browser has to carry its ticket from one of our addresses to the next. */
const TICKET_MS = 2 * 60_000

const Claims = z.object({
  assertionId: z.string(), inResponseTo: z.string().nullable(), nameId: z.string(), nameIdFormat: z.string(),
  attributes: z.record(z.string(), z.array(z.string())), authenticatedAt: z.union([z.null(), z.coerce.date()]).default(null), expiresAt: z.coerce.date(),
})

const hashOf = (kind: 'assertion' | 'request' | 'ticket', text: string): string => mac('link', `saml-${kind}:${text}`)

/**
 * Remembers an accepted assertion, so that neither it nor another answer to its request is accepted again, and keeps
 * what it says for the browser.
 *
 * @returns the ticket that the browser carries on
 * @throws SamlRefused `replayed`
 */
export async function keepArrival({ organizationId, id: connectionId }: SamlConnection, claims: SamlClaims): Promise<string> {
  const ticket = randomSecret()
  const at = now()
  const data = {
    id: hashOf('assertion', `${connectionId}:${claims.assertionId}`), organizationId, connectionId, ticketHash: hashOf('ticket', ticket),
    requestHash: claims.inResponseTo === null ? null : hashOf('request', claims.inResponseTo),
    sealed: seal(JSON.stringify(claims)), createdAt: at, expiresAt: new Date(Math.max(claims.expiresAt.getTime(), at.getTime() + TICKET_MS)),
  }
  // Both processes of two that get the same response may come here; the unique hashes let one through.
  const { count } = await db().samlArrival.createMany({ data: [data], skipDuplicates: true })
  if (count === 0) throw new SamlRefused('replayed')
  return ticket
}

/** What a ticket stands for, without using it up; null when it stands for nothing (any more). */
export async function findArrival({ id: connectionId }: SamlConnection, ticket: string): Promise<SamlClaims | null> {
  const row = await db().samlArrival.findUnique({ where: { ticketHash: hashOf('ticket', ticket) }, select: { connectionId: true, sealed: true, createdAt: true } })
  if (!row || row.connectionId !== connectionId || row.sealed === '' || row.createdAt.getTime() + TICKET_MS <= now().getTime()) return null
  return Claims.parse(JSON.parse(unseal(row.sealed)))
}

/** Uses a ticket up; of two at once one gets true. What the assertion said is forgotten. */
export async function spendArrival(ticket: string): Promise<boolean> {
  const { count } = await db().samlArrival.updateMany({ where: { ticketHash: hashOf('ticket', ticket), sealed: { not: '' } }, data: { sealed: '' } })
  return count === 1
}
