'use client'
import { Ban, FlaskConical, MoreHorizontal, Pencil, Play, Trash2 } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { MenuButton } from '@/components/ui/menu-button'
import type { MenuItem } from '@/components/ui/menu-item'
import { RelativeTime } from '@/components/ui/relative-time'
import { StatusPill } from '@/components/ui/status-pill'
import type { TrustRow } from '@/lib/features/trusted-issuers/page-rules'
import { deleteTrust, turnTrust } from './trust-deeds'
import { toldCondition } from './trust-draft'

const TrustDialog = lazy(() => import('./trust-dialog').then((module) => ({ default: module.TrustDialog })))
const TryTokenDialog = lazy(() => import('./try-token-dialog').then((module) => ({ default: module.TryTokenDialog })))

type TrustItemProps = { org: string; account: { id: string; name: string }; trust: TrustRow; mayWrite: boolean }

/** One trusted issuer: whom it believes about what, when it was last used, and what can be done with it. */
export function TrustItem({ org, account, trust, mayWrite }: TrustItemProps) {
  const [opened, setOpened] = useState<'edit' | 'try' | null>(null)
  const close = () => setOpened(null)
  const items: MenuItem[] = [
    { label: 'Try a token', icon: <FlaskConical aria-hidden="true" />, onSelect: () => setOpened('try') },
    { label: 'Edit', icon: <Pencil aria-hidden="true" />, onSelect: () => setOpened('edit') },
    trust.status === 'active'
      ? { label: 'Suspend', icon: <Ban aria-hidden="true" />, onSelect: () => void turnTrust(org, trust, 'suspended') }
      : { label: 'Resume', icon: <Play aria-hidden="true" />, onSelect: () => void turnTrust(org, trust, 'active') },
    { label: 'Stop trusting…', icon: <Trash2 aria-hidden="true" />, danger: true, onSelect: () => deleteTrust(org, trust) },
  ]
  return (
    <li className="flex items-start justify-between gap-3 border-t border-line py-3 first:border-t-0">
      <div className="grid min-w-0 gap-1">
        <p>
          <strong className="font-semibold">{trust.name}</strong> <StatusPill tone={trust.status === 'active' ? 'ok' : 'warn'}>{trust.status === 'active' ? 'Active' : 'Suspended'}</StatusPill>
        </p>
        <p className="mono break-all">{trust.issuer}</p>
        <p className="text-ink-2 break-words">
          for <span className="mono">{trust.audience}</span>, when {trust.conditions.map(toldCondition).join(' and ')}
        </p>
        <p className="text-ink-2">
          Last used <RelativeTime at={trust.lastUsedAt} never="never" />
        </p>
      </div>
      {mayWrite ? <MenuButton label={`Actions for ${trust.name}`} icon={<MoreHorizontal aria-hidden="true" />} items={items} /> : null}
      {opened === null ? null : (
        <Suspense>
          {opened === 'edit' ? (
            <TrustDialog org={org} account={account} audience={trust.audience} trust={trust} open onOpenChange={close} />
          ) : (
            <TryTokenDialog org={org} trust={trust} open onOpenChange={close} />
          )}
        </Suspense>
      )}
    </li>
  )
}
