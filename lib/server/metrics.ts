import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client'
import { processWide } from '@/lib/process-state'

/** What kind of thing was asked for: keeps the number of series small. */
export type RouteKind = 'page' | 'action' | 'api' | 'static' | 'health'

function makeMetrics() {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, prefix: 'gatehouse_' })
  const duration = new Histogram({
    name: 'gatehouse_http_request_duration_seconds', help: 'Time from request to answer', registers: [registry],
    labelNames: ['kind', 'status'] as const, buckets: [0.001, 0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
  })
  const refusals = new Counter({ name: 'gatehouse_refusals_total', help: 'Requests refused before they reached a door', registers: [registry], labelNames: ['code'] as const })
  return { registry, duration, refusals }
}

/** The process's counters; names and addresses never become labels. */
export const metrics = () => processWide('metrics', makeMetrics)
