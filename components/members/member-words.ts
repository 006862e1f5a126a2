import type { Tone } from '@/components/ui/status-pill'
import type { MemberRole, MemberStatus } from '@/lib/features/members/rules'
import { formatDate } from '@/components/ui/time-format'

export const STATUS_WORDS: Readonly<Record<MemberStatus, { label: string; tone: Tone }>> = {
  active: { label: 'Active', tone: 'ok' },
  pending: { label: 'Pending', tone: 'warn' },
  suspended: { label: 'Suspended', tone: 'bad' },
  expired: { label: 'Expired', tone: 'bad' },
}

/** "prod", "prod · ends 30 Nov 2026": where a role holds and until when. */
export const placeInWords = ({ scope, expiresAt }: MemberRole): string =>
  expiresAt === null ? scope.name : `${scope.name} · ends ${formatDate(Date.parse(expiresAt))}`

/** How somebody is called: by name, else by address. */
export const nameOf = ({ name, email }: { name: string; email: string }): string => name || email

/** "1 user", "3 users". */
export const countOf = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`
