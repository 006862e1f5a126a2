import { StatusPill, type Tone } from '@/components/ui/status-pill'
import type { Outcome } from '@/lib/access/engine/explain'
import type { ToldAssignment } from '@/lib/features/explanations/told'

const MARKS: Readonly<Record<Outcome, { tone: Tone; label: string }>> = {
  grants: { tone: 'ok', label: 'Grants it' },
  expired: { tone: 'warn', label: 'Ended' },
  'held-too-low': { tone: 'warn', label: 'Held too low' },
  'not-chosen': { tone: 'warn', label: 'Not chosen' },
  elsewhere: { tone: 'warn', label: 'Held elsewhere' },
  'lacks-permission': { tone: 'neutral', label: 'Lacks it' },
}

/** Every assignment that was looked at, with what came of it. */
export function ConsideredList({ considered }: { considered: readonly ToldAssignment[] }) {
  if (considered.length === 0) return <p className="text-ink-2">No role is held here or above, and none elsewhere permits it.</p>
  return (
    <ul className="considered" aria-label="Role assignments looked at">
      {considered.map(({ id, role, via, scope, through, outcome, words, given }, index) => (
        <li key={id ?? `floor ${index}`}>
          <StatusPill tone={MARKS[outcome].tone}>{MARKS[outcome].label}</StatusPill>
          <div className="min-w-0">
            <p>
              <strong className="font-medium">{role}</strong> on {scope.name} <span className="text-ink-3">({scope.typeTitle.toLowerCase()})</span>
              {via === null ? null : <> through {via}</>} {words}.
            </p>
            <p className="text-[13px] text-ink-3">
              {through.length > 0 ? `Inherited through ${through.map(({ name }) => name).join(' / ')}. ` : ''}
              {given ? `${given.charAt(0).toUpperCase()}${given.slice(1)}.` : ''}
            </p>
          </div>
        </li>
      ))}
    </ul>
  )
}
