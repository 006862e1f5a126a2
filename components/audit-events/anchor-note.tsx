import { CopyButton } from '@/components/ui/copy-button'

/** The anchor in two values, and what it is good for. */
export function AnchorNote({ anchor }: { anchor: { count: number; head: string } | null }) {
  if (!anchor) return <p>The anchor of this log is gone. Verify the chain to learn more.</p>
  return (
    <section aria-label="Anchor" className="rounded-[6px] border border-line bg-sunken p-3">
      <div className="flex items-start justify-between gap-3">
        <dl className="grid min-w-0 grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1">
          <dt className="text-ink-3">Count</dt>
          <dd className="num">{anchor.count}</dd>
          <dt className="text-ink-3">Head</dt>
          <dd className="mono break-all">{anchor.head || '–'}</dd>
        </dl>
        <CopyButton text={`${anchor.count} ${anchor.head}`} label="Copy anchor" />
      </div>
      <p className="mt-2 text-[13px] text-ink-2">
        How many entries are sealed, and the last seal. Keep a copy outside the database from time to time: with it nobody, not even who runs the database, can cut the log back to an earlier state
        unnoticed.
      </p>
    </section>
  )
}
