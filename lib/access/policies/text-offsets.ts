/**
 * Turns offsets in UTF-8 bytes, as Cedar counts, into offsets of a JavaScript string.
 *
 * @returns a function; an offset inside a character gives the character's start, one beyond the end the end
 */
export function stringOffsets(text: string): (byte: number) => number {
  if (!/[^\u0000-\u007f]/.test(text)) return (byte) => Math.min(byte, text.length)
  const starts: number[] = []
  let at = 0
  for (const character of text) {
    const width = utf8Width(character.codePointAt(0) ?? 0)
    for (let byte = 0; byte < width; byte++) starts.push(at)
    at += character.length
  }
  return (byte) => starts[byte] ?? text.length
}

/** A lone half of a pair goes to Cedar as U+FFFD, which takes three bytes as well. */
const utf8Width = (codePoint: number) => (codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4)
