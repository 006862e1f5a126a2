import type { KeyMark, KeyStatus } from '@/lib/features/api-keys/rules'
import type { TokenSummary } from './queries'

export const TOKEN_SORTS = ['created', 'last-used', 'expires'] as const
export type TokenSortColumn = (typeof TOKEN_SORTS)[number]
export type TokenSort = { column: TokenSortColumn; direction: 'asc' | 'desc' }

/** `-created` means newest first. Null for anything that is no sort of this list. */
export function parseTokenSort(text: string): TokenSort | null {
  const name = text.replace(/^-/, '')
  const column = TOKEN_SORTS.find((each) => each === name)
  return column === undefined ? null : { column, direction: text.startsWith('-') ? 'desc' : 'asc' }
}

/** One line of Token Management; times in RFC 3339. */
export type TokenRow = {
  id: string
  description: string
  clientId: string
  role: { id: string; title: string }
  scope: { id: string; type: string; name: string }
  status: KeyStatus
  marks: KeyMark[]
  createdBy: string | null
  createdAt: string
  expiresAt: string | null
  suspendedReason: string | null
  replacedBy: string | null
  lastUsedAt: string | null
  lastUsedIp: string | null
}

/** How a token is called: what it was described as, else its client id. */
export const tokenLabel = ({ description, clientId }: Pick<TokenRow, 'description' | 'clientId'>): string => description || clientId

const iso = (at: Date | null): string | null => at?.toISOString() ?? null

/** A token as the console's list shows it. */
export function toTokenRow({ createdBy, createdAt, expiresAt, lastUsedAt, ...token }: TokenSummary): TokenRow {
  const { id, description, clientId, role, scope, status, marks, suspendedReason, replacedBy, lastUsedIp } = token
  return {
    id, description, clientId, role: { id: role.id, title: role.title }, scope, status, marks, suspendedReason, replacedBy, lastUsedIp,
    createdBy: createdBy?.name ?? null, createdAt: createdAt.toISOString(), expiresAt: iso(expiresAt), lastUsedAt: iso(lastUsedAt),
  }
}
