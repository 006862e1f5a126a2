'use client'
import { ListChecks, Play, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { refusalText } from '@/components/forms/refusal-text'
import { sentence } from '@/components/forms/sentence'
import { EmptyState } from '@/components/layout/empty-state'
import { Banner } from '@/components/ui/banner'
import { Button } from '@/components/ui/button'
import { IconButton } from '@/components/ui/icon-button'
import { StatusPill } from '@/components/ui/status-pill'
import type { PolicyTestRow, TestOutcome } from '@/lib/features/policies/rules'
import type { PolicySource } from './policy-source'
import { testInputOf } from './test-input'

type PolicyTestsProps = {
  source: PolicySource
  text: string
  isParsed: boolean
  tests: readonly PolicyTestRow[]
  /** Takes one away, or turns its expectation around; null where nothing may be changed. */
  onChange: ((tests: readonly PolicyTestRow[]) => void) | null
}

type Run = { text: string; outcomes: readonly TestOutcome[] }

/** Questions with the answers one expects; they are asked before each save. */
export function PolicyTests({ source, text, isParsed, tests, onChange }: PolicyTestsProps) {
  const [run, setRun] = useState<Run | null>(null)
  const [failure, setFailure] = useState<string | null>(null)
  const [isPending, setPending] = useState(false)

  async function runAll() {
    setPending(true)
    const result = await source.runTests(text, tests.map(testInputOf)).catch(() => null)
    setPending(false)
    setFailure(result === null ? 'The server did not answer. Try again.' : result.ok ? null : refusalText(result.refusal))
    if (result?.ok) setRun({ text, outcomes: result.value })
  }
  if (tests.length === 0)
    return (
      <EmptyState icon={<ListChecks aria-hidden="true" />} title="No tests yet">
        A test is a question with the answer you expect. Ask one under “Try it” and keep it: from then on a text that answers it otherwise is not saved.
      </EmptyState>
    )
  // outcomes belong to the text and the tests they were made with
  const outcomes = run && run.text === text && run.outcomes.length === tests.length ? run.outcomes : null
  const failed = outcomes?.filter(({ hasPassed }) => !hasPassed).length ?? 0
  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap items-center gap-3">
        <Button icon={<Play aria-hidden="true" />} pending={isPending} disabled={!isParsed} onClick={() => void runAll()}>
          Run all
        </Button>
        <span role="status" className="text-ink-2">
          {outcomes === null ? 'Not run on this text yet.' : failed === 0 ? `${tests.length === 1 ? 'It passes' : `All ${tests.length} pass`}.` : `${failed} of ${tests.length} fail${failed === 1 ? 's' : ''}.`}
        </span>
      </div>
      {failure ? <Banner tone="bad" live>{failure}</Banner> : null}
      <ul className="row-group" aria-label="Tests">
        {tests.map((test, at) => (
          <TestLine
            key={test.id}
            test={test}
            outcome={outcomes?.[at] ?? null}
            onFlip={onChange && (() => onChange(tests.map((each) => (each.id === test.id ? { ...each, isAllowed: !each.isAllowed } : each))))}
            onDelete={onChange && (() => onChange(tests.filter(({ id }) => id !== test.id)))}
          />
        ))}
      </ul>
    </div>
  )
}

type TestLineProps = { test: PolicyTestRow; outcome: TestOutcome | null; onFlip: (() => void) | null; onDelete: (() => void) | null }

function TestLine({ test, outcome, onFlip, onDelete }: TestLineProps) {
  const { name, principalId, action, resource, context, isAllowed } = test
  const title = name || `${principalId}: ${action} on ${resource.id}`
  const told = Object.entries(context).map(([key, value]) => `${key} ${String(value)}`)
  return (
    <li className="policy-row first:border-t-0">
      <span className="min-w-0 flex-1 wrap-anywhere">
        {title}
        <span className="block text-[13px] text-ink-3">
          {action} on {resource.id}
          {told.length > 0 ? `, with ${told.join(', ')}` : ''}
          {outcome && !outcome.hasPassed ? <span className="block text-bad">{sentence(outcome.detail)}</span> : null}
        </span>
      </span>
      <span className="text-ink-2">expects</span>
      <StatusPill tone={isAllowed ? 'ok' : 'bad'}>{isAllowed ? 'yes' : 'no'}</StatusPill>
      {outcome ? <StatusPill tone={outcome.hasPassed ? 'ok' : 'bad'}>{outcome.hasPassed ? 'Passes' : 'Fails'}</StatusPill> : null}
      <span className="policy-row-buttons">
        {onFlip ? (
          <Button size="small" variant="quiet" onClick={onFlip}>
            Expect {isAllowed ? 'no' : 'yes'}
          </Button>
        ) : null}
        {onDelete ? <IconButton size="small" label={`Delete test ${title}`} icon={<Trash2 aria-hidden="true" />} onClick={onDelete} /> : null}
      </span>
    </li>
  )
}
