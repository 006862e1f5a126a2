import type { Condition, TrustStatus } from './rules'

/** A trust as the page of its service account shows it; times in RFC 3339. */
export type TrustRow = {
  id: string
  serviceAccountId: string
  name: string
  issuer: string
  audience: string
  conditions: Condition[]
  status: TrustStatus
  createdBy: string | null
  createdAt: string
  lastUsedAt: string | null
}

type Summary = Omit<TrustRow, 'createdBy' | 'createdAt' | 'lastUsedAt'> & { createdBy: { name: string } | null; createdAt: Date; lastUsedAt: Date | null; lastUsedIp: string | null }

export const toTrustRow = ({ lastUsedIp: _address, ...trust }: Summary): TrustRow => ({
  ...trust, createdBy: trust.createdBy?.name ?? null, createdAt: trust.createdAt.toISOString(), lastUsedAt: trust.lastUsedAt?.toISOString() ?? null,
})
