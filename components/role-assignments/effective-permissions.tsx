'use client'
import { useState, useTransition } from 'react'
import { refusalText } from '@/components/forms/refusal-text'
import { Button } from '@/components/ui/button'
import { TextLink } from '@/components/ui/text-link'
import { explainAddress } from '@/lib/features/explanations/address'
import type { PermissionGroup } from '@/lib/features/roles/describe'
import { findEffectiveAction, findOwnEffectiveAction } from '@/lib/features/role-assignments/actions'
import type { ReachOwner } from './reach-tree'

/** What comes of all roles and policies at one place, shown when asked for. */
export function EffectivePermissions({ owner: { org, principalId, mayExplain = false }, node }: { owner: ReachOwner; node: { id: string; name: string } }) {
  const [groups, setGroups] = useState<readonly PermissionGroup[] | null>(null)
  const [failure, setFailure] = useState<string | null>(null)
  const [isOpen, setOpen] = useState(false)
  const [pending, startTransition] = useTransition()
  const toggle = () =>
    startTransition(async () => {
      if (isOpen) return setOpen(false)
      const result = await (principalId === null ? findOwnEffectiveAction(org, { resourceId: node.id }) : findEffectiveAction(org, { id: principalId, resourceId: node.id })).catch(() => null)
      setFailure(result === null ? 'The server did not answer. Try again.' : result.ok ? null : refusalText(result.refusal))
      setGroups(result?.ok ? result.value : null)
      setOpen(true)
    })
  return (
    <>
      <Button size="small" variant="quiet" pending={pending} aria-expanded={isOpen} aria-label={`What may be done in ${node.name}`} onClick={toggle}>
        {isOpen ? 'Hide permissions' : 'Permissions'}
      </Button>
      {isOpen ? (
        <div className="basis-full rounded-md border border-line p-3">
          {failure ? <p role="alert" className="text-bad">{failure}</p> : null}
          {groups?.length === 0 ? <p className="text-ink-2">Nothing at present.</p> : null}
          <div className="grid gap-x-8 gap-y-3 md:grid-cols-3">
            {groups?.map(({ group, permissions }) => (
              <div key={group}>
                <h4 className="font-semibold">{group}</h4>
                <ul className="text-ink-2">
                  {permissions.map(({ name, title, description }) => (
                    <li key={name} title={description}>
                      {mayExplain && principalId !== null ? <TextLink href={explainAddress(org, { who: principalId, action: name, resource: node.id })}>{title}</TextLink> : title}
                    </li>
                  ))}
                </ul>
              </div>
            ))}
          </div>
        </div>
      ) : null}
    </>
  )
}
