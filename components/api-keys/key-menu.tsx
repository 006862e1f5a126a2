import { Ban, Info, Pencil, Play, RefreshCw, Trash2 } from 'lucide-react'
import type { MenuItem } from '@/components/ui/menu-item'
import type { KeyRow } from '@/lib/features/api-keys/page-rules'
import { resumeKeys, revokeKeys, suspendKeys } from './key-deeds'
import type { KeyDoors } from './key-doors'

const icon = (Icon: typeof Ban) => <Icon aria-hidden="true" />

export type KeyDialog = 'details' | 'rotate' | 'edit'

/** Why a key cannot be rotated; undefined when it can. */
function rotationRefused({ isOwn, owner, status, replacedBy }: KeyRow): string | undefined {
  if (status === 'revoked') return 'It was revoked, which is for good'
  if (replacedBy !== null) return 'It was rotated already; rotate the new one'
  return isOwn || owner.type === 'service_account' ? undefined : 'Only its owner can: the new secret is shown to whoever rotates'
}

/** What can be done with one key; what cannot be done now is there with the reason. */
export function keyMenu(doors: KeyDoors, row: KeyRow, mayChange: boolean, onOpen: (dialog: KeyDialog) => void): MenuItem[] {
  const details: MenuItem = { label: 'Details', icon: icon(Info), onSelect: () => onOpen('details') }
  if (!mayChange) return [details]
  const over = row.status === 'revoked' ? { disabledReason: 'It was revoked, which is for good' } : {}
  const rotation = rotationRefused(row)
  return [
    details,
    { label: 'Rotate…', icon: icon(RefreshCw), onSelect: () => onOpen('rotate'), ...(rotation !== undefined && { disabledReason: rotation }) },
    row.status === 'suspended'
      ? { label: 'Resume', icon: icon(Play), onSelect: () => void resumeKeys(doors, [row]) }
      : { label: 'Suspend', icon: icon(Ban), onSelect: () => void suspendKeys(doors, [row]), ...over, ...(row.status === 'expired' && { disabledReason: 'It has expired, so it does not work anyway' }) },
    { label: 'Edit name and end', icon: icon(Pencil), onSelect: () => onOpen('edit'), ...over },
    { label: 'Revoke…', icon: icon(Trash2), danger: true, onSelect: () => revokeKeys(doors, [row]), ...over },
  ]
}
