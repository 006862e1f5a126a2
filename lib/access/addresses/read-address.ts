const DOT = 46
const COLON = 58

/** What a hexadecimal digit stands for; -1 for what is none. */
function hexDigit(code: number): number {
  if (code >= 48 && code <= 57) return code - 48
  const lower = code | 32
  return lower >= 97 && lower <= 102 ? lower - 87 : -1
}

/** Four decimal numbers up to 255 without leading zeros, from `start` to the end of the text, as one word; -1 for anything else. */
export function readDotted(text: string, start = 0): number {
  let [word, part, digits, parts] = [0, 0, 0, 1]
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === DOT) {
      if (digits === 0 || parts++ === 4) return -1
      word = word * 256 + part
      part = digits = 0
      continue
    }
    if (code < 48 || code > 57 || (digits > 0 && part === 0)) return -1
    part = part * 10 + code - 48
    digits++
    if (part > 255) return -1
  }
  return parts === 4 && digits > 0 ? word * 256 + part : -1
}

/** The eight groups of the address read last: one place for all, since reading is asked at every request and never waits. */
const groups = new Uint16Array(8)

/** Reads one group, or a dotted tail which is two. Returns where it ends, -1 when there is none; `count` groups are there already. */
function readGroup(text: string, start: number, count: number): number {
  let [value, at] = [0, start]
  for (; at < text.length; at++) {
    const digit = hexDigit(text.charCodeAt(at))
    if (digit < 0) break
    value = value * 16 + digit
  }
  if (text.charCodeAt(at) === DOT) {
    const word = count > 6 ? -1 : readDotted(text, start)
    groups[count] = word >>> 16
    groups[count + 1] = word & 0xffff
    return word < 0 ? -1 : text.length
  }
  groups[count] = value
  return at === start || at - start > 4 || count === 8 ? -1 : at
}

/** Moves the groups behind `::` to the end, and puts zeros between. */
function closeGap(gap: number, count: number): void {
  groups.copyWithin(8 - (count - gap), gap, count)
  groups.fill(0, gap, 8 - (count - gap))
}

/**
 * The eight groups of an IPv6 address as text (RFC 4291 §2.2), read in one pass; null for what is none, and for zones. What
 * is given back is overwritten by the next call.
 */
export function readGroups(text: string): Readonly<Uint16Array> | null {
  let [count, gap, at] = [0, -1, 0]
  if (text.charCodeAt(0) === COLON) {
    if (text.charCodeAt(1) !== COLON) return null
    gap = 0
    at = 2
  }
  while (at < text.length) {
    const end = readGroup(text, at, count)
    if (end < 0) return null
    // Only a dotted tail is longer than four signs.
    count += end - at > 4 ? 2 : 1
    if (end === text.length) break
    if (text.charCodeAt(end) !== COLON || end + 1 === text.length) return null
    at = end + 1
    if (text.charCodeAt(at) !== COLON) continue
    if (gap >= 0) return null
    gap = count
    at++
  }
  if (gap < 0 ? count !== 8 : count > 7) return null
  if (gap >= 0) closeGap(gap, count)
  return groups
}
