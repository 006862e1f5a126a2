import { Unlink, Workflow } from 'lucide-react'
import type { MenuItem } from '@/components/ui/menu-item'
import { managerInWords } from '@/lib/features/provisioning/rules'
import { directoryHref } from './directory-href'
import { release, type Managed } from './managed-deeds'

/** Lines of a menu for what a directory decides about: where that is, and to take it back. */
export function managedMenu(org: string, managed: Managed): MenuItem[] {
  const { managedBy } = managed
  if (managedBy === null) return []
  const directory = managerInWords(managedBy)
  return [
    { label: 'Show directory', icon: <Workflow aria-hidden="true" />, href: directoryHref(org, managedBy.id), detail: directory },
    { label: `Release from ${directory}…`, icon: <Unlink aria-hidden="true" />, onSelect: () => release(org, managed) },
  ]
}
