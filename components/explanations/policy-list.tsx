import { StatusPill, type Tone } from '@/components/ui/status-pill'
import { TextLink } from '@/components/ui/text-link'
import type { ToldPolicy, ToldStatement } from '@/lib/features/explanations/told'

const OUTCOMES: Readonly<Record<ToldPolicy['outcome'], { tone: Tone; label: string }>> = {
  allows: { tone: 'ok', label: 'Permits' }, forbids: { tone: 'bad', label: 'Forbids' }, silent: { tone: 'neutral', label: 'Silent' },
}

/** What each policy said: of groups each by itself, and the guardrails; every statement about the action with what came of it. */
export function PolicyList({ policies }: { policies: readonly ToldPolicy[] }) {
  return (
    <ul className="considered" aria-label="Policies asked">
      {policies.map(({ owner, groupId, href, outcome, words, statements }) => (
        <li key={groupId ?? 'guardrails'}>
          <StatusPill tone={OUTCOMES[outcome].tone}>{OUTCOMES[outcome].label}</StatusPill>
          <div className="min-w-0">
            <p>
              {groupId === null ? <strong className="font-medium">{owner}</strong> : <>The policy of {href ? <TextLink href={href}>{owner}</TextLink> : owner}</>} {words}.
            </p>
            {statements.length > 0 ? (
              <ul className="mt-1 grid gap-2">
                {statements.map((statement, index) => (
                  <Statement key={index} statement={statement} />
                ))}
              </ul>
            ) : null}
          </div>
        </li>
      ))}
    </ul>
  )
}

function Statement({ statement: { name, text, words, clause, outcome } }: { statement: ToldStatement }) {
  return (
    <li className="min-w-0">
      <p className="text-[13px] text-ink-2">
        Statement <code className="mono">{name}</code> {words}
        {clause ? (
          <>
            : <code className="mono break-words">{clause}</code>
          </>
        ) : (
          '.'
        )}
      </p>
      <details open={outcome === 'matched'}>
        <summary className="w-fit cursor-pointer text-[13px] text-ink-3">Its text</summary>
        <pre className="mono mt-1 overflow-x-auto rounded border border-line bg-sunken p-2" tabIndex={0}>
          {text}
        </pre>
      </details>
    </li>
  )
}
