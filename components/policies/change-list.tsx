import { Minus, Plus } from 'lucide-react'
import type { PolicyChanges } from './policy-changes'

/** Statements that come and go by a save. */
export function ChangeList({ changes: { added, removed } }: { changes: PolicyChanges }) {
  if (added.length === 0 && removed.length === 0) return <p className="text-ink-2">No statement comes or goes: only layout, order or comments change.</p>
  return (
    <div className="grid gap-3">
      <Part title="Added" lines={added} />
      <Part title="Taken away" lines={removed} />
    </div>
  )
}

function Part({ title, lines }: { title: 'Added' | 'Taken away'; lines: readonly string[] }) {
  if (lines.length === 0) return null
  const Icon = title === 'Added' ? Plus : Minus
  return (
    <section aria-label={title}>
      <h3 className="flex items-center gap-1.5 font-semibold">
        <Icon aria-hidden="true" className={`size-4 ${title === 'Added' ? 'text-ok' : 'text-bad'}`} />
        {title}
      </h3>
      <ul className="mt-1 max-h-44 overflow-y-auto pl-5.5" tabIndex={0} aria-label={title}>
        {lines.map((line, at) => (
          <li key={at} className="wrap-anywhere">
            {line}
          </li>
        ))}
      </ul>
    </section>
  )
}
