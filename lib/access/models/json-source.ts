/** A stretch of a text: offsets in UTF-16 units, the end excluded. */
export type Span = { start: number; end: number }

export type JsonSource =
  | { ok: true; value: unknown; spans: ReadonlyMap<string, Span> }
  | { ok: false; detail: string; pointer: string; span: Span }

const MOST_LEVELS = 64

const escapes: Readonly<Record<string, string>> = {
  '"': '"', '\\': '\\', '/': '/', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t',
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const SPACE = /[ \t\n\r]*/y
const PLAIN = /[^"\\\u0000-\u001f]*/y

/** A step of a JSON pointer (RFC 6901 §3). */
export const pointerStep = (key: PropertyKey): string => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`

class JsonError extends Error {
  constructor(readonly detail: string, readonly span: Span, readonly pointer: string) {
    super(detail)
  }
}

/** Recursive descent over RFC 8259 that notes where every value stands. Unlike `JSON.parse`, refuses a key given twice. */
class Reader {
  readonly spans = new Map<string, Span>()
  private at = 0
  constructor(private readonly text: string) {}

  document(): unknown {
    const value = this.value('', 0)
    this.skip()
    if (this.at < this.text.length) this.fail('nothing may follow the value', '')
    return value
  }

  private fail(detail: string, pointer: string, start = this.at): never {
    throw new JsonError(detail, { start, end: Math.min(this.text.length, Math.max(start + 1, this.at)) }, pointer)
  }

  private match(pattern: RegExp): string {
    pattern.lastIndex = this.at
    const found = pattern.exec(this.text)?.[0] ?? ''
    this.at += found.length
    return found
  }

  private skip(): void {
    this.match(SPACE)
  }

  private take(expected: string): boolean {
    if (!this.text.startsWith(expected, this.at)) return false
    this.at += expected.length
    return true
  }

  private value(pointer: string, level: number): unknown {
    this.skip()
    if (level > MOST_LEVELS) this.fail(`nested more than ${MOST_LEVELS} levels deep`, pointer)
    const start = this.at
    const value = this.bare(pointer, level)
    this.spans.set(pointer, { start, end: this.at })
    return value
  }

  private bare(pointer: string, level: number): unknown {
    if (this.take('{')) return this.object(pointer, level)
    if (this.take('[')) return this.array(pointer, level)
    if (this.take('"')) return this.string(pointer)
    if (this.take('true')) return true
    if (this.take('false')) return false
    if (this.take('null')) return null
    const number = this.match(NUMBER)
    if (number === '') this.fail(this.at < this.text.length ? 'expected a value' : 'the text ends too early', pointer)
    return Number(number)
  }

  private object(pointer: string, level: number): Record<string, unknown> {
    const entries = new Map<string, unknown>()
    this.skip()
    if (this.take('}')) return {}
    do {
      this.skip()
      const start = this.at
      if (!this.take('"')) this.fail('expected a key in double quotes', pointer)
      const key = this.string(pointer)
      if (entries.has(key)) this.fail(`key \`${key}\` is given twice`, pointer + pointerStep(key), start)
      this.skip()
      if (!this.take(':')) this.fail('expected `:` after the key', pointer + pointerStep(key))
      entries.set(key, this.value(pointer + pointerStep(key), level + 1))
      this.skip()
    } while (this.take(','))
    if (!this.take('}')) this.fail('expected `,` or `}`', pointer)
    return Object.fromEntries(entries)
  }

  private array(pointer: string, level: number): unknown[] {
    const list: unknown[] = []
    this.skip()
    if (this.take(']')) return list
    do {
      list.push(this.value(pointer + pointerStep(list.length), level + 1))
      this.skip()
    } while (this.take(','))
    if (!this.take(']')) this.fail('expected `,` or `]`', pointer)
    return list
  }

  /** The rest of a string whose opening quote is taken. */
  private string(pointer: string): string {
    let text = this.match(PLAIN)
    while (!this.take('"')) {
      if (this.at >= this.text.length) this.fail('the string has no end', pointer)
      if (!this.take('\\')) this.fail('control characters are escaped in strings', pointer)
      const letter = this.text.charAt(this.at++)
      text += letter === 'u' ? this.unicode(pointer) : (escapes[letter] ?? this.fail('no such escape', pointer, this.at - 2))
      text += this.match(PLAIN)
    }
    return text
  }

  private unicode(pointer: string): string {
    const digits = this.text.slice(this.at, this.at + 4)
    if (!/^[0-9a-fA-F]{4}$/.test(digits)) this.fail('`\\u` takes four hexadecimal digits', pointer)
    this.at += 4
    return String.fromCharCode(parseInt(digits, 16))
  }
}

/** Reads JSON and says where each value stands, by JSON pointer; a syntax error says where it is. Never throws. */
export function readJson(text: string): JsonSource {
  const reader = new Reader(text)
  try {
    return { ok: true, value: reader.document(), spans: reader.spans }
  } catch (error) {
    if (error instanceof JsonError) return { ok: false, detail: error.detail, pointer: error.pointer, span: error.span }
    throw error
  }
}

/** 1-based line and column (in UTF-16 units) of an offset. */
export function lineAndColumn(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset)
  return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') }
}
