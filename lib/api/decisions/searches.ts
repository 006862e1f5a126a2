import { createHash } from 'node:crypto'
import { decideAccess, isAddressRefused } from '@/lib/access/decide'
import type { Found } from '@/lib/access/engine/search'
import { KINDS, type PrincipalKind } from '@/lib/access/engine/snapshot'
import { answersIn, findPlace, findSubject, type Place } from '@/lib/access/named-things'
import type { QuestionFacts } from '@/lib/access/policy-question'
import { findActions, findResources, findSubjects } from '@/lib/access/search'
import { isCredentialGood } from '@/lib/access/snapshots/known-credentials'
import { AppError } from '@/lib/errors'
import { addressOf, requireAsk, type Asking } from './evaluate'
import { LIMIT_DEFAULT, LIMIT_MAX, propertiesOf, readAction, readContext, readPage, readResource, readSubject, readType, type Json, type PageAsked } from './payload'

export type Results<T> = { page: { next_token: string; count: number }; results: T[] }

const EMPTY: Found = { ids: [], next: null }

const markOf = (question: readonly string[]): string => createHash('sha256').update(JSON.stringify(question)).digest('base64url').slice(0, 16)

/**
 * A token is the question's mark, the limit of its pages (none where a page of none was asked for) and the last id that was
 * looked at: the last that was given, but on a page cut short.
 */
const tokenOf = (mark: string, limit: number, id: string): string => Buffer.from(`${mark}\n${limit || ''}\n${id}`).toString('base64url')

/** Where a page begins and how much it holds. @throws AppError `malformed-request` when the question or the limit is not that of the token */
function positionOf({ token, limit }: PageAsked, mark: string): { after?: string; limit: number } {
  if (token === null) return { limit: limit ?? LIMIT_DEFAULT }
  const [, marked, size = '', id] = /^(.*)\n(\d{0,4})\n(.*)$/.exec(Buffer.from(token, 'base64url').toString('utf8')) ?? []
  if (marked !== mark || id === undefined) throw new AppError('malformed-request', '`page.token` belongs to another search; repeat the search it was given for')
  if (size !== '' && limit !== null && limit !== Number(size)) throw new AppError('malformed-request', `\`page.token\` belongs to pages of ${size}; leave \`page.limit\` out or repeat it`)
  return { limit: limit ?? (size === '' ? LIMIT_DEFAULT : Math.min(Number(size), LIMIT_MAX)), ...(id !== '' && { after: id }) }
}

/** One page; asked for none, it says whether there are any. */
function pageOf<T>(asked: PageAsked, question: readonly string[], find: (page: { after?: string; limit: number }) => Found, show: (id: string) => T): Results<T> {
  const mark = markOf(question)
  const position = positionOf(asked, mark)
  const { after = '', limit } = position
  const { ids, next } = find({ ...position, limit: Math.max(1, limit) })
  if (limit === 0) return { page: { next_token: ids.length > 0 ? tokenOf(mark, 0, after) : '', count: 0 }, results: [] }
  return { page: { next_token: next === null ? '' : tokenOf(mark, limit, next), count: ids.length }, results: ids.map(show) }
}

const showing = (type: string, nameOf: (id: string) => string) => (id: string) => ({ type, id: nameOf(id) })

const kindOf = (type: string): Exclude<PrincipalKind, 'unknown'> | undefined =>
  KINDS.find((kind): kind is Exclude<PrincipalKind, 'unknown'> => kind === type && kind !== 'unknown')

type KeyType = 'api_key' | 'service_account_key'
const isKeyType = (type: string): type is KeyType => type === 'api_key' || type === 'service_account_key'

/** Keys with which somebody may; each has the rights of its owner, as far as it is not narrowed. */
function searchKeys({ caller: { index }, at }: Asking, type: KeyType, asked: { permission: string; facts: QuestionFacts } & Place, { after, limit }: { after?: string; limit: number }): Found {
  const ids: string[] = []
  for (const key of index.directory.allCredentials()) {
    if (key.type !== type || (after !== undefined && key.id <= after) || !isCredentialGood(key, at)) continue
    const { principalId, narrowing } = key
    if (decideAccess(index, { ...asked, principalId, at, ...(narrowing && { narrowing }) }).allow) ids.push(key.id)
  }
  ids.sort()
  return { ids: ids.slice(0, limit), next: ids.length > limit ? (ids[limit - 1] ?? null) : null }
}

/** Who may do this here (AuthZEN, Subject Search). @throws AppError `malformed-request`, `forbidden` */
export function answerSubjectSearch(asking: Asking, body: Json): Results<{ type: string; id: string }> {
  const { caller: { index }, at } = asking
  const type = readType(body['subject'], 'subject')
  const permission = readAction(body['action'])
  const resource = readResource(body['resource'])
  const context = readContext(body['context'])
  const page = readPage(body)
  const place = findPlace(index, resource)
  requireAsk(asking, place)
  const kind = kindOf(type)
  const facts = { context, action: propertiesOf(body['action']), resource: resource.properties, unregisteredId: resource.id }
  const find = (each: { after?: string; limit: number }): Found => {
    if (place === undefined || isAddressRefused(index, addressOf(context), at)) return EMPTY
    if (isKeyType(type)) return searchKeys(asking, type, { permission, facts, ...place }, each)
    return kind === undefined ? EMPTY : findSubjects(index, { permission, at, kind, facts, ...place }, each)
  }
  return pageOf(page, ['subject', type, permission, resource.type, resource.id, JSON.stringify(facts)], find, showing(type, answersIn(index, resource)))
}

/** Where somebody may do this (AuthZEN, Resource Search). @throws AppError `malformed-request`, `forbidden` */
export function answerResourceSearch(asking: Asking, body: Json): Results<{ type: string; id: string }> {
  const { caller: { index }, at } = asking
  const subject = readSubject(body['subject'])
  const permission = readAction(body['action'])
  const type = readType(body['resource'], 'resource')
  const context = readContext(body['context'])
  const page = readPage(body)
  requireAsk(asking, undefined)
  const found = findSubject(index, subject, at)
  const facts = { context, subject: subject.properties, action: propertiesOf(body['action']) }
  const find = (each: { after?: string; limit: number }): Found =>
    found === undefined || isAddressRefused(index, addressOf(context), at) ? EMPTY : findResources(index, { ...found, permission, type, at, facts }, each)
  return pageOf(page, ['resource', subject.type, subject.id, permission, type, JSON.stringify(facts)], find, showing(type, answersIn(index, subject)))
}

/** What somebody may do here (AuthZEN, Action Search). @throws AppError `malformed-request`, `forbidden` */
export function answerActionSearch(asking: Asking, body: Json): Results<{ name: string }> {
  const { caller: { index }, at } = asking
  const subject = readSubject(body['subject'])
  const resource = readResource(body['resource'])
  const context = readContext(body['context'])
  const page = readPage(body)
  const place = findPlace(index, resource)
  requireAsk(asking, place)
  const found = findSubject(index, subject, at)
  const facts = { context, subject: subject.properties, resource: resource.properties, unregisteredId: resource.id }
  const find = ({ after, limit }: { after?: string; limit: number }): Found => {
    if (place === undefined || found === undefined || isAddressRefused(index, addressOf(context), at)) return EMPTY
    const names = findActions(index, { ...found, at, facts, ...place }).sort()
    const left = after === undefined ? names : names.filter((name) => name > after)
    return { ids: left.slice(0, limit), next: left.length > limit ? (left[limit - 1] ?? null) : null }
  }
  return pageOf(page, ['action', subject.type, subject.id, resource.type, resource.id, JSON.stringify(facts)], find, (name) => ({ name }))
}
