import type { NamedResource } from '@/lib/access/named-things'
import { AppError } from '@/lib/errors'

/**
 * Reads AuthZEN requests by hand: this is on the path of every decision, where a schema library costs more than the
 * decision. Unknown fields are ignored; a missing or mistyped one is refused with its place.
 */
type Json = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

const malformed = (message: string) => new AppError('malformed-request', message)

function objectAt(value: unknown, path: string): Json {
  if (isObject(value)) return value
  throw malformed(value === undefined ? `\`${path}\` is missing` : `\`${path}\` is not an object`)
}

function textAt(owner: Json, name: string, path: string): string {
  const value = owner[name]
  if (typeof value === 'string') return value
  throw malformed(value === undefined ? `\`${path}.${name}\` is missing` : `\`${path}.${name}\` is not a string`)
}

function optionalObject(owner: Json, name: string, path: string): Json | undefined {
  const value = owner[name]
  return value === undefined || isObject(value) ? value : objectAt(value, path === '' ? name : `${path}.${name}`)
}

/** The four parts of a question, each still to be read. */
export type Parts = { subject: unknown; action: unknown; resource: unknown; context: unknown }

export type Asked = { subject: NamedResource; action: string; actionProperties: Json | undefined; resource: NamedResource; context: Json | undefined }

const named = (value: unknown, path: string): NamedResource => {
  const thing = objectAt(value, path)
  return { type: textAt(thing, 'type', path), id: textAt(thing, 'id', path), properties: optionalObject(thing, 'properties', path) }
}

export const readSubject = (value: unknown, at = ''): NamedResource => named(value, `${at}subject`)
export const readResource = (value: unknown, at = ''): NamedResource => named(value, `${at}resource`)

/** A subject or resource that is searched for: its id is not looked at. */
export const readType = (value: unknown, path: string): string => textAt(objectAt(value, path), 'type', path)

export function readAction(value: unknown, at = ''): string {
  const path = `${at}action`
  const action = objectAt(value, path)
  optionalObject(action, 'properties', path)
  return textAt(action, 'name', path)
}

/** What a question says of its action beside the name; the name was read before. */
export const propertiesOf = (value: unknown): Json | undefined => (isObject(value) && isObject(value['properties']) ? value['properties'] : undefined)

export const readContext = (value: unknown, at = ''): Json | undefined => (value === undefined ? undefined : objectAt(value, `${at}context`))

/** @param at prefix of the paths in messages, such as `evaluations[2].` @throws AppError `malformed-request` */
export function readEvaluation({ subject, action, resource, context }: Partial<Parts>, at = ''): Asked {
  return {
    subject: readSubject(subject, at), action: readAction(action, at), actionProperties: propertiesOf(action), resource: readResource(resource, at),
    context: readContext(context, at),
  }
}

export const SEMANTICS = ['execute_all', 'deny_on_first_deny', 'permit_on_first_permit'] as const
export type Semantic = (typeof SEMANTICS)[number]

function readSemantic(body: Json): Semantic {
  const given = optionalObject(body, 'options', '')?.['evaluations_semantic']
  if (given === undefined) return 'execute_all'
  const semantic = SEMANTICS.find((known) => known === given)
  if (semantic === undefined) throw malformed(`\`options.evaluations_semantic\` is none of ${SEMANTICS.join(', ')}`)
  return semantic
}

/** An entry that names something without its type, with the type of the default: an id is never made up so. */
function typed(own: unknown, fallback: unknown): unknown {
  if (!isObject(own) || !isObject(fallback) || own['type'] !== undefined) return own
  return { type: fallback['type'], ...own }
}

/**
 * What an entry asks, or why it asks nothing: that is its own denial and not the request's (AuthZEN, Errors). Types of the
 * default and places are looked at for an entry that is refused only: in a batch they would cost as much as the decisions.
 */
function readEntry(parts: Partial<Parts>, { subject, resource }: Partial<Parts>, at: string): Asked | AppError {
  try {
    return readEvaluation(parts)
  } catch {
    try {
      return readEvaluation({ ...parts, subject: typed(parts.subject, subject), resource: typed(parts.resource, resource) }, at)
    } catch (error) {
      if (error instanceof AppError) return error
      throw error
    }
  }
}

/** `null`: without entries, the request is a single evaluation. @throws AppError `malformed-request` */
export function readEvaluations(body: Json): { semantic: Semantic; list: (Asked | AppError)[] } | null {
  const semantic = readSemantic(body)
  const { evaluations } = body
  if (evaluations === undefined) return null
  if (!Array.isArray(evaluations)) throw malformed('`evaluations` is not an array')
  if (evaluations.length === 0) return null
  const defaults: Partial<Parts> = {
    subject: optionalObject(body, 'subject', ''), action: optionalObject(body, 'action', ''), resource: optionalObject(body, 'resource', ''), context: optionalObject(body, 'context', ''),
  }
  const list = evaluations.map((entry: unknown, index) => {
    // An entry's own field is undefined when it has none, and then the default counts.
    const own: Partial<Parts> = isObject(entry) ? entry : objectAt(entry, `evaluations[${index}]`)
    const { subject = defaults.subject, action = defaults.action, resource = defaults.resource, context = defaults.context } = own
    return readEntry({ subject, action, resource, context }, defaults, `evaluations[${index}].`)
  })
  return { semantic, list }
}

/** `limit` is null when the request says none: then that of the token counts. */
export type PageAsked = { token: string | null; limit: number | null }

export const LIMIT_DEFAULT = 50
export const LIMIT_MAX = 1000

/** A limit above 1,000 is answered with fewer, as the specification allows. @throws AppError `malformed-request` */
export function readPage(body: Json): PageAsked {
  const page = optionalObject(body, 'page', '')
  const { token, limit } = page ?? {}
  if (page !== undefined) optionalObject(page, 'properties', 'page')
  if (token !== undefined && typeof token !== 'string') throw malformed('`page.token` is not a string')
  if (limit === undefined) return { token: token || null, limit: null }
  if (typeof limit !== 'number' || !Number.isInteger(limit) || limit < 0) throw malformed('`page.limit` is not a whole number from 0')
  return { token: token || null, limit: Math.min(limit, LIMIT_MAX) }
}

/** The JSON object of a body. @throws AppError `malformed-request` */
export function readObject(text: string): Json {
  if (text.trim() === '') throw malformed('the body is empty; send a JSON object')
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch (error) {
    throw malformed(`the body is not JSON: ${error instanceof Error ? error.message.slice(0, 200) : 'unreadable'}`)
  }
  if (!isObject(parsed)) throw malformed('the body is not a JSON object')
  return parsed
}

export type { Json }
