'use client'
import { RelativeTime } from '@/components/ui/relative-time'
import type { CredentialFacts } from './credential-facts'

/** When a credential was last used, and from where. */
export function LastUsed({ lastUsedAt, lastUsedIp }: Pick<CredentialFacts, 'lastUsedAt' | 'lastUsedIp'>) {
  // On a phone no header says what is meant.
  if (lastUsedAt === null) return <span className="dim">never<span className="md:hidden"> used</span></span>
  return (
    <span className="dim">
      <RelativeTime at={lastUsedAt} />
      {lastUsedIp === null ? null : <span className="ml-2 mono">{lastUsedIp}</span>}
    </span>
  )
}
