'use client'
import { CircleAlert, TriangleAlert } from 'lucide-react'
import { sentence } from '@/components/forms/sentence'
import type { PolicyProblem } from '@/lib/access/policies/policy-text'

type ProblemListProps = { text: string; problems: readonly PolicyProblem[]; onJump: (start: number, end: number) => void }

const lineOf = (text: string, offset: number): number => text.slice(0, offset).split(/\r\n|\n|\r/).length

const placeOf = (text: string, { statement, start }: PolicyProblem): string =>
  statement === null ? `Line ${lineOf(text, start)}` : `Statement ${statement + 1}, line ${lineOf(text, start)}`

/** What is wrong with a text and where; each goes to its place in the code. */
export function ProblemList({ text, problems, onJump }: ProblemListProps) {
  return (
    <ul className="grid gap-1" aria-label="Problems">
      {problems.map((problem, at) => (
        <li key={at} className="flex gap-2" data-severity={problem.severity}>
          {problem.severity === 'error' ? <CircleAlert aria-hidden="true" className="mt-0.5 size-4 flex-none text-bad" /> : <TriangleAlert aria-hidden="true" className="mt-0.5 size-4 flex-none text-warn" />}
          <span className="min-w-0">
            <button type="button" className="text-link" onClick={() => onJump(problem.start, problem.end)}>
              {placeOf(text, problem)}
            </button>{' '}
            {problem.severity === 'warning' ? 'Warning: ' : ''}
            {sentence(problem.message)} {problem.help ? <span className="text-ink-3">{sentence(problem.help)}</span> : null}
          </span>
        </li>
      ))}
    </ul>
  )
}
