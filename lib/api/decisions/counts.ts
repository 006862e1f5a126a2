import { Counter } from 'prom-client'
import { processWide } from '@/lib/process-state'
import { metrics } from '@/lib/server/metrics'

export type Outcome = 'allow' | 'deny'

function makeCounts() {
  const counts: Record<Outcome, number> = { allow: 0, deny: 0 }
  // Plain numbers, given to the library when somebody reads them: its labels cost as much as a decision.
  new Counter({
    name: 'gatehouse_decisions_total', help: 'Decisions answered to programs', labelNames: ['outcome'] as const, registers: [metrics().registry],
    collect() {
      this.reset()
      this.inc({ outcome: 'allow' }, counts.allow)
      this.inc({ outcome: 'deny' }, counts.deny)
    },
  })
  return counts
}

let found: Record<Outcome, number> | undefined

/** What this process answered since it started. */
export const decisionCounts = (): Record<Outcome, number> => (found ??= processWide('decision-counts', makeCounts))
