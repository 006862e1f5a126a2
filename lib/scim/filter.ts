import { findAttribute, type Attribute } from './attributes'
import { ScimError, isScimError } from './error'
import { tokensOf, type Token } from './filter-tokens'
import { parseAttributePath, type AttributePath } from './path'
import type { ResourceKind } from './schemas'
import { testOf, OPERATORS, type Operator, type Test } from './test'

/** A filter that was understood (RFC 7644 §3.4.2.2). `ne` is the negation of `eq`: true too where there is no value. */
export type Filter =
  | { kind: 'and' | 'or'; of: readonly Filter[] }
  | { kind: 'not'; of: Filter }
  | { kind: 'test'; path: AttributePath; test: Test }
  | { kind: 'present'; path: AttributePath }
  /** Some element of a complex attribute fulfils all of it at once. */
  | { kind: 'has'; path: AttributePath; of: Filter }

export const FILTER_LENGTH_MAX = 16_384
/** Parentheses, brackets and negations within each other. */
export const FILTER_DEPTH_MAX = 40
export const FILTER_TESTS_MAX = 200

/** A filter that is not understood, with the place in words. */
export const wrongFilter = (message: string, position?: number): ScimError =>
  new ScimError(400, 'invalidFilter', position === undefined ? message : `${message}, at character ${position + 1} of the filter`)

/** Where paths are read: at a resource, or inside one of its complex attributes. */
type Scope = { kind: ResourceKind; within: Attribute | undefined }

class Parser {
  private at = 0
  private depth = 0
  private tests = 0
  constructor(private readonly tokens: readonly Token[], private readonly kind: ResourceKind, private readonly others: readonly ResourceKind[]) {}

  all(within: Attribute | undefined): Filter {
    const filter = this.or({ kind: this.kind, within })
    const rest = this.peek()
    if (rest.type !== 'end') throw wrongFilter(`expected \`and\`, \`or\` or the end, not \`${rest.text}\``, rest.position)
    return filter
  }

  private peek(): Token {
    const token = this.tokens[this.at] ?? this.tokens.at(-1)
    if (!token) throw wrongFilter('the filter is empty')
    return token
  }

  private take(): Token {
    const token = this.peek()
    this.at += 1
    return token
  }

  private isWord(word: string): boolean {
    const { type, text } = this.peek()
    return type === 'word' && text.toLowerCase() === word
  }

  private expect(text: string): void {
    const token = this.take()
    if (token.type !== 'sign' || token.text !== text) throw wrongFilter(`expected \`${text}\`${token.type === 'end' ? ', but the filter ends' : `, not \`${token.text}\``}`, token.position)
  }

  private joined(scope: Scope, word: 'and' | 'or', part: (scope: Scope) => Filter): Filter {
    const first = part(scope)
    const of = [first]
    while (this.isWord(word)) {
      this.take()
      of.push(part(scope))
    }
    return of.length === 1 ? first : { kind: word, of }
  }

  private or(scope: Scope): Filter {
    return this.joined(scope, 'or', (inner) => this.joined(inner, 'and', (innermost) => this.one(innermost)))
  }

  private deeper<T>(position: number, work: () => T): T {
    if (++this.depth > FILTER_DEPTH_MAX) throw wrongFilter(`more than ${FILTER_DEPTH_MAX} parentheses within each other`, position)
    const result = work()
    this.depth -= 1
    return result
  }

  private one(scope: Scope): Filter {
    const { type, text, position } = this.peek()
    if (this.isWord('not') && this.tokens[this.at + 1]?.text === '(') {
      this.take()
      return { kind: 'not', of: this.deeper(position, () => this.one(scope)) }
    }
    if (type === 'sign' && text === '(') {
      this.take()
      const inner = this.deeper(position, () => this.or(scope))
      this.expect(')')
      return inner
    }
    return this.expression(scope)
  }

  private path(scope: Scope, token: Token): AttributePath {
    if (token.type !== 'word') throw wrongFilter(token.type === 'end' ? 'the filter ends where an attribute is expected' : `expected an attribute, not \`${token.text}\``, token.position)
    try {
      return scope.within ? subPath(scope.within, token.text) : parseAttributePath(token.text, scope.kind)
    } catch (error) {
      const elsewhere = scope.within ? undefined : this.others.map((kind) => pathOrNone(token.text, kind)).find((each) => each !== undefined)
      if (elsewhere) return { ...elsewhere, isElsewhere: true }
      throw isScimError(error) ? wrongFilter(error.message, token.position) : error
    }
  }

  private expression(scope: Scope): Filter {
    const token = this.take()
    const path = this.path(scope, token)
    const next = this.peek()
    if (next.type === 'sign' && next.text === '[') return this.has(scope, path, next.position)
    return this.compared(path, token.position)
  }

  /** `emails[…]`, and what some send: `emails[…].value eq "…"`. */
  private has(scope: Scope, path: AttributePath, position: number): Filter {
    if (scope.within) throw wrongFilter('brackets do not stand within brackets', position)
    const { attribute } = path
    if (attribute && attribute.type !== 'complex') throw wrongFilter(`\`${attribute.name}\` has no parts to choose by`, position)
    this.take()
    const inner = { kind: scope.kind, within: attribute ?? UNKNOWN }
    const of = this.deeper(position, () => this.or(inner))
    this.expect(']')
    const after = this.peek()
    if (after.type !== 'word' || !after.text.startsWith('.')) return { kind: 'has', path, of }
    this.take()
    const sub = this.path(inner, { ...after, text: after.text.slice(1) })
    return { kind: 'has', path, of: { kind: 'and', of: [of, this.compared(sub, after.position)] } }
  }

  private compared(path: AttributePath, start: number): Filter {
    if (++this.tests > FILTER_TESTS_MAX) throw wrongFilter(`more than ${FILTER_TESTS_MAX} comparisons`, start)
    const token = this.take()
    const word = token.text.toLowerCase()
    if (token.type === 'word' && word === 'pr') return { kind: 'present', path }
    const operator = OPERATORS.find((each) => each === word)
    if (token.type !== 'word' || !operator) throw wrongFilter(token.type === 'end' ? 'the filter ends where an operator is expected' : `\`${token.text}\` is no operator (${OPERATORS.join(', ')} and pr are)`, token.position)
    return this.test(path, operator, this.take())
  }

  private test(path: AttributePath, operator: Operator, token: Token): Filter {
    const value = valueIn(token)
    if (value === null) {
      if (operator === 'eq') return { kind: 'not', of: { kind: 'present', path } }
      if (operator === 'ne') return { kind: 'present', path }
      throw wrongFilter(`nothing is compared with null but by eq and ne`, token.position)
    }
    const simple = simplePath(path, token.position)
    const test = testOf(simple.attribute, operator === 'ne' ? 'eq' : operator, value)
    if (typeof test === 'string') throw wrongFilter(test, token.position)
    const filter: Filter = { kind: 'test', path: simple, test }
    return operator === 'ne' ? { kind: 'not', of: filter } : filter
  }
}

/** Inside an attribute of which nothing is known, every name may be one. */
export const UNKNOWN: Attribute = {
  name: '', type: 'complex', multiValued: true, description: '', required: false, caseExact: false, mutability: 'readWrite', returned: 'default', uniqueness: 'none',
}

function pathOrNone(text: string, kind: ResourceKind): AttributePath | undefined {
  try {
    return parseAttributePath(text, kind)
  } catch (error) {
    if (isScimError(error)) return undefined
    throw error
  }
}

function subPath(within: Attribute, text: string): AttributePath {
  const sub = within.subAttributes && findAttribute(within.subAttributes, text)
  if (within.subAttributes && !sub) throw wrongFilter(`\`${within.name}\` has no \`${text.slice(0, 100)}\``)
  if (!/^\$?[A-Za-z][\w$-]*$/.test(text)) throw wrongFilter(`\`${text.slice(0, 100)}\` is no attribute`)
  return { names: [sub?.name ?? text], attribute: sub, parent: within }
}

/** A list of complex values is compared by what each has as `value`. */
function simplePath(path: AttributePath, position: number): AttributePath {
  const { attribute } = path
  if (attribute?.type !== 'complex') return path
  const value = attribute.subAttributes && findAttribute(attribute.subAttributes, 'value')
  if (!value) throw wrongFilter(`\`${attribute.name}\` has several parts; name one, as in \`${attribute.name}.${attribute.subAttributes?.[0]?.name ?? ''}\``, position)
  return { ...path, names: [...path.names, value.name], attribute: value, parent: attribute }
}

function valueIn(token: Token): string | number | boolean | null {
  if (token.type === 'text') return token.value
  const word = token.text.toLowerCase()
  if (token.type === 'word' && (word === 'true' || word === 'false')) return word === 'true'
  if (token.type === 'word' && word === 'null') return null
  if (token.type === 'word' && /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i.test(token.text)) return Number(token.text)
  throw wrongFilter(token.type === 'end' ? 'the filter ends where a value is expected' : `expected a value in double quotes, a number, true, false or null, not \`${token.text}\``, token.position)
}

/**
 * Reads a filter.
 *
 * @param more `within`: the complex attribute whose elements are chosen, when the filter stands in brackets; `others`: kinds
 *   of resource that are searched too, whose attributes may be named and count as without value here (RFC 7644 §3.4.2.1)
 * @throws ScimError `invalidFilter` with the position of what is wrong
 */
export function parseFilter(text: string, kind: ResourceKind, { within, others = [] }: { within?: Attribute | undefined; others?: readonly ResourceKind[] } = {}): Filter {
  if (text.length > FILTER_LENGTH_MAX) throw wrongFilter(`the filter is longer than ${FILTER_LENGTH_MAX} characters`)
  return new Parser(tokensOf(text), kind, others).all(within)
}
