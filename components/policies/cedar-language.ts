import { HighlightStyle, StreamLanguage, syntaxHighlighting, type StreamParser } from '@codemirror/language'
import { tags } from '@lezer/highlight'

const KEYWORDS = new Set(['permit', 'forbid', 'when', 'unless', 'if', 'then', 'else', 'in', 'is', 'like', 'has'])
const VARIABLES = new Set(['principal', 'action', 'resource', 'context'])
const FUNCTIONS = new Set(['ip', 'decimal', 'datetime', 'duration'])

type State = { isAfterDot: boolean }

const wordKind = (word: string, isAfterDot: boolean, isPath: boolean): string => {
  if (isAfterDot) return 'propertyName'
  if (isPath) return 'typeName'
  if (KEYWORDS.has(word)) return 'keyword'
  if (VARIABLES.has(word)) return 'variableName'
  if (word === 'true' || word === 'false') return 'bool'
  return FUNCTIONS.has(word) ? 'function' : 'name'
}

const parser: StreamParser<State> = {
  name: 'cedar',
  startState: () => ({ isAfterDot: false }),
  token(stream, state) {
    if (stream.eatSpace()) return null
    const { isAfterDot } = state
    state.isAfterDot = false
    if (stream.match('//')) {
      stream.skipToEnd()
      return 'comment'
    }
    if (stream.match(/^"(?:[^"\\]|\\.)*"?/)) return 'string'
    if (stream.match(/^@[A-Za-z_]\w*/)) return 'meta'
    if (stream.match(/^\d+/)) return 'number'
    const word = stream.match(/^[A-Za-z_]\w*/)
    if (word && word !== true) return wordKind(word[0], isAfterDot, stream.match(/^\s*::/, false) !== null || /::\s*$/.test(stream.string.slice(0, stream.start)))
    const mark = stream.next()
    state.isAfterDot = mark === '.'
    return mark !== undefined && /[-+*<>=!&|]/.test(mark) ? 'operator' : null
  },
  languageData: {
    commentTokens: { line: '//' },
    closeBrackets: { brackets: ['(', '[', '{', '"'] },
    indentOnInput: /^\s*[)\]}]$/,
  },
  tokenTable: { function: tags.function(tags.variableName) },
}

/** Cedar's policy language, coloured by token: there is no tree, and completion asks the schema instead. */
export const cedarLanguage = StreamLanguage.define(parser)

/** Colours from our tokens, so that they follow the theme. */
export const cedarHighlighting = syntaxHighlighting(HighlightStyle.define([
  { tag: tags.keyword, color: 'var(--accent-text)', fontWeight: '600' },
  { tag: [tags.variableName, tags.bool], color: 'var(--code-variable)' },
  { tag: [tags.typeName, tags.function(tags.variableName)], color: 'var(--code-type)' },
  { tag: tags.string, color: 'var(--ok)' },
  { tag: tags.number, color: 'var(--warn)' },
  { tag: tags.meta, color: 'var(--warn)' },
  { tag: tags.comment, color: 'var(--ink-3)', fontStyle: 'italic' },
  { tag: [tags.propertyName, tags.operator], color: 'var(--ink)' },
]))
