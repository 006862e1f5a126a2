/**
 * The test behind Cedar's `like`: a pattern of literal texts with anything between them.
 *
 * Takes time in the order of text times pattern at worst; nothing is tried twice.
 *
 * @param pieces literal texts; between each two there is a wildcard, so one piece means equality
 */
export function likeTest(pieces: readonly string[]): (text: string) => boolean {
  const first = pieces[0] ?? ''
  if (pieces.length <= 1) return (text) => text === first
  const last = pieces.at(-1) ?? ''
  const middle = pieces.slice(1, -1).filter((piece) => piece !== '')
  return (text) => {
    const end = text.length - last.length
    if (end < first.length || !text.startsWith(first) || !text.endsWith(last)) return false
    let at = first.length
    for (const piece of middle) {
      const found = text.indexOf(piece, at)
      if (found < 0 || found + piece.length > end) return false
      at = found + piece.length
    }
    return true
  }
}
