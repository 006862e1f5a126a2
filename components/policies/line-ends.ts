/*
 * CodeMirror counts every line break as one character and gives texts back with `\n`. Policy text keeps the line ends it came
 * with, so places and changes are translated between the two.
 */

/** A change in the editor's own counting: what lies from `from` up to `to` becomes `text`, with `\n` for line breaks. */
export type ViewChange = { from: number; to: number; text: string }

/** A place in the text as the editor counts. */
export function toViewOffset(text: string, offset: number): number {
  let pairs = 0
  for (let at = text.indexOf('\r\n'); at >= 0 && at + 1 < offset; at = text.indexOf('\r\n', at + 2)) pairs += 1
  return offset - pairs
}

/** A place in the editor as the text counts; before a line break rather than inside. */
export function toTextOffset(text: string, offset: number): number {
  let found = offset
  for (let at = text.indexOf('\r\n'); at >= 0 && at < found; at = text.indexOf('\r\n', at + 2)) found += 1
  return found
}

/** The text after changes made in the editor: line ends that nobody touched stay, new ones are like the first there was. */
export function withChanges(text: string, changes: readonly ViewChange[]): string {
  const end = /\r\n|\n|\r/.exec(text)?.[0] ?? '\n'
  const sorted = [...changes].sort((one, other) => other.from - one.from)
  return sorted.reduce((before, change) => before.slice(0, toTextOffset(text, change.from)) + change.text.replaceAll('\n', end) + before.slice(toTextOffset(text, change.to)), text)
}
