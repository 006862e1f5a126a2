import { FolderInput, FolderOpen, Pencil, Trash2 } from 'lucide-react'
import type { MenuItem } from '@/components/ui/menu-item'
import type { Denied } from '@/lib/features/resources/denials'
import { removeResource, type DeedSubject } from './resource-deeds'
import { askFor } from './resource-requests'

/** A resource with what the menu must know: what may not be done, and the rule its name follows. */
export type MenuSubject = DeedSubject & { denied: Denied }
export type NameRules = Readonly<Record<string, { pattern: string | null; text: string | null }>>

const icon = (Icon: typeof Pencil) => <Icon aria-hidden="true" />
const unless = (reason: string | null) => (reason === null ? {} : { disabledReason: reason })

type MenuPlace = { org: string; nameRules: NameRules; onDeleted?: (subject: DeedSubject) => void }

/** What can be done with one resource; what cannot be done is there with the reason. */
export function resourceMenu({ org, nameRules, onDeleted }: MenuPlace, subject: MenuSubject, withOpen = true): MenuItem[] {
  const { id, denied, type, name } = subject
  const resource = { id, type, name }
  const rule = nameRules[type] ?? { pattern: null, text: null }
  return [
    ...(withOpen ? [{ label: 'Open', icon: icon(FolderOpen), href: `/${org}/folders/${id}` }] : []),
    { label: 'Rename', icon: icon(Pencil), onSelect: () => askFor({ kind: 'rename', resource, rule }), ...unless(denied.rename) },
    { label: 'Move to…', icon: icon(FolderInput), onSelect: () => askFor({ kind: 'move', resource }), ...unless(denied.move) },
    { label: 'Delete…', icon: icon(Trash2), danger: true, onSelect: () => removeResource(org, subject, () => onDeleted?.(subject)), ...unless(denied.delete) },
  ]
}
