'use client'
import { useRouter } from 'next/navigation'
import { useId, useTransition } from 'react'
import { toRoute } from '@/components/ui/route'
import type { Bucket } from '@/lib/features/audit-events/rules'
import { useAuditAddress } from './audit-address'
import { useBarSelection } from './use-bar-selection'
import { tickText } from './utc-time'

const HEIGHT = 56
const UNIT = 10

const told = ({ count, exact }: Bucket): string => `${exact ? '' : 'about '}${count.toLocaleString('en')} ${count === 1 ? 'event' : 'events'}`
const nameOf = (bucket: Bucket): string => `${tickText(bucket.from)} to ${tickText(bucket.to)} UTC: ${told(bucket)}`

/** What the picture says, in words. */
function summaryOf(buckets: readonly Bucket[]): string {
  const total = buckets.reduce((sum, bucket) => sum + bucket.count, 0)
  const most = buckets.reduce<Bucket | null>((best, bucket) => (bucket.count > (best?.count ?? 0) ? bucket : best), null)
  if (!most) return 'No events in this time.'
  const sum = told({ from: 0, to: 0, count: total, exact: buckets.every((bucket) => bucket.exact) })
  return `${sum}; most, ${most.exact ? '' : 'about '}${most.count.toLocaleString('en')}, from ${tickText(most.from)} to ${tickText(most.to)} UTC.`
}

/** Events over time. Dragging over bars, or arrow keys with Shift and Enter, narrows the time to them. */
export function Histogram({ buckets }: { buckets: readonly Bucket[] }) {
  const { to } = useAuditAddress()
  const router = useRouter()
  const id = useId()
  const [pending, startTransition] = useTransition()
  const most = Math.max(1, ...buckets.map((bucket) => bucket.count))
  const iso = (at: number) => new Date(at).toISOString()
  const { first, last, focus, handlers } = useBarSelection(buckets.length, (from, upTo) => {
    const [begin, end] = [buckets[from], buckets[upTo]]
    if (begin && end) startTransition(() => router.push(toRoute(to({ range: null, from: iso(begin.from), to: iso(end.to) })), { scroll: false }))
  })
  const heightOf = (count: number) => (count === 0 ? 0 : Math.max(2, (count / most) * HEIGHT))
  const [begin, end] = [buckets[Math.max(first, 0)], buckets[last]]
  return (
    <figure aria-busy={pending} className="min-w-0">
      <svg
        role="listbox"
        aria-label="Events over time"
        aria-multiselectable="true"
        aria-describedby={id}
        aria-activedescendant={focus < 0 ? undefined : `${id}-${focus}`}
        tabIndex={0}
        viewBox={`0 0 ${buckets.length * UNIT} ${HEIGHT}`}
        preserveAspectRatio="none"
        className="block h-14 w-full cursor-crosshair touch-pan-y rounded-[3px] select-none"
        {...handlers}
      >
        {buckets.map((bucket, index) => {
          const isChosen = index >= first && index <= last && first >= 0
          return (
            <g key={bucket.from} id={`${id}-${index}`} role="option" aria-selected={isChosen} aria-label={nameOf(bucket)}>
              <title>{nameOf(bucket)}</title>
              <rect x={index * UNIT} y={0} width={UNIT} height={HEIGHT} className={isChosen ? 'fill-tint' : 'fill-transparent'} />
              <rect x={index * UNIT + 1} y={HEIGHT - heightOf(bucket.count)} width={UNIT - 2} height={heightOf(bucket.count)} className={first >= 0 && !isChosen ? 'fill-accent opacity-30' : 'fill-accent'} />
            </g>
          )
        })}
        <rect x={0} y={HEIGHT - 0.5} width={buckets.length * UNIT} height={0.5} className="fill-line" aria-hidden="true" />
      </svg>
      <figcaption className="mt-1 flex flex-wrap justify-between gap-x-4 text-[12px] text-ink-3">
        <span className="num">{tickText(buckets[0]?.from ?? 0)}</span>
        <span id={id} className="num order-last w-full md:order-none md:w-auto" aria-live="polite">
          {first >= 0 && begin && end ? `${tickText(begin.from)} to ${tickText(end.to)} UTC; press Enter or let go to look at it` : summaryOf(buckets)}
        </span>
        <span className="num">{tickText(buckets.at(-1)?.to ?? 0)}</span>
      </figcaption>
    </figure>
  )
}
