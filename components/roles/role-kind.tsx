import { Lock } from 'lucide-react'
import { Badge } from '@/components/ui/badge'
import type { RoleKind } from '@/lib/features/roles/view'

/** Whether a role came with the access model, and so cannot be changed, or is the organization's own. */
export function RoleKindBadge({ kind, isFloor }: { kind: RoleKind; isFloor: boolean }) {
  if (kind === 'custom') return <Badge>Custom</Badge>
  return (
    <Badge title={isFloor ? 'Comes with the access model; held by everybody and cannot be taken' : 'Comes with the access model and cannot be changed'}>
      <span className="inline-flex items-center gap-1">
        <Lock aria-hidden="true" className="size-3" />
        Built-in
      </span>
    </Badge>
  )
}
