import { Badge } from '@/components/ui/badge'
import { StatusPill, type Tone } from '@/components/ui/status-pill'
import type { CredentialMark, CredentialState } from './credential-facts'

const WORDS: Readonly<Record<CredentialState, { label: string; tone: Tone }>> = {
  active: { label: 'Active', tone: 'ok' },
  suspended: { label: 'Suspended', tone: 'warn' },
  expired: { label: 'Expired', tone: 'bad' },
  revoked: { label: 'Revoked', tone: 'neutral' },
}

const MARKS: Readonly<Record<CredentialMark, { label: string; why: string }>> = {
  expiring: { label: 'Expires soon', why: 'It stops working within 7 days' },
  old: { label: 'Old', why: 'Made more than 90 days ago: rotate it' },
  unused: { label: 'Unused', why: 'Not used for 90 days: revoke it if nothing needs it' },
  narrowed: { label: 'Narrowed', why: 'It may do less than its owner' },
}

const REASONS: Readonly<Record<string, string>> = { unused: 'Suspended since it was not used for so long', leaked: 'It was found in the open', rotated: 'Another secret took its place' }

type CredentialStatusProps = {
  status: CredentialState
  marks: readonly CredentialMark[]
  /** Why it is suspended or revoked: `unused`, `leaked`, `rotated`. */
  reason?: string | null
  /** What a narrowed one is narrowed to. */
  narrowing?: string | undefined
}

/** How a credential stands, and what should make one look at it. */
export function CredentialStatus({ status, marks, reason = null, narrowing }: CredentialStatusProps) {
  const { label, tone } = WORDS[status]
  const isExpiring = status === 'active' && marks.includes('expiring')
  const told = reason === null ? undefined : REASONS[reason]
  return (
    <span className="flex items-center gap-1.5">
      <StatusPill tone={isExpiring ? 'warn' : tone} {...(isExpiring ? { title: MARKS.expiring.why } : told !== undefined && { title: told })}>
        {isExpiring ? MARKS.expiring.label : reason === 'leaked' ? `${label}, leaked` : reason === 'unused' && status === 'suspended' ? `${label}, unused` : label}
      </StatusPill>
      {marks.filter((mark) => mark !== 'expiring').map((mark) => (
        <Badge key={mark} title={mark === 'narrowed' ? (narrowing ?? MARKS.narrowed.why) : MARKS[mark].why}>
          {MARKS[mark].label}
        </Badge>
      ))}
    </span>
  )
}
