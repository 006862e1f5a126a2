import { Banner } from '@/components/ui/banner'
import type { ImpactLine, ModelImpact } from '@/lib/features/access-models/impact-lines'

const lineText = ({ count, what }: ImpactLine): string => `${count} ${what}.`

function Lines({ lines }: { lines: readonly ImpactLine[] }) {
  return (
    <ul className="list-disc pl-5">
      {lines.map((line) => (
        <li key={line.kind}>
          {lineText(line)}
          {line.examples.length > 0 ? <span className="text-ink-2"> For example {line.examples.join('; ')}.</span> : null}
        </li>
      ))}
    </ul>
  )
}

/** What saving a model would do: what is in the way, what breaks, what is new, who gains and loses what. */
export function ImpactView({ impact }: { impact: ModelImpact }) {
  const { changes, refused, breaks, shifts, shiftCount } = impact
  const isNothing = changes.length + refused.length + breaks.length + shifts.length === 0
  return (
    <section aria-label="What saving would do" className="grid gap-3">
      {refused.length > 0 ? (
        <Banner tone="bad" title="This cannot be saved yet" live>
          <Lines lines={refused} />
        </Banner>
      ) : null}
      {breaks.length > 0 ? (
        <Banner tone="warn" title="This breaks what is in use" live>
          <Lines lines={breaks} />
        </Banner>
      ) : null}
      {isNothing ? <Banner tone="ok" live>Nothing changes but titles, descriptions or rules.</Banner> : null}
      {changes.length > 0 ? (
        <div>
          <h3 className="font-semibold">In the model</h3>
          <ul className="text-ink-2">
            {changes.map(({ kind, change, name, title }) => (
              <li key={`${kind} ${name}`}>
                {change === 'added' ? '+ ' : change === 'removed' ? '− ' : '~ '}
                {kind} {title} <code className="mono text-ink-3">{name}</code> {change}
              </li>
            ))}
          </ul>
        </div>
      ) : null}
      <div>
        <h3 className="font-semibold">Who gains and loses what</h3>
        {shifts.length === 0 ? <p className="text-ink-2">Nobody who holds a role.</p> : null}
        <ul className="grid gap-2">
          {shifts.map(({ principal, scope, gains, loses }) => (
            <li key={`${principal.id} ${scope.id}`}>
              <span className="font-medium">{principal.name}</span> in {scope.name}
              {loses.length > 0 ? <p className="text-[13px] text-bad">loses {loses.join(', ')}</p> : null}
              {gains.length > 0 ? <p className="text-[13px] text-ok">gains {gains.join(', ')}</p> : null}
            </li>
          ))}
        </ul>
        {shiftCount > shifts.length ? <p className="text-ink-2">And {(shiftCount - shifts.length).toLocaleString('en')} more.</p> : null}
      </div>
    </section>
  )
}
