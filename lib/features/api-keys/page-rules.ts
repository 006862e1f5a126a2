import type { KeySummary } from './queries'
import type { KeyMark, KeyStatus } from './rules'

export const KEY_SORTS = ['name', 'created', 'last-used', 'expires'] as const
export type KeySortColumn = (typeof KEY_SORTS)[number]
export type KeySort = { column: KeySortColumn; direction: 'asc' | 'desc' }

/** `-created` means newest first. Null for anything that is no sort of this list. */
export function parseKeySort(text: string): KeySort | null {
  const name = text.replace(/^-/, '')
  const column = KEY_SORTS.find((each) => each === name)
  return column === undefined ? null : { column, direction: text.startsWith('-') ? 'desc' : 'asc' }
}

/** One line of a list of keys; times in RFC 3339. */
export type KeyRow = {
  id: string
  name: string
  purpose: string
  hint: string
  owner: { type: 'user' | 'service_account'; id: string; name: string; email: string | null }
  isOwn: boolean
  status: KeyStatus
  marks: KeyMark[]
  /** What it is narrowed to, in words; empty for none. */
  narrowing: string[]
  createdBy: string | null
  createdAt: string
  expiresAt: string | null
  suspendedReason: string | null
  revokedReason: string | null
  /** The key that takes its place, and the one whose place it took. */
  replacedBy: string | null
  rotatedFrom: string | null
  lastUsedAt: string | null
  lastUsedIp: string | null
}

/** A key with the one that takes its place, or whose place it took. */
export type KeyDetails = { key: KeyRow; partner: KeyRow | null }

/** "Viewer", "in prod", "from 192.0.2.0/24 and 2 more": how a key is narrowed. */
export function narrowingInWords({ role, scope, addresses }: Pick<KeySummary, 'role' | 'scope' | 'addresses'>): string[] {
  const [first, ...more] = addresses
  return [
    ...(role ? [role.title ?? 'a role that is gone: it may do nothing'] : []),
    ...(scope ? [scope.name === null ? 'in a place that is gone: it may do nothing' : `in ${scope.name}`] : []),
    ...(first === undefined ? [] : [`from ${first}${more.length > 0 ? ` and ${more.length} more` : ''}`]),
  ]
}

const iso = (at: Date | null): string | null => at?.toISOString() ?? null

/** A key as the console's lists show it. */
export function toKeyRow(key: KeySummary, ownId: string | null): KeyRow {
  const { id, name, purpose, hint, owner, status, marks, suspendedReason, revokedReason, replacedBy, rotatedFrom, lastUsedIp } = key
  return {
    id, name, purpose, hint, owner, status, marks, suspendedReason, revokedReason, replacedBy, rotatedFrom, lastUsedIp,
    isOwn: owner.id === ownId, narrowing: narrowingInWords(key), createdBy: key.createdBy?.name ?? null,
    createdAt: key.createdAt.toISOString(), expiresAt: iso(key.expiresAt), lastUsedAt: iso(key.lastUsedAt),
  }
}
