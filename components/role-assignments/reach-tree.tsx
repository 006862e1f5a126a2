'use client'
import { useState, useTransition } from 'react'
import { refusalText } from '@/components/forms/refusal-text'
import { Banner } from '@/components/ui/banner'
import { Chip } from '@/components/ui/chip'
import { RelativeTime } from '@/components/ui/relative-time'
import { Skeleton } from '@/components/ui/skeleton'
import { findOwnReachAction, findReachAction } from '@/lib/features/role-assignments/actions'
import type { ReachGrant, ReachLevel, ReachNode } from '@/lib/features/role-assignments/rules'
import { EffectivePermissions } from './effective-permissions'

/** Whose access: the reader's own, or that of this principal; and whether the reader may have it explained. */
export type ReachOwner = { org: string; principalId: string | null; mayExplain?: boolean | undefined }

type ReachTreeProps = ReachOwner & { first: ReachLevel; /** Said when nothing is held. */ none: string }

/** What somebody can reach, as a tree of only the branches where a role is held; each opens to what is below. */
export function ReachTree({ first, none, ...owner }: ReachTreeProps) {
  if (first.nodes.length === 0) return <p className="text-ink-2">{none}</p>
  return <Level owner={owner} level={first} isOpen />
}

function Level({ owner, level, isOpen = false }: { owner: ReachOwner; level: ReachLevel; isOpen?: boolean }) {
  return (
    <ul className="reach">
      {level.nodes.map((node) => (
        <Branch key={node.id} owner={owner} node={node} isOpen={isOpen} />
      ))}
      {level.isCut ? <li className="dim py-1">and more, too many to show here</li> : null}
    </ul>
  )
}

function Branch({ owner, node, isOpen }: { owner: ReachOwner; node: ReachNode; isOpen: boolean }) {
  const [level, setLevel] = useState<ReachLevel | null>(null)
  const [failure, setFailure] = useState<string | null>(null)
  const [, startTransition] = useTransition()
  const load = () => {
    if (level !== null) return
    startTransition(async () => {
      const asking = owner.principalId === null ? findOwnReachAction(owner.org, { parentId: node.id }) : findReachAction(owner.org, { id: owner.principalId, parentId: node.id })
      const result = await asking.catch(() => null)
      setFailure(result === null ? 'The server did not answer. Close and open it again.' : result.ok ? null : refusalText(result.refusal))
      if (result?.ok) setLevel(result.value)
    })
  }
  const below = failure ? <Banner tone="bad" live>{failure}</Banner> : level ? <Level owner={owner} level={level} /> : <Skeleton className="block h-8 w-64" />
  return (
    <li>
      <div className="reach-line">
        <span className="font-semibold">{node.name}</span>
        <span className="dim text-[13px]">{node.typeTitle}</span>
        {node.grants.map((grant) => (
          <Grant key={grant.id} grant={grant} />
        ))}
        <EffectivePermissions owner={owner} node={node} />
      </div>
      {node.hasBelow ? (
        <details onToggle={(event) => event.currentTarget.open && load()} className="reach-below" data-first={isOpen ? '' : undefined}>
          <summary className="text-link inline-block text-[13px]">Below {node.name}</summary>
          {below}
        </details>
      ) : null}
    </li>
  )
}

function Grant({ grant: { title, via, expiresAt, only } }: { grant: ReachGrant }) {
  return (
    <span className="inline-flex flex-wrap items-center gap-1.5">
      <Chip label={title} dashed={via !== null} {...(via && { detail: `through ${via.name}` })} />
      {only.length > 0 ? <span className="dim text-[13px]">only {only.join(', ')}</span> : null}
      {expiresAt ? (
        <span className="dim text-[13px]">
          ends <RelativeTime at={expiresAt} />
        </span>
      ) : null}
    </span>
  )
}
