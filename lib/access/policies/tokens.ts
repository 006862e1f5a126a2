/** A piece of policy text that is neither blank nor a comment. */
export type Token = { kind: 'name' | 'number' | 'string' | 'mark'; text: string; start: number; end: number }

const LINE_END = /[\n\r]/g
/** What Rust takes for white space, which is not quite what JavaScript does. */
const BLANK = /[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/
const NAME_START = /[A-Za-z_]/
const NAME = /[A-Za-z0-9_]*/y
const NUMBER = /[0-9]*/y
const PAIRS = new Set(['::', '&&', '||', '==', '!=', '<=', '>='])

/**
 * The tokens of policy text. Says nothing about meaning, which is Cedar's matter: only where strings, comments,
 * names and marks begin and end. Never fails; a string that is not closed reaches to the end.
 */
export function tokensOf(text: string): Token[] {
  const found: Token[] = []
  let at = 0
  while (at < text.length) {
    const char = text.charAt(at)
    if (BLANK.test(char)) at += 1
    else if (char === '/' && text.charAt(at + 1) === '/') at = lineEnd(text, at)
    else {
      const token = tokenAt(text, at, char)
      found.push(token)
      at = token.end
    }
  }
  return found
}

function tokenAt(text: string, start: number, char: string): Token {
  const until = (kind: Token['kind'], end: number): Token => ({ kind, text: text.slice(start, end), start, end })
  if (char === '"') return until('string', stringEnd(text, start))
  if (NAME_START.test(char)) return until('name', matchEnd(NAME, text, start))
  if (char >= '0' && char <= '9') return until('number', matchEnd(NUMBER, text, start))
  return until('mark', PAIRS.has(text.slice(start, start + 2)) ? start + 2 : start + 1)
}

function matchEnd(pattern: RegExp, text: string, start: number): number {
  pattern.lastIndex = start
  return start + (pattern.exec(text)?.[0].length ?? 0)
}

function lineEnd(text: string, start: number): number {
  LINE_END.lastIndex = start
  return LINE_END.exec(text)?.index ?? text.length
}

function stringEnd(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text.charAt(at) === '\\') at += 1
    else if (text.charAt(at) === '"') return at + 1
  }
  return text.length
}
