'use client'
import { Badge } from '@/components/ui/badge'
import { useNow } from '@/components/ui/server-time'
import { StatusPill, type Tone } from '@/components/ui/status-pill'
import { EXPIRING_DAYS, marksOf, STALE_DAYS, type CredentialFacts, type CredentialMark, type CredentialState } from './credential-facts'

const WORDS: Readonly<Record<CredentialState, { label: string; tone: Tone }>> = {
  active: { label: 'Active', tone: 'ok' },
  suspended: { label: 'Suspended', tone: 'warn' },
  expired: { label: 'Expired', tone: 'bad' },
  revoked: { label: 'Revoked', tone: 'neutral' },
}

const MARKS: Readonly<Record<Exclude<CredentialMark, 'expiring'>, { label: string; why: string }>> = {
  old: { label: 'Old', why: `Made more than ${STALE_DAYS} days ago: rotate it` },
  unused: { label: 'Unused', why: `Not used for ${STALE_DAYS} days: revoke it if nothing needs it` },
}

type CredentialStatusProps = { credential: CredentialFacts; /** What it may not do although its owner may. */ narrowing?: string | undefined; /** Why it is suspended. */ reason?: string | undefined }

/** How a credential stands, and what should make one look at it. */
export function CredentialStatus({ credential, narrowing, reason }: CredentialStatusProps) {
  const { now } = useNow()
  const marks = marksOf(credential, now)
  const { label, tone } = WORDS[credential.status]
  const others = marks.filter((mark) => mark !== 'expiring')
  return (
    <span className="flex items-center gap-1.5">
      {marks.includes('expiring') ? (
        <StatusPill tone="warn" title={`It stops working within ${EXPIRING_DAYS} days`}>
          Expires soon
        </StatusPill>
      ) : (
        <StatusPill tone={tone} {...(reason !== undefined && { title: reason })}>
          {label}
        </StatusPill>
      )}
      {narrowing === undefined ? null : <Badge title={narrowing}>Narrowed</Badge>}
      {others.map((mark) => (
        <Badge key={mark} title={MARKS[mark].why}>
          {MARKS[mark].label}
        </Badge>
      ))}
    </span>
  )
}
