import { isKnownEvent, PHRASES, type Phrase } from './phrases'
import { redacted, withoutSecrets } from './redaction'

/** What a sentence is made from. */
export type Told = {
  event: string
  outcome: string
  actor: { type: string; name: string }
  targets: readonly { type: string; id: string; name: string }[]
  before: Readonly<Record<string, unknown>> | null
  after: Readonly<Record<string, unknown>> | null
  detail: Readonly<Record<string, unknown>> | null
}

/** A piece of a sentence: words, or a name or value to stand out. */
export type Part = { text: string; strong: boolean }

/** Names told one by one; the others are counted. */
const NAMED_MAX = 3

function listed(names: readonly string[]): string {
  if (names.length <= NAMED_MAX) return names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
  return `${names.slice(0, NAMED_MAX).join(', ')} and ${names.length - NAMED_MAX} more`
}

function wordsOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (Array.isArray(value)) return listed(value.map(wordsOf).filter(Boolean))
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

const targetNames = (told: Told, type: string): string =>
  listed(told.targets.filter((target) => target.type === type || (type === 'user' && target.type === 'invitation')).map((target) => target.name || target.id))

/** What stands for `{user}` or `{after.name}`. */
function valueOf(told: Told, placeholder: string): string {
  const [where = '', field] = placeholder.split('.')
  if (field === undefined) return withoutSecrets(targetNames(told, where))
  const source = where === 'before' ? told.before : where === 'after' ? told.after : told.detail
  return wordsOf(redacted(field, source?.[field]))
}

/** A template's text with its placeholders filled in. */
function fill(template: string, told: Told): Part[] {
  return template.split(/(\[[^\]]*\]|\{[^}]*\})/).flatMap((piece): Part[] => {
    if (piece.startsWith('[')) {
      const inner = piece.slice(1, -1)
      const names = [...inner.matchAll(/\{([^}|]*)/g)].map((match) => match[1] ?? '')
      return names.some((name) => valueOf(told, name) === '') ? [] : fill(inner, told)
    }
    if (!piece.startsWith('{')) return piece === '' ? [] : [{ text: piece, strong: false }]
    const [name = '', fallback = ''] = piece.slice(1, -1).split('|')
    const value = valueOf(told, name)
    return value === '' ? [{ text: fallback, strong: false }] : [{ text: value, strong: true }]
  })
}

/** For an event of a newer version: its own name, and what it was about. */
function phraseOf(event: string): Phrase {
  if (isKnownEvent(event)) return PHRASES[event]
  const [noun = event, verb = ''] = event.split('.')
  const words = `${verb} ${noun}`.replaceAll('-', ' ').trim()
  return { title: words.charAt(0).toUpperCase() + words.slice(1), did: `did “${words}”`, to: words }
}

function actorName({ type, name }: Told['actor']): string {
  if (type === 'command') return 'The local command'
  if (type === 'token') return `The application token ${name}`
  if (type === 'service_account') return `The service account ${name}`
  return type === 'api_key' ? `${name} by API key` : name
}

function reasonOf({ detail }: Told): string {
  const missing = detail?.['missing']
  if (typeof missing === 'object' && missing !== null && 'permission' in missing) return `: ${String(missing.permission)} is missing`
  const words = wordsOf(redacted('message', detail?.['message'])) || wordsOf(redacted('code', detail?.['code'])).replaceAll('-', ' ')
  return words ? `: ${words}` : ''
}

const plain = (text: string): Part => ({ text, strong: false })
const isTold = ({ text }: Part): boolean => text !== ''

/** What happened, without who did it: "suspended m.dev@acme.test", "was not permitted to suspend a user: …". */
export function predicateOf(told: Told): Part[] {
  const phrase = phraseOf(told.event)
  if (told.outcome === 'success') return fill(phrase.did, told).filter(isTold)
  const lead = told.outcome === 'denied' ? 'was not permitted to ' : 'could not '
  return [plain(lead), ...fill(phrase.to, told), plain(reasonOf(told))].filter(isTold)
}

/** The whole sentence in pieces, who did it first. */
export const sentencePartsOf = (told: Told): Part[] => [{ text: withoutSecrets(actorName(told.actor)), strong: true }, plain(' '), ...predicateOf(told)]

/** The whole sentence as text. */
export const sentenceOf = (told: Told): string => sentencePartsOf(told).map((part) => part.text).join('').trim()

/** A short name for an event, such as "Suspend user". */
export const titleOf = (event: string): string => phraseOf(event).title

/** Events whose name or title contains the text. */
export const eventsTitled = (text: string): string[] =>
  Object.entries(PHRASES).filter(([event, { title }]) => event.includes(text) || title.toLowerCase().includes(text)).map(([event]) => event)

/** All events to choose from, by title. */
export const eventChoices = (): { event: string; title: string }[] =>
  Object.entries(PHRASES).map(([event, { title }]) => ({ event, title })).sort((a, b) => a.title.localeCompare(b.title))
