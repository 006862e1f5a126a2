import { ScimError } from './error'
import { unstorableAt } from './storable'

/** A piece of a filter. `position` is where it begins, from 0. */
export type Token =
  | { type: 'word' | 'sign' | 'end'; text: string; position: number }
  | { type: 'text'; text: string; value: string; position: number }

const SPACE = /\s/
const SIGNS = '()[]'

const wrong = (message: string, position: number) => new ScimError(400, 'invalidFilter', `${message}, at character ${position + 1} of the filter`)

function valueIn(text: string, start: number): string {
  try {
    return String(JSON.parse(text))
  } catch {
    throw wrong('the text holds an escape that JSON does not have', start)
  }
}

/** A string as JSON has it. @throws ScimError when it does not end or an escape is none */
function readText(source: string, start: number): Token {
  let end = start + 1
  while (end < source.length && source[end] !== '"') end += source[end] === '\\' ? 2 : 1
  if (end >= source.length) throw wrong('the text that begins with a double quote does not end', start)
  const text = source.slice(start, end + 1)
  const value = valueIn(text, start)
  if (unstorableAt(value) >= 0) throw wrong('the text holds a character that is no text', start)
  return { type: 'text', text, value, position: start }
}

/** Cuts a filter into pieces; the last one is its end. */
export function tokensOf(source: string): Token[] {
  const wrongAt = unstorableAt(source)
  if (wrongAt >= 0) throw wrong('there is a character that is no text', wrongAt)
  const tokens: Token[] = []
  let at = 0
  while (at < source.length) {
    const sign = source[at] ?? ''
    if (SPACE.test(sign)) at += 1
    else if (SIGNS.includes(sign)) tokens.push({ type: 'sign', text: sign, position: at++ })
    else if (sign === '"') {
      const token = readText(source, at)
      tokens.push(token)
      at += token.text.length
    } else {
      const start = at
      while (at < source.length && !SPACE.test(source[at] ?? '') && !SIGNS.includes(source[at] ?? '') && source[at] !== '"') at += 1
      tokens.push({ type: 'word', text: source.slice(start, at), position: start })
    }
  }
  tokens.push({ type: 'end', text: '', position: source.length })
  return tokens
}
