'use client'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { CodeBlock } from '@/components/ui/code-block'
import { CopyButton } from '@/components/ui/copy-button'
import { DialogBody } from '@/components/ui/dialog-body'
import { DialogFooter } from '@/components/ui/dialog-footer'
import { KeyValueList } from '@/components/ui/key-value-list'
import { toRoute } from '@/components/ui/route'
import { SidePanel } from '@/components/ui/side-panel'
import type { OpenedEvent } from '@/lib/features/audit-events/page-rows'
import { addressWith, useAuditAddress } from './audit-address'
import { DiffTable } from './diff-table'
import { OutcomePill } from './outcome-pill'
import { Sentence } from './sentence'
import { sourceWords } from './source-words'
import { localText, utcText } from './utc-time'

const code = (text: string) => <code className="mono break-all">{text}</code>

const factsOf = (event: OpenedEvent) => [
  { label: 'Result', value: <OutcomePill outcome={event.outcome} /> },
  { label: 'Time', value: <>{utcText(Date.parse(event.at))} UTC<br /><span className="dim">{localText(Date.parse(event.at))}</span></> },
  { label: 'Action', value: <>{event.title}<br />{code(event.event)}</> },
  { label: 'Actor', value: <>{event.actor.name}<br />{code(event.actor.id)}</> },
  ...(event.actor.credentialId ? [{ label: event.actor.type === 'user' || event.actor.type === 'account' ? 'Session' : 'Credential', value: code(event.actor.credentialId) }] : []),
  ...event.targets.map((target, index) => ({ label: event.targets.length > 1 ? `Target ${index + 1}` : 'Target', value: <>{target.name || target.type}<br />{code(target.id)}</> })),
  { label: 'Source', value: sourceWords(event.source) },
  { label: 'Address', value: event.address ? code(event.address) : '–' },
  { label: 'User agent', value: event.userAgent || '–' },
  { label: 'Request', value: code(event.requestId) },
  { label: 'Entry', value: code(event.id) },
  { label: 'Seal', value: event.sequence ? `Number ${event.sequence} of the chain` : 'Waits to be sealed, for about a second' },
]

/** One event with everything that is known about it. Its address opens it again. */
export function EventPanel({ event, org }: { event: OpenedEvent; org: string }) {
  const { to, toEvent } = useAuditAddress()
  const router = useRouter()
  const close = () => router.push(toRoute(toEvent(null)), { scroll: false })
  const [target] = event.targets
  const actor = event.actor.name.includes('@') ? event.actor.name : event.actor.id
  const link = new URL(addressWith(`/${org}/audit`, new URLSearchParams(), { event: event.id }), window.location.origin).href
  return (
    <SidePanel open onOpenChange={(open) => !open && close()} title={event.title} description={<Sentence parts={event.sentence} />}>
      <DialogBody>
        <div className="grid gap-5">
          {event.diff.length > 0 ? <DiffTable title="Before and after" rows={event.diff} /> : null}
          {event.detail.length > 0 ? <DiffTable title="Details" rows={event.detail} single /> : null}
          <KeyValueList items={factsOf(event)} />
          <details>
            <summary className="text-link">Whole entry</summary>
            <div className="mt-2">
              <CodeBlock label="Whole entry as JSON" code={event.payload} />
            </div>
          </details>
        </div>
      </DialogBody>
      <DialogFooter start={<CopyButton text={link} label="Copy link" />}>
        {target ? (
          <Link href={toRoute(to({ target: target.id }))} prefetch={false} scroll={false} className="btn btn-small">
            Only this target
          </Link>
        ) : null}
        <Link href={toRoute(to({ actor }))} prefetch={false} scroll={false} className="btn btn-small">
          Only this actor
        </Link>
      </DialogFooter>
    </SidePanel>
  )
}
