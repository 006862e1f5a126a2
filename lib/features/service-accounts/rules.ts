export const ACCOUNT_STATUSES = ['active', 'suspended'] as const
export type AccountStatus = (typeof ACCOUNT_STATUSES)[number]

/** A role a service account holds and where; times in RFC 3339. */
export type AccountRole = {
  role: { id: string; name: string; title: string }
  scope: { type: string; id: string; name: string }
  expiresAt: string | null
}
