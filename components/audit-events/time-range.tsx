'use client'
import { CalendarRange, ChevronDown } from 'lucide-react'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import type { SubmitEvent } from 'react'
import { HiddenParams } from '@/components/data-table/hidden-params'
import { Disclosure } from '@/components/ui/disclosure'
import { toRoute } from '@/components/ui/route'
import { DEFAULT_RANGE, RANGES, type RangeKey } from '@/lib/features/audit-events/rules'
import { useAuditAddress } from './audit-address'
import { fieldText, tickText } from './utc-time'

type TimeRangeProps = { range: RangeKey | null; from: number; to: number }

/** Which time the log is looked at: a range one press away, or one's own. */
export function TimeRange({ range, from, to }: TimeRangeProps) {
  const { params, to: addressTo } = useAuditAddress()
  const router = useRouter()
  const label = RANGES.find((each) => each.key === range)?.label ?? `${tickText(from)} to ${tickText(to)} UTC`
  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault()
    const data = new FormData(event.currentTarget)
    const [begin, end] = [String(data.get('from') ?? ''), String(data.get('to') ?? '')]
    event.currentTarget.closest('details')?.removeAttribute('open')
    if (begin !== '') router.push(toRoute(addressTo({ range: null, from: begin, to: end || null })), { scroll: false })
  }
  return (
    <Disclosure
      name="table-filter"
      label={`Time: ${label}`}
      summaryClass="btn"
      summary={
        <>
          <CalendarRange aria-hidden="true" />
          {label}
          <ChevronDown aria-hidden="true" />
        </>
      }
    >
      <div className="popup filter-panel" role="group" aria-label="Time">
        <ul className="mb-2">
          {RANGES.map((each) => (
            <li key={each.key}>
              <Link
                href={toRoute(addressTo({ range: each.key === DEFAULT_RANGE ? null : each.key, from: null, to: null }))}
                prefetch={false}
                scroll={false}
                className="menu-item"
                aria-current={each.key === range ? 'true' : undefined}
              >
                {each.label}
              </Link>
            </li>
          ))}
        </ul>
        <form key={`${from} ${to}`} onSubmit={submit}>
          <label className="label mb-2">
            From (UTC)
            <input className="input mt-1" type="datetime-local" name="from" defaultValue={fieldText(from)} required />
          </label>
          <label className="label mb-2">
            To (UTC)
            <input className="input mt-1" type="datetime-local" name="to" defaultValue={range === null ? fieldText(to) : ''} />
          </label>
          <HiddenParams params={params} except={['from', 'to', 'range', 'event']} />
          <button className="btn btn-small">Apply</button>
        </form>
      </div>
    </Disclosure>
  )
}
