'use client'
import { Ellipsis, FolderInput, SlidersHorizontal } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { Button } from '@/components/ui/button'
import { MenuButton } from '@/components/ui/menu-button'
import { toRoute } from '@/components/ui/route'
import type { AttributeType } from '@/lib/access/models/access-model'
import type { AttributeValue } from '@/lib/features/resources/rules'
import { resourceMenu, type MenuSubject, type NameRules } from './resource-menu'
import { askFor } from './resource-requests'

type ResourceActionsProps = { org: string; subject: MenuSubject; nameRules: NameRules; parentHref: string }

/** What can be done with the resource of a page. */
export function ResourceActions({ org, subject, nameRules, parentHref }: ResourceActionsProps) {
  const router = useRouter()
  const { id, type, name, denied } = subject
  const items = resourceMenu({ org, nameRules, onDeleted: () => router.push(toRoute(parentHref)) }, subject, false)
  return (
    <>
      <Button
        icon={<FolderInput aria-hidden="true" />}
        disabled={denied.move !== null}
        title={denied.move ?? undefined}
        onClick={() => askFor({ kind: 'move', resource: { id, type, name } })}
      >
        Move to…
      </Button>
      <MenuButton label={`Actions for ${name}`} icon={<Ellipsis aria-hidden="true" />} items={items} />
    </>
  )
}

type EditDetailsProps = {
  resource: { id: string; type: string; name: string }
  externalId: string | null
  attributes: Readonly<Record<string, AttributeValue>>
  declared: readonly (readonly [string, AttributeType])[]
  disabledReason: string | null
}

/** Opens the details of the page's resource for editing. */
export function EditDetailsButton({ disabledReason, ...details }: EditDetailsProps) {
  return (
    <Button size="small" icon={<SlidersHorizontal aria-hidden="true" />} disabled={disabledReason !== null} title={disabledReason ?? undefined} onClick={() => askFor({ kind: 'details', ...details })}>
      Edit details
    </Button>
  )
}
