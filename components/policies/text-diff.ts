import { diffLines as linesOf } from '@/lib/features/policies/line-diff'

/** A line of a comparison; numbers count from 1, null where the line is not there. */
export type NumberedLine = { kind: 'same' | 'removed' | 'added'; text: string; before: number | null; after: number | null }

/** A stretch of lines, or how many equal ones were left out. */
export type DiffPart = { kind: 'lines'; lines: readonly NumberedLine[] } | { kind: 'gap'; count: number }

const CONTEXT = 3

/** Two texts line by line, with the number each line has in either. */
export function numberedLines(before: string, after: string): NumberedLine[] {
  let [i, j] = [0, 0]
  return linesOf(before, after).map(({ kind, text }) => {
    if (kind !== 'added') i += 1
    if (kind !== 'removed') j += 1
    return { kind, text, before: kind === 'added' ? null : i, after: kind === 'removed' ? null : j }
  })
}

/** The lines that differ with a few around them; what lies between is a gap. */
export function diffParts(before: string, after: string): DiffPart[] {
  const lines = numberedLines(before, after)
  const isShown = lines.map(() => false)
  lines.forEach(({ kind }, at) => {
    if (kind !== 'same') for (let near = Math.max(0, at - CONTEXT); near <= Math.min(lines.length - 1, at + CONTEXT); near++) isShown[near] = true
  })
  const parts: DiffPart[] = []
  let first = 0
  for (let at = 1; at <= lines.length; at++) {
    if (at < lines.length && isShown[at] === isShown[first]) continue
    parts.push(isShown[first] ? { kind: 'lines', lines: lines.slice(first, at) } : { kind: 'gap', count: at - first })
    first = at
  }
  return parts
}
