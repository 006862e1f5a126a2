import { tokensOf, type Token } from './tokens'

/** From `start` up to `end`, in UTF-16 units of the policy text. */
export type Span = { start: number; end: number }

/** One statement's place in the text: from its first annotation, or `permit` or `forbid`, to its semicolon. */
export type Statement = Span & {
  /** Place among the statements, from 0. */
  index: number
  /** As Cedar names it: `policy0`, `policy1` … */
  id: string
  /** The word `permit` or `forbid`. */
  effect: Span
  scope: { principal: Span; action: Span; resource: Span }
  /** Each `when` and `unless` with its braces. */
  conditions: readonly Span[]
}

/** How deep a statement is, and where it first gets deeper than allowed. */
export type Depth = { depth: number; tooDeep: Span | null }

const OPEN = new Set(['(', '[', '{'])
const CLOSE = new Set([')', ']', '}'])

/** Tokens of each statement, the last perhaps without its semicolon. */
export function statementTokens(text: string): Token[][] {
  const found: Token[][] = [[]]
  for (const token of tokensOf(text)) {
    found.at(-1)?.push(token)
    if (token.kind === 'mark' && token.text === ';') found.push([])
  }
  return found.filter((tokens) => tokens.length > 0)
}

/**
 * Finds the parts of a statement. The text must be known to parse; of one that does not, what is missing is empty and lies
 * at the statement's end.
 */
export function layoutOf(tokens: readonly Token[], index: number): Statement {
  const start = tokens[0]?.start ?? 0
  const end = tokens.at(-1)?.end ?? start
  const nowhere = { start: end, end }
  const head = afterAnnotations(tokens)
  const [effect, open] = [tokens[head], tokens[head + 1]]
  const close = open ? closing(tokens, head + 1) : tokens.length
  const [principal = nowhere, action = nowhere, resource = nowhere] = scopeParts(tokens, head + 2, close)
  return {
    index, id: `policy${index}`, start, end,
    effect: effect ? { start: effect.start, end: effect.end } : nowhere,
    scope: { principal, action, resource },
    conditions: conditionSpans(tokens, close + 1),
  }
}

function afterAnnotations(tokens: readonly Token[]): number {
  let at = 0
  while (tokens[at]?.text === '@') at = tokens[at + 2]?.text === '(' ? closing(tokens, at + 2) + 1 : at + 2
  return at
}

/** Index of the bracket that closes the one at `open`, or of the last token. */
function closing(tokens: readonly Token[], open: number): number {
  let depth = 0
  for (let at = open; at < tokens.length; at++) {
    const token = tokens[at]
    if (token?.kind !== 'mark') continue
    if (OPEN.has(token.text)) depth += 1
    if (CLOSE.has(token.text)) depth -= 1
    if (depth === 0) return at
  }
  return tokens.length - 1
}

/** Between the brackets of `permit(…)`: what lies between the commas that are in no further brackets. */
function scopeParts(tokens: readonly Token[], from: number, close: number): Span[] {
  const parts: Span[] = []
  let first = from
  for (let at = from; at <= close && at < tokens.length; at++) {
    const token = tokens[at]
    if (token?.kind === 'mark' && OPEN.has(token.text)) at = closing(tokens, at)
    else if (at === close || token?.text === ',') {
      const [begin, last] = [tokens[first], tokens[at - 1]]
      if (begin && last && at > first) parts.push({ start: begin.start, end: last.end })
      first = at + 1
    }
  }
  return parts
}

function conditionSpans(tokens: readonly Token[], from: number): Span[] {
  const found: Span[] = []
  for (let at = from; at < tokens.length; at++) {
    const keyword = tokens[at]
    if (keyword?.kind !== 'name' || tokens[at + 1]?.text !== '{') continue
    const end = closing(tokens, at + 1)
    found.push({ start: keyword.start, end: tokens[end]?.end ?? keyword.end })
    at = end
  }
  return found
}

const BRACKET_WEIGHT = 3
const IF_WEIGHT = 2
const JOINING = new Set(['&&', '||', 'when', 'unless'])
const CHAINING = new Set(['.', '+', '-', '*', '!', '==', '!=', '<', '<=', '>', '>='])
const CHAINING_NAMES = new Set(['in', 'is', 'has', 'like'])

type Level = { chain: number; operand: number; deepest: number }

/**
 * How deep the tree of a statement gets at most, in steps; a bracket counts for several, since Cedar's parser takes as many.
 * An estimate from above, made without a tree: each level adds up its `&&`, `||` and `if`, and its deepest operand.
 */
export function depthOf(tokens: readonly Token[], limit = Infinity): Depth {
  const levels: Level[] = [{ chain: 0, operand: 0, deepest: 0 }]
  const found: Depth = { depth: 0, tooDeep: null }
  for (const token of tokens) {
    const level = levels.at(-1)
    if (!level || token.kind === 'string' || token.kind === 'number') continue
    if (OPEN.has(token.text)) levels.push({ chain: 0, operand: 0, deepest: 0 })
    else if (CLOSE.has(token.text) && levels.length > 1) {
      levels.pop()
      const above = levels.at(-1)
      if (above) above.operand += depthAt(level) + BRACKET_WEIGHT
    } else countOperator(level, token)
    const depth = (levels.length - 1) * BRACKET_WEIGHT + depthAt(levels.at(-1) ?? level)
    if (depth > limit) found.tooDeep ??= { start: token.start, end: token.end }
    found.depth = Math.max(found.depth, depth)
  }
  return found
}

const depthAt = ({ chain, operand, deepest }: Level) => chain + Math.max(operand, deepest)

function countOperator(level: Level, { kind, text }: Token) {
  if (text === ',' || text === '@') Object.assign(level, { deepest: depthAt(level), chain: 0, operand: 0 })
  else if (JOINING.has(text)) Object.assign(level, { chain: level.chain + 1, deepest: Math.max(level.deepest, level.operand), operand: 0 })
  else if (text === 'if') level.chain += IF_WEIGHT
  else if (kind === 'mark' ? CHAINING.has(text) : CHAINING_NAMES.has(text)) level.operand += 1
}
