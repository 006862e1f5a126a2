/** How a credential stands; `expired` and `revoked` ones no longer work and cannot be brought back. */
export type CredentialState = 'active' | 'suspended' | 'expired' | 'revoked'

/** What every list of credentials knows of one; times in RFC 3339. */
export type CredentialFacts = {
  status: CredentialState
  createdAt: string
  expiresAt: string | null
  lastUsedAt: string | null
  lastUsedIp: string | null
}

/** What should make one look at a credential; the server finds it out. */
export type CredentialMark = 'expiring' | 'old' | 'unused' | 'narrowed'

const DAY_MS = 24 * 3600_000
const MINUTE_MS = 60_000

/** Whether something used it so lately that it is surely still in use. */
export const isUsedLately = ({ lastUsedAt }: Pick<CredentialFacts, 'lastUsedAt'>, now: number): boolean =>
  lastUsedAt !== null && now - Date.parse(lastUsedAt) < 7 * DAY_MS

function distanceInWords(ms: number): string {
  const minutes = Math.max(1, Math.round(ms / MINUTE_MS))
  const [count, unit] = minutes < 90 ? [minutes, 'minute'] : minutes < 36 * 60 ? [Math.round(minutes / 60), 'hour'] : [Math.round(minutes / 1440), 'day']
  return `${count} ${unit}${count === 1 ? '' : 's'}`
}

/** "Still used 2 minutes ago from 203.0.113.7.", "Never used." */
export function lastUseInWords({ lastUsedAt, lastUsedIp }: Pick<CredentialFacts, 'lastUsedAt' | 'lastUsedIp'>, now: number): string {
  if (lastUsedAt === null) return 'Never used.'
  const from = lastUsedIp === null ? '' : ` from ${lastUsedIp}`
  const ms = now - Date.parse(lastUsedAt)
  return `${isUsedLately({ lastUsedAt }, now) ? 'Still used' : 'Last used'} ${distanceInWords(ms)} ago${from}.`
}
