import { StatusPill, type Tone } from '@/components/ui/status-pill'
import type { AuditRow } from '@/lib/features/audit-events/page-rows'

const LOOKS: Record<AuditRow['outcome'], { tone: Tone; label: string; title: string }> = {
  success: { tone: 'ok', label: 'Done', title: 'It happened' },
  denied: { tone: 'bad', label: 'Denied', title: 'Refused: a permission was missing' },
  failed: { tone: 'warn', label: 'Failed', title: 'Refused for another reason, or it did not work' },
}

/** What became of it, in a word and a colour. */
export function OutcomePill({ outcome }: { outcome: AuditRow['outcome'] }) {
  const { tone, label, title } = LOOKS[outcome]
  return (
    <StatusPill tone={tone} title={title}>
      {label}
    </StatusPill>
  )
}
