import { currentKeyId, keyIds, mac, sameSecret } from '@/lib/secrets'

/** An event as it stands in its row, but for the proof. */
export type AuditRecord = {
  id: string
  organizationId: string
  at: Date
  event: string
  outcome: string
  source: string
  actorType: string
  actorId: string
  actorName: string
  credentialId: string | null
  targets: unknown
  targetIds: readonly string[]
  before: unknown
  after: unknown
  detail: unknown
  address: string
  userAgent: string
  requestId: string
}

export type Anchor = { organizationId: string; count: bigint; head: string; mac: string; keyId: string }

/** What stands before the first seal of a chain. */
export const CHAIN_START = ''

/** PostgreSQL keeps no lone surrogates: they are stored as U+FFFD, so they count as that here too. */
const wellFormed = (text: string): string => (/[\ud800-\udfff]/.test(text) ? Buffer.from(text, 'utf8').toString('utf8') : text)

const text = (value: string): string => JSON.stringify(wellFormed(value))
const hasToJson = (value: object): value is { toJSON: () => unknown } => 'toJSON' in value && typeof value.toJSON === 'function'

/** JSON with keys in one order: of a value to be written the same as of what jsonb gives back. */
function stable(value: unknown): string {
  if (typeof value === 'string') return text(value)
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  if (Array.isArray(value)) return `[${value.map(stable).join()}]`
  if (hasToJson(value)) return stable(value.toJSON())
  const pairs = Object.entries(value).filter(([, inner]) => inner !== undefined).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${pairs.map(([key, inner]) => `${text(key)}:${stable(inner)}`).join()}}`
}

/** The event as text that is the same before it is written and after it is read back. */
export function canonicalEvent(e: AuditRecord): string {
  return stable([
    e.id, e.organizationId, e.at, e.event, e.outcome, e.source, e.actorType, e.actorId, e.actorName, e.credentialId, e.address, e.userAgent, e.requestId,
    e.targetIds, e.targets, e.before, e.after, e.detail,
  ])
}

/** Proof that Gatehouse wrote this event: `key id.HMAC`. */
export function proofOf(event: AuditRecord): string {
  const keyId = currentKeyId()
  return `${keyId}.${mac('audit', `event\n${canonicalEvent(event)}`, keyId)}`
}

/** Whether the proof was made over exactly this event. False too when its key is not configured. */
export function isProven(canonical: string, proof: string): boolean {
  const [keyId = '', made = ''] = proof.split('.')
  return keyIds().includes(keyId) && sameSecret(made, mac('audit', `event\n${canonical}`, keyId))
}

/** What one link of the chain is made over. */
export type Link = { previous: string; sequence: bigint; canonical: string; proof: string }

/** The seal of a link: HMAC over the one before, the place in the chain and the event with its proof. */
export const sealOf = ({ previous, sequence, canonical, proof }: Link, keyId: string): string =>
  mac('audit', `seal\n${previous}\n${sequence}\n${proof}\n${canonical}`, keyId)

const anchorMac = (organizationId: string, count: bigint, head: string, keyId: string): string =>
  mac('anchor', `${organizationId}\n${count}\n${head}`, keyId)

/** The anchor of a chain that has `count` seals and ends in `head`. */
export function anchorFor(organizationId: string, count: bigint, head: string): Anchor {
  const keyId = currentKeyId()
  return { organizationId, count, head, keyId, mac: anchorMac(organizationId, count, head, keyId) }
}

/** The anchor of an organization that is just being made. */
export const firstAnchor = (organizationId: string): Anchor => anchorFor(organizationId, 0n, CHAIN_START)

/** Whether we made this anchor. */
export const isAnchorGenuine = ({ organizationId, count, head, keyId, mac: made }: Anchor): boolean =>
  keyIds().includes(keyId) && sameSecret(made, anchorMac(organizationId, count, head, keyId))
