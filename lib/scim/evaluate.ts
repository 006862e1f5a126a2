import type { Filter } from './filter'
import { asList, isObject, valueOf, type Json } from './json'
import { passes } from './test'

const isFilled = (value: Json): boolean =>
  value !== null && value !== '' && !(Array.isArray(value) && value.length === 0) && !(isObject(value) && Object.keys(value).length === 0)

/** All values at a path; lists on the way are gone through. */
export function valuesAt(from: Json, names: readonly string[]): Json[] {
  return names.reduce<Json[]>((values, name) => values.flatMap((value) => (isObject(value) ? asList(valueOf(value, name)) : [])), [from])
}

/** Whether a resource, or an element of one of its lists, fulfils a filter: the plain meaning of which SQL must be a translation. */
export function fulfils(filter: Filter, of: Json): boolean {
  switch (filter.kind) {
    case 'and': return filter.of.every((each) => fulfils(each, of))
    case 'or': return filter.of.some((each) => fulfils(each, of))
    case 'not': return !fulfils(filter.of, of)
    case 'present': return valuesAt(of, filter.path.names).some(isFilled)
    case 'test': return valuesAt(of, filter.path.names).some((value) => passes(filter.test, value))
    case 'has': return valuesAt(of, filter.path.names).some((value) => fulfils(filter.of, value))
  }
}
