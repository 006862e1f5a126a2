import { diffParts, type NumberedLine } from './text-diff'

const MARKS = { same: '', removed: '−', added: '+' } as const
const WORDS = { same: '', removed: 'removed', added: 'added' } as const

/** Two texts line by line, one above the other; unchanged stretches are left out. */
export function DiffView({ label, before, after }: { label: string; before: string; after: string }) {
  const parts = diffParts(before, after)
  if (parts.every(({ kind }) => kind === 'gap')) return <p className="text-ink-2">Both texts are the same.</p>
  return (
    <div className="max-h-[50dvh] overflow-auto rounded-md border border-line" role="region" aria-label={label} tabIndex={0}>
      <table className="diff">
        <caption className="sr-only">{label}</caption>
        <thead className="sr-only">
          <tr>
            <th scope="col">Line before</th>
            <th scope="col">Line after</th>
            <th scope="col">Change</th>
            <th scope="col">Text</th>
          </tr>
        </thead>
        <tbody>
          {parts.map((part, at) =>
            part.kind === 'lines' ? (
              part.lines.map((line) => <Line key={`${at} ${line.before ?? ''} ${line.after ?? ''}`} line={line} />)
            ) : (
              <tr key={at} data-kind="gap">
                <td colSpan={4}>{part.count === 1 ? '1 line unchanged' : `${part.count} lines unchanged`}</td>
              </tr>
            ),
          )}
        </tbody>
      </table>
    </div>
  )
}

function Line({ line: { kind, before, after, text } }: { line: NumberedLine }) {
  return (
    <tr data-kind={kind}>
      <td>{before}</td>
      <td>{after}</td>
      <td>
        {kind === 'same' ? null : (
          <span role="img" aria-label={WORDS[kind]}>
            {MARKS[kind]}
          </span>
        )}
      </td>
      <td>{text}</td>
    </tr>
  )
}
