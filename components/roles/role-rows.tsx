'use client'
import { Plus } from 'lucide-react'
import { Banner } from '@/components/ui/banner'
import { Button } from '@/components/ui/button'
import { Skeleton } from '@/components/ui/skeleton'
import type { RolePicking } from '@/lib/features/roles/choices'
import { newDraft, type RoleDraft } from './role-drafts'
import { RoleLine } from './role-line'

type RoleRowsProps = {
  org: string
  picking: RolePicking | null
  failure: string | null
  drafts: readonly RoleDraft[]
  onChange: (drafts: RoleDraft[]) => void
  /** Said when there is no line. */
  none: string
}

/** Roles to give, a line each: which, where, until when. */
export function RoleRows({ org, picking, failure, drafts, onChange, none }: RoleRowsProps) {
  if (failure) return <Banner tone="bad" live>{failure}</Banner>
  if (!picking) return <Skeleton className="block h-9 w-full" />
  const isFull = picking.isOneRoleEach && drafts.length > 0
  const add = () => {
    const draft = newDraft(picking)
    if (draft) onChange([...drafts, draft])
  }
  return (
    <fieldset className="grid gap-3">
      <legend className="label mb-1">Roles</legend>
      {drafts.length === 0 ? <p className="text-ink-2">{none}</p> : null}
      {drafts.map((draft, index) => (
        <RoleLine
          key={draft.key}
          org={org}
          picking={picking}
          index={index}
          draft={draft}
          onChange={(changed) => onChange(drafts.map((each) => (each.key === draft.key ? changed : each)))}
          onRemove={picking.isOneRoleEach ? null : () => onChange(drafts.filter((each) => each.key !== draft.key))}
        />
      ))}
      {isFull ? null : (
        <div>
          <Button size="small" icon={<Plus aria-hidden="true" />} onClick={add}>
            {drafts.length === 0 ? 'Add a role' : 'Add another role'}
          </Button>
        </div>
      )}
    </fieldset>
  )
}
