'use client'
import { Button } from '@/components/ui/button'
import { StatusPill, type Tone } from '@/components/ui/status-pill'
import type { Trial } from '@/lib/features/policies/rules'
import { becauseInWords, outcomeInWords, tellingStatements, type Asked } from './trial-words'

type TrialResultProps = { asked: Asked; onShowCode: (start: number, end: number) => void; onKeep: ((asked: Asked) => void) | null }

const VERDICTS: Readonly<Record<Trial['verdict'], { label: string; tone: Tone }>> = {
  allow: { label: 'This text permits it', tone: 'ok' },
  deny: { label: 'This text forbids it', tone: 'bad' },
  silent: { label: 'This text says nothing', tone: 'neutral' },
}
const SHOWN = 6

/** What the text, and what everything together, says to a question; with the statements that made it so. */
export function TrialResult({ asked, onShowCode, onKeep }: TrialResultProps) {
  const { words, trial } = asked
  const { verdict, overall } = trial
  const told = tellingStatements(trial)
  return (
    <div className="grid gap-2 border-t border-line-soft pt-3" role="status">
      <p className="wrap-anywhere text-ink-2">{words}</p>
      <p>
        <StatusPill tone={VERDICTS[verdict].tone}>{VERDICTS[verdict].label}</StatusPill>
      </p>
      <p>
        <StatusPill tone={overall.isAllowed ? 'ok' : 'bad'}>{overall.isAllowed ? 'Allowed' : 'Denied'} as a whole</StatusPill>
      </p>
      <p className="text-[13px] text-ink-2">{becauseInWords(trial)}</p>
      {told.length > 0 ? (
        <ul aria-label="Statements" className="grid gap-1 text-[13px]">
          {told.slice(0, SHOWN).map((statement) => (
            <li key={statement.index}>
              <button type="button" className="text-link" onClick={() => onShowCode(statement.start, statement.end)}>
                Statement {statement.index + 1}
              </button>{' '}
              ({statement.effect}) {outcomeInWords(statement)}
            </li>
          ))}
          {told.length > SHOWN ? <li className="dim">and {told.length - SHOWN} more</li> : null}
        </ul>
      ) : null}
      {onKeep ? (
        <div>
          <Button size="small" onClick={() => onKeep(asked)}>
            Keep as test
          </Button>
        </div>
      ) : null}
    </div>
  )
}
