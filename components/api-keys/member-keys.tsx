import { CredentialStatus } from '@/components/credentials/credential-status'
import { LastUsed } from '@/components/credentials/last-used'
import { TextLink } from '@/components/ui/text-link'
import type { KeyRow } from '@/lib/features/api-keys/page-rules'

/** Keys of one person, each leading to its panel. */
export function MemberKeys({ org, userId, keys, most }: { org: string; userId: string; keys: readonly KeyRow[]; /** More than these are only linked. */ most: number }) {
  const all = `/${org}/api-keys?owner=${userId}`
  if (keys.length === 0) return <p className="text-ink-2">None.</p>
  return (
    <div className="grid gap-3">
      <ul aria-label="API keys" className="divide-y divide-line-soft">
        {keys.slice(0, most).map((key) => (
          <li key={key.id} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2">
            <span className="min-w-0 flex-1 truncate">
              <TextLink href={`${all}&key=${key.id}`} plain>
                {key.name}
              </TextLink>
              <code className="mono ml-2 text-[12px] text-ink-3">{key.hint}</code>
            </span>
            <LastUsed lastUsedAt={key.lastUsedAt} lastUsedIp={key.lastUsedIp} />
            <CredentialStatus status={key.status} marks={key.marks} reason={key.suspendedReason} />
          </li>
        ))}
      </ul>
      <p>
        <TextLink href={all}>{keys.length > most ? 'All of them' : 'Look after them'}</TextLink>
      </p>
    </div>
  )
}
