/** A line of a comparison; numbers count from 1, null where the line is not there. */
export type DiffLine = { kind: 'same' | 'removed' | 'added'; text: string; before: number | null; after: number | null }

/** A stretch of lines, or how many equal ones were left out. */
export type DiffPart = { kind: 'lines'; lines: readonly DiffLine[] } | { kind: 'gap'; count: number }

/** More cells than this are not compared line by line: what differs is told as removed and added as a whole. */
const CELLS_MAX = 4_000_000
const CONTEXT = 3

const linesOf = (text: string): string[] => (text === '' ? [] : text.replace(/(?:\r\n|\n|\r)$/, '').split(/\r\n|\n|\r/))

/** Lengths of the longest common subsequences of the ends of both, row after row. */
function commonLengths(one: readonly string[], other: readonly string[]): Uint16Array {
  const width = other.length + 1
  const cells = new Uint16Array((one.length + 1) * width)
  for (let i = one.length - 1; i >= 0; i--) {
    for (let j = other.length - 1; j >= 0; j--) {
      const at = i * width + j
      cells[at] = one[i] === other[j] ? (cells[at + width + 1] ?? 0) + 1 : Math.max(cells[at + width] ?? 0, cells[at + 1] ?? 0)
    }
  }
  return cells
}

/** Which lines of `one` are gone and which of `other` are new, in the order one reads them. */
function walk(one: readonly string[], other: readonly string[]): DiffLine['kind'][] {
  const kinds: DiffLine['kind'][] = []
  if (one.length * other.length > CELLS_MAX) return [...one.map(() => 'removed' as const), ...other.map(() => 'added' as const)]
  const width = other.length + 1
  const cells = commonLengths(one, other)
  let [i, j] = [0, 0]
  while (i < one.length || j < other.length) {
    const at = i * width + j
    if (i < one.length && j < other.length && one[i] === other[j]) {
      kinds.push('same')
      ;[i, j] = [i + 1, j + 1]
    } else if (i < one.length && (j >= other.length || (cells[at + width] ?? 0) >= (cells[at + 1] ?? 0))) {
      kinds.push('removed')
      i += 1
    } else {
      kinds.push('added')
      j += 1
    }
  }
  return kinds
}

/** Two texts line by line. */
export function diffLines(before: string, after: string): DiffLine[] {
  const [one, other] = [linesOf(before), linesOf(after)]
  let start = 0
  while (start < one.length && start < other.length && one[start] === other[start]) start += 1
  let end = 0
  while (end < one.length - start && end < other.length - start && one[one.length - 1 - end] === other[other.length - 1 - end]) end += 1
  const same = (count: number) => Array.from({ length: count }, () => 'same' as const)
  const kinds = [...same(start), ...walk(one.slice(start, one.length - end), other.slice(start, other.length - end)), ...same(end)]
  let [i, j] = [0, 0]
  return kinds.map((kind) => {
    const text = (kind === 'added' ? other[j] : one[i]) ?? ''
    if (kind !== 'added') i += 1
    if (kind !== 'removed') j += 1
    return { kind, text, before: kind === 'added' ? null : i, after: kind === 'removed' ? null : j }
  })
}

/** The lines that differ with a few around them; what lies between is a gap. */
export function diffParts(before: string, after: string): DiffPart[] {
  const lines = diffLines(before, after)
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
