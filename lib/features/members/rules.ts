import type { ManagedBy } from '@/lib/features/provisioning/rules'

/** How a membership stands: an invitation is pending until its date, then expired. */
export const MEMBER_STATUSES = ['active', 'pending', 'suspended', 'expired'] as const
export type MemberStatus = (typeof MEMBER_STATUSES)[number]

export const MEMBER_SORTS = ['name', 'email', 'last-seen', 'added'] as const
export type MemberSortColumn = (typeof MEMBER_SORTS)[number]
export type MemberSort = { column: MemberSortColumn; direction: 'asc' | 'desc' }

/** Members who were not seen for so many days count as unused. */
export const UNUSED_DAYS = 90
/** An invitation can be accepted for so many days. */
export const INVITATION_DAYS = 7
/** More administrators than this get a hint. */
export const ADMINISTRATORS_ADVISED = 5

/** A role somebody holds and where; times in RFC 3339, UTC. */
export type MemberRole = {
  roleId: string
  name: string
  title: string
  scope: { type: string; id: string; name: string }
  expiresAt: string | null
  /** The group through which it is held; left out: it is their own. */
  via?: { id: string; name: string }
}

/** One line of the Users page: a member or a pending invitation. */
export type MemberRow = {
  /** `usr_…`, also for an invitation. */
  id: string
  /** `inv_…` while the invitation is open or expired. */
  invitationId: string | null
  email: string
  name: string
  status: MemberStatus
  source: string
  /** How the person last signed in: `password`, later others. */
  signInMethod: string | null
  lastSeenAt: string | null
  addedAt: string
  joinedAt: string | null
  suspendedAt: string | null
  invitationExpiresAt: string | null
  /** The directory that decides whether they may enter; null: people here do. */
  managedBy: ManagedBy | null
  /** Those that hold now. */
  roles: MemberRole[]
}

type Stored = { status: 'invited' | 'active' | 'suspended'; invitationExpiresAt: Date | null }

export function statusOf({ status, invitationExpiresAt }: Stored, at: Date): MemberStatus {
  if (status !== 'invited') return status
  return invitationExpiresAt !== null && invitationExpiresAt <= at ? 'expired' : 'pending'
}

/** `-last-seen` means latest first. Null for anything that is no sort of this list. */
export function parseMemberSort(text: string): MemberSort | null {
  const name = text.replace(/^-/, '')
  const column = MEMBER_SORTS.find((each) => each === name)
  return column === undefined ? null : { column, direction: text.startsWith('-') ? 'desc' : 'asc' }
}

/** The words of a search, each of which must occur; at most eight. */
export const searchWords = (q: string): string[] => q.replaceAll('\0', '').split(/\s+/).filter(Boolean).slice(0, 8)

/** A word as a LIKE pattern that finds it anywhere and takes it literally. */
export const containing = (word: string): string => `%${word.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`
