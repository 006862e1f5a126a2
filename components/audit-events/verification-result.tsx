import Link from 'next/link'
import { Banner } from '@/components/ui/banner'
import { toRoute } from '@/components/ui/route'
import type { VerificationReport } from '@/lib/features/audit-events/reading'
import { utcText } from './utc-time'

const KINDS: Readonly<Record<string, string>> = {
  changed: 'Changed', removed: 'Removed', inserted: 'Put in', reordered: 'Moved', anchor: 'Anchor', 'unsealed-missing': 'Removed before its seal', key: 'Key missing',
}

const secondsOf = (ms: number): string => (ms < 1000 ? `${ms} ms` : `${(ms / 1000).toFixed(1)} s`)

/** What a verification found. */
export function VerificationResult({ report, org }: { report: VerificationReport; org: string }) {
  const when = `${utcText(Date.parse(report.verifiedAt))} UTC, in ${secondsOf(report.tookMs)}`
  if (report.state === 'intact')
    return (
      <Banner tone="ok" live title="The chain is intact">
        {report.count.toLocaleString('en')} {report.count === 1 ? 'entry' : 'entries'}, none changed, removed or put in. Verified {when}.
      </Banner>
    )
  return (
    <div className="grid gap-2">
      <Banner tone="bad" live title={`The chain is broken: ${report.total.toLocaleString('en')} ${report.total === 1 ? 'problem' : 'problems'}`}>
        Somebody with access to the database changed the log, or its key is missing. Keep a copy of the database and compare it with your backups. Verified {when}.
      </Banner>
      <ul aria-label="Problems" className="max-h-60 overflow-y-auto text-[13px]" tabIndex={0}>
        {report.problems.map((problem, index) => (
          <li key={index} className="border-b border-line-soft py-1.5 wrap-anywhere">
            <b className="font-[550]">{KINDS[problem.kind] ?? problem.kind}</b>
            {problem.sequence ? ` at number ${problem.sequence}` : ''}: {problem.reason}
            {problem.eventId && problem.kind !== 'removed' && problem.kind !== 'unsealed-missing' ? (
              <>
                {' '}
                <Link href={toRoute(`/${org}/audit?event=${problem.eventId}`)} prefetch={false} className="text-link">
                  Show the entry
                </Link>
              </>
            ) : null}
          </li>
        ))}
        {report.total > report.problems.length ? <li className="py-1.5">and {(report.total - report.problems.length).toLocaleString('en')} more</li> : null}
      </ul>
    </div>
  )
}
