'use client'
import { RelativeTime } from '@/components/ui/relative-time'
import { useNow } from '@/components/ui/server-time'
import type { CredentialFacts } from './credential-facts'
import { timeLeft } from './rotation'

type ExpiresProps = { credential: Pick<CredentialFacts, 'status' | 'expiresAt'> & { replacedBy: string | null } }

/** When a credential ends; of one that another has taken the place of, how long it still works beside it. */
export function Expires({ credential: { status, expiresAt, replacedBy } }: ExpiresProps) {
  const { now } = useNow()
  if (status === 'revoked') return <span className="dim">–</span>
  if (expiresAt === null) return <span className="dim">never</span>
  if (replacedBy !== null && status === 'active') return <span className="text-warn">replaced, {timeLeft(expiresAt, now)} left</span>
  return (
    <span className="dim">
      <RelativeTime at={expiresAt} />
    </span>
  )
}
