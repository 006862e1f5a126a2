import type { AccountRole, AccountStatus } from './rules'
import type { ServiceAccountSummary } from './queries'

export const ACCOUNT_SORTS = ['name', 'created'] as const
export type AccountSort = { column: (typeof ACCOUNT_SORTS)[number]; direction: 'asc' | 'desc' }

/** `-created` means newest first. Null for anything that is no sort of this list. */
export function parseAccountSort(text: string): AccountSort | null {
  const name = text.replace(/^-/, '')
  const column = ACCOUNT_SORTS.find((each) => each === name)
  return column === undefined ? null : { column, direction: text.startsWith('-') ? 'desc' : 'asc' }
}

/** One line of the Service Accounts page; times in RFC 3339. */
export type AccountRow = {
  id: string
  name: string
  description: string
  status: AccountStatus
  externalId: string | null
  roles: AccountRole[]
  keys: number
  createdBy: string | null
  createdAt: string
  lastUsedAt: string | null
}

export const toAccountRow = ({ createdBy, createdAt, lastUsedAt, ...account }: ServiceAccountSummary): AccountRow => ({
  ...account, createdBy: createdBy?.name ?? null, createdAt: createdAt.toISOString(), lastUsedAt: lastUsedAt?.toISOString() ?? null,
})
