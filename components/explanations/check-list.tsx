import { Check as Tick, Minus, X } from 'lucide-react'
import type { Check } from '@/lib/features/explanations/told'

const ICONS = { yes: Tick, no: X, open: Minus }
const WORDS = { yes: 'yes', no: 'no', open: 'not looked at' }

/** The questions to ask when somebody cannot do something, answered in order. */
export function CheckList({ checks }: { checks: readonly Check[] }) {
  return (
    <ol className="check-list">
      {checks.map(({ label, state, detail }) => {
        const Icon = ICONS[state]
        return (
          <li key={label} data-state={state}>
            <Icon aria-hidden="true" />
            <span>
              {label} <span className="sr-only">({WORDS[state]})</span>
              {detail ? <span className="text-ink-2"> {detail}</span> : null}
            </span>
          </li>
        )
      })}
    </ol>
  )
}
