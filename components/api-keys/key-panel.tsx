'use client'
import { CredentialStatus } from '@/components/credentials/credential-status'
import { LastUsed } from '@/components/credentials/last-used'
import { RotationPair } from '@/components/credentials/rotation-pair'
import { DialogBody } from '@/components/ui/dialog-body'
import type { LazyDialogProps } from '@/components/ui/dialog-button'
import { KeyValueList } from '@/components/ui/key-value-list'
import { RelativeTime } from '@/components/ui/relative-time'
import { SidePanel } from '@/components/ui/side-panel'
import { Skeleton } from '@/components/ui/skeleton'
import type { KeyDetails } from '@/lib/features/api-keys/page-rules'
import { TextLink } from '@/components/ui/text-link'
import type { KeyDoors } from './key-doors'
import { useAnswer } from './use-answer'

const code = (text: string) => <code className="mono break-all">{text}</code>

const factsOf = ({ key }: KeyDetails) => [
  { label: 'Status', value: <CredentialStatus status={key.status} marks={key.marks} reason={key.status === 'revoked' ? key.revokedReason : key.suspendedReason} /> },
  { label: 'Secret begins', value: code(key.hint) },
  { label: 'Purpose', value: key.purpose || '–' },
  { label: 'Owner', value: key.isOwn ? 'You' : (key.owner.email ?? key.owner.name) },
  { label: 'It may do', value: key.narrowing.length === 0 ? 'Everything its owner may' : key.narrowing.join(', ') },
  { label: 'Last used', value: <LastUsed lastUsedAt={key.lastUsedAt} lastUsedIp={key.lastUsedIp} /> },
  { label: 'Created', value: <><RelativeTime at={key.createdAt} />{key.createdBy === null ? '' : ` by ${key.createdBy}`}</> },
  { label: 'Ends', value: <RelativeTime at={key.expiresAt} never="never" /> },
  { label: 'Id', value: code(key.id) },
]

type KeyPanelProps = LazyDialogProps & { id: string; name: string; doors: Pick<KeyDoors, 'find'>; /** Where its events are listed; null for who may not read them. */ auditHref: string | null }

/** Everything that is known about one key, with the other half of its rotation. */
export function KeyPanel({ id, name, doors, auditHref, open, onOpenChange }: KeyPanelProps) {
  const { value, failure } = useAnswer(() => doors.find(id), id)
  return (
    <SidePanel open={open} onOpenChange={onOpenChange} title={value?.key.name ?? name}>
      <DialogBody>
        <div className="grid gap-4">
          {failure === null ? null : <p role="alert" className="text-bad">{failure}</p>}
          {value === null && failure === null ? <Skeleton className="h-40 w-full" /> : null}
          {value ? <KeyValueList items={factsOf(value)} /> : null}
          {value?.partner ? <Pair details={value} partner={value.partner} /> : null}
          {value && auditHref !== null ? <TextLink href={auditHref}>What happened to it</TextLink> : null}
        </div>
      </DialogBody>
    </SidePanel>
  )
}

function Pair({ details: { key }, partner }: { details: KeyDetails; partner: NonNullable<KeyDetails['partner']> }) {
  const [older, newer] = key.replacedBy === partner.id ? [key, partner] : [partner, key]
  return <RotationPair oldHint={older.hint} newHint={newer.hint} oldEndsAt={older.status === 'active' ? older.expiresAt : null} />
}
