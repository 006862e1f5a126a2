import { Ban, Bot, Pencil, Play, Trash2 } from 'lucide-react'
import type { MenuItem } from '@/components/ui/menu-item'
import { deleteAccount, resumeAccount, suspendAccount, type Account } from './account-deeds'

const icon = (Icon: typeof Ban) => <Icon aria-hidden="true" />

/** What changes one account, as its list and its page offer it. */
export const accountChanges = (org: string, account: Account, onEdit: () => void, onDeleted?: () => void): MenuItem[] => [
  { label: 'Edit name and description', icon: icon(Pencil), onSelect: onEdit },
  account.status === 'suspended'
    ? { label: 'Resume', icon: icon(Play), onSelect: () => void resumeAccount(org, account) }
    : { label: 'Suspend', icon: icon(Ban), onSelect: () => void suspendAccount(org, account) },
  { label: 'Delete…', icon: icon(Trash2), danger: true, onSelect: () => deleteAccount(org, account, onDeleted) },
]

/** The menu of a row; readers may only open it. */
export const accountMenu = (org: string, account: Account, mayWrite: boolean, onEdit: () => void): MenuItem[] => [
  { label: 'Open', icon: icon(Bot), href: `/${org}/service-accounts/${account.id}` },
  ...(mayWrite ? accountChanges(org, account, onEdit) : []),
]
