/** A line of two texts laid side by side. */
export type DiffLine = { kind: 'same' | 'added' | 'removed'; text: string }

/** Most lines that are compared one by one; of longer middles all are told as removed and added. */
const COMPARED_MAX = 2_000

const linesOf = (text: string): string[] => (text === '' ? [] : text.replace(/\r?\n$/, '').split(/\r?\n/))

/** What changed between two texts, line by line, with as few changes as there can be. */
export function diffLines(before: string, after: string): DiffLine[] {
  const [old, now] = [linesOf(before), linesOf(after)]
  let start = 0
  while (start < old.length && start < now.length && old[start] === now[start]) start += 1
  let [oldEnd, nowEnd] = [old.length, now.length]
  while (oldEnd > start && nowEnd > start && old[oldEnd - 1] === now[nowEnd - 1]) [oldEnd, nowEnd] = [oldEnd - 1, nowEnd - 1]
  const same = (list: readonly string[]): DiffLine[] => list.map((text) => ({ kind: 'same', text }))
  return [...same(old.slice(0, start)), ...middle(old.slice(start, oldEnd), now.slice(start, nowEnd)), ...same(old.slice(oldEnd))]
}

function middle(old: readonly string[], now: readonly string[]): DiffLine[] {
  const removed = (text: string): DiffLine => ({ kind: 'removed', text })
  const added = (text: string): DiffLine => ({ kind: 'added', text })
  if (old.length === 0 || now.length === 0 || old.length + now.length > COMPARED_MAX) return [...old.map(removed), ...now.map(added)]
  // By row and column: length of the longest common sequence of what is left of both.
  const width = now.length + 1
  const lengths = new Uint16Array((old.length + 1) * width)
  const at = (row: number, column: number) => lengths[row * width + column] ?? 0
  for (let row = old.length - 1; row >= 0; row--)
    for (let column = now.length - 1; column >= 0; column--)
      lengths[row * width + column] = old[row] === now[column] ? at(row + 1, column + 1) + 1 : Math.max(at(row + 1, column), at(row, column + 1))
  const found: DiffLine[] = []
  let [row, column] = [0, 0]
  while (row < old.length || column < now.length) {
    if (row < old.length && column < now.length && old[row] === now[column]) {
      found.push({ kind: 'same', text: old[row] ?? '' })
      row += 1
      column += 1
    } else if (column < now.length && (row === old.length || at(row, column + 1) > at(row + 1, column))) found.push(added(now[column++] ?? ''))
    else found.push(removed(old[row++] ?? ''))
  }
  return found
}

/** How many lines came and went. */
export function countChanges(before: string, after: string): { added: number; removed: number } {
  const lines = diffLines(before, after)
  return { added: lines.filter(({ kind }) => kind === 'added').length, removed: lines.filter(({ kind }) => kind === 'removed').length }
}

const SHOWN_MAX = 200

/** The changed lines alone, each with its sign, for the log; cut where there are very many. */
export function changesInWords(before: string, after: string): string[] {
  const changed = diffLines(before, after).filter(({ kind }) => kind !== 'same').map(({ kind, text }) => `${kind === 'added' ? '+' : '-'} ${text.slice(0, 300)}`)
  return changed.length > SHOWN_MAX ? [...changed.slice(0, SHOWN_MAX), `… and ${changed.length - SHOWN_MAX} more lines`] : changed
}
