import { ScimError } from '@/lib/scim/error'
import { parseFilter, type Filter } from '@/lib/scim/filter'
import { asList, isObject, valueOf, type JsonObject } from '@/lib/scim/json'
import { objectOf } from '@/lib/scim/resource'
import { readProjection, type Projection } from '@/lib/scim/projection'
import type { ResourceKind } from '@/lib/scim/schemas'
import { RESULTS_MAX } from './discovery'

export const SEARCH_SCHEMA = 'urn:ietf:params:scim:api:messages:2.0:SearchRequest'

/** What a list is asked for, whether in the address or in the body of `.search`. */
export type Query = { filter: string | null; startIndex: number; count: number; attributes: string[]; excluded: string[] }

const DEFAULT_COUNT = 100

/** @throws ScimError `invalidValue` when it is no whole number */
function wholeNumber(name: string, value: unknown, otherwise: number): number {
  if (value === undefined || value === null || value === '') return otherwise
  const number = typeof value === 'number' ? value : typeof value === 'string' && /^-?\d{1,15}$/.test(value.trim()) ? Number(value) : Number.NaN
  if (!Number.isInteger(number)) throw new ScimError(400, 'invalidValue', `\`${name}\` is a whole number`)
  return number
}

/**
 * Paging as RFC 7644 §3.4.2.4 has it: a `startIndex` below 1 counts as 1, a `count` below 0 as 0, and more than we
 * answer at once is cut to that.
 */
export function readQuery(given: (name: string) => unknown): Query {
  const filter = given('filter')
  if (filter !== undefined && filter !== null && typeof filter !== 'string') throw new ScimError(400, 'invalidFilter', 'the filter is a text')
  const texts = (name: string): string[] => asTexts(given(name))
  return {
    filter: typeof filter === 'string' && filter.trim() !== '' ? filter : null,
    startIndex: Math.min(Math.max(wholeNumber('startIndex', given('startIndex'), 1), 1), 2_000_000_000),
    count: Math.min(Math.max(wholeNumber('count', given('count'), DEFAULT_COUNT), 0), RESULTS_MAX),
    attributes: texts('attributes'), excluded: texts('excludedAttributes'),
  }
}

const asTexts = (value: unknown): string[] => (Array.isArray(value) ? value : value === undefined || value === null ? [] : [value]).filter((each) => typeof each === 'string')

/** The body of `.search` (RFC 7644 §3.4.3). @throws ScimError `invalidSyntax` */
export function readSearch(body: unknown): Query {
  const sent: JsonObject = objectOf(body)
  const schemas = asList(valueOf(sent, 'schemas'))
  if (schemas.length > 0 && !schemas.some((each) => typeof each === 'string' && each.toLowerCase() === SEARCH_SCHEMA.toLowerCase())) throw new ScimError(400, 'invalidSyntax', `\`schemas\` does not hold \`${SEARCH_SCHEMA}\``)
  return readQuery((name) => {
    const value = valueOf(sent, name)
    return isObject(value) ? 'an object' : value
  })
}

export const projectionOf = (kind: ResourceKind, { attributes, excluded }: Pick<Query, 'attributes' | 'excluded'>): Projection => readProjection(kind, attributes, excluded)

export const filterOf = (kind: ResourceKind, { filter }: Query): Filter | null => (filter === null ? null : parseFilter(filter, kind))
