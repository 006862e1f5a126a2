import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete'
import { snippetCompletion } from '@codemirror/autocomplete'
import { quoted } from '@/lib/access/policies/quote'
import type { AttributeView, CompletionData, EntityChoice } from '@/lib/features/policies/editing-view'

type TypeData = CompletionData['types'][number]

/** What completion asks of the server: the schema once, entities as one types their id. */
export type CompletionSource = {
  load: () => Promise<CompletionData | null>
  search: (type: TypeData, text: string) => Promise<readonly EntityChoice[]>
}

const STATEMENTS: readonly Completion[] = [
  snippetCompletion('permit(\n  principal,\n  action == ${action},\n  resource\n);', { label: 'permit', detail: 'a statement that permits', type: 'keyword' }),
  snippetCompletion('forbid(\n  principal,\n  action == ${action},\n  resource\n) when { ${condition} };', { label: 'forbid', detail: 'a statement that forbids', type: 'keyword' }),
]

const WORDS: readonly Completion[] = [
  ...['principal', 'action', 'resource', 'context'].map((label) => ({ label, type: 'variable' })),
  ...['when', 'unless', 'in', 'is', 'has', 'like', 'if', 'then', 'else', 'true', 'false'].map((label) => ({ label, type: 'keyword' })),
  ...['ip', 'datetime', 'duration', 'decimal'].map((label) => ({ label, type: 'function', apply: `${label}("` })),
]

const attributes = (views: readonly AttributeView[]): Completion[] => {
  const seen = new Set<string>()
  return views.filter(({ name }) => !seen.has(name) && seen.add(name)).map(({ name, type }) => ({ label: name, detail: type, type: 'property' }))
}

/** What stands after the dot, by the variable before it. */
function attributesOf(data: CompletionData, variable: string): Completion[] {
  if (variable === 'context') return attributes(data.context)
  if (variable === 'principal') return attributes(data.principal)
  return variable === 'resource' ? attributes(data.types.filter(({ finds }) => finds === 'resource').flatMap((type) => [...type.attributes])) : []
}

/** The end of a literal that one completes inside of: its quote, unless it is there. */
const closing = (context: CompletionContext): string => (context.state.sliceDoc(context.pos, context.pos + 1) === '"' ? '' : '"')

const inside = (text: string): string => quoted(text).slice(1, -1)

function actionsIn(data: CompletionData, context: CompletionContext, from: number): CompletionResult {
  const end = closing(context)
  return { from, validFor: /^[^"]*$/, options: data.actions.map(({ name, title }) => ({ label: name, detail: title, type: 'constant', apply: inside(name) + end })) }
}

async function entitiesIn(type: TypeData, source: CompletionSource, context: CompletionContext, from: number, text: string): Promise<CompletionResult> {
  const end = closing(context)
  const found = await source.search(type, text)
  return { from, filter: false, options: found.map(({ id, name, detail }) => ({ label: name, detail, type: 'constant', apply: inside(id) + end })) }
}

const LITERAL = /((?:[A-Za-z_]\w*::)+)"((?:[^"\\]|\\.)*)$/

/** Completion from the schema: actions, types, attributes, and the entities of the organization by name. */
export function cedarCompletion(source: CompletionSource) {
  return async (context: CompletionContext): Promise<CompletionResult | null> => {
    const line = context.state.doc.lineAt(context.pos)
    const before = line.text.slice(0, context.pos - line.from)
    if (/^\s*\/\//.test(before)) return null
    const data = await source.load()
    if (!data) return null
    const literal = LITERAL.exec(before)
    if (literal) {
      const [, path = '', text = ''] = literal
      const cedar = path.slice(0, -2)
      const from = context.pos - text.length
      if (cedar === data.actionType) return actionsIn(data, context, from)
      const type = data.types.find((each) => each.cedar === cedar)
      return type && type.finds !== 'nothing' ? entitiesIn(type, source, context, from, text) : null
    }
    const property = /\b(principal|resource|context)(?:\.|\s+has\s+)(\w*)$/.exec(before)
    if (property) return { from: context.pos - (property[2]?.length ?? 0), validFor: /^\w*$/, options: attributesOf(data, property[1] ?? '') }
    const word = /[A-Za-z_][\w:]*$/.exec(before)?.[0]
    if (word === undefined && !context.explicit) return null
    return { from: context.pos - (word?.length ?? 0), validFor: /^[\w:]*$/, options: wordsFor(data, before, word ?? '') }
  }
}

/** Statements where one begins, else words of the language; types wherever a name may stand. */
function wordsFor(data: CompletionData, before: string, word: string): Completion[] {
  const head = before.slice(0, before.length - word.length)
  const isStart = /^\s*$|;\s*$/.test(head)
  const types = data.types.map(({ cedar, title }) => ({ label: cedar, detail: title, type: 'type', apply: /\bis\s+$/.test(head) ? cedar : `${cedar}::"` }))
  const action = { label: data.actionType, detail: 'Action', type: 'type', apply: `${data.actionType}::"` }
  return [...(isStart ? STATEMENTS : []), ...WORDS, action, ...types]
}
