import { Lock } from 'lucide-react'
import { Badge } from '@/components/ui/badge'
import { managedReason, managerInWords, type ManagedBy } from '@/lib/features/provisioning/rules'

/** Beside the name of what a directory decides about. */
export function ManagedBadge({ by }: { by: ManagedBy }) {
  return (
    <Badge title={managedReason(by)}>
      <Lock aria-hidden="true" className="mr-1 inline size-3" />
      <span className="sr-only">Managed by </span>
      {managerInWords(by)}
    </Badge>
  )
}
