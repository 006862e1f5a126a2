import type { Surface } from '@/lib/access/allowlist/surfaces'

/** Whether a range is every address there is of its family. */
export const isEverything = (cidr: string): boolean => cidr === '0.0.0.0/0' || cidr === '::/0'

export type WaitingStatus = 'added' | 'changed' | 'removed'

/** An entry as pages and answers show it. Moments in RFC 3339. */
export type EntryRow = {
  id: string
  cidr: string
  description: string
  surfaces: Surface[]
  expiresAt: string | null
  /** Of a change that waits to be confirmed. */
  waiting: WaitingStatus | null
  /** A wider entry that opens the same, for as long: this one adds nothing. */
  coveredBy: string | null
  createdBy: string
  createdAt: string
}
