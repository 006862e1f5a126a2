import { ScimError } from './error'
import type { Filter } from './filter'
import { asList, isObject, valueOf, type Json } from './json'
import type { PatchOperation } from './patch-operations'
import { MEMBERS } from './resource'

/** One step of what is to become of a group's members. */
export type MemberStep = { op: 'add' | 'remove' | 'replace'; ids: readonly string[] } | { op: 'remove-chosen'; filter: Filter }

/** Most members named in one request. */
export const MEMBERS_MAX = 20_000

/** Id of a member out of what was sent: an object with `value`, one with `$ref` alone, or the id itself. */
function idOf(each: Json): string {
  if (typeof each === 'string') return each
  if (!isObject(each)) throw new ScimError(400, 'invalidValue', '`members`: expected objects with the id as `value`')
  const type = valueOf(each, 'type')
  if (typeof type === 'string' && type.toLowerCase() === 'group') throw new ScimError(400, 'invalidValue', '`members`: a group holds people, not groups')
  const value = valueOf(each, 'value')
  if (typeof value === 'string' && value !== '') return value
  const reference = valueOf(each, '$ref')
  const last = typeof reference === 'string' ? reference.split('/').at(-1) : undefined
  if (last) return last
  throw new ScimError(400, 'invalidValue', '`members`: expected objects with the id as `value`')
}

/** Ids of members, each once. @throws ScimError */
export function memberIds(value: Json | undefined): string[] {
  const ids = [...new Set(asList(value).map(idOf))]
  if (ids.length > MEMBERS_MAX) throw new ScimError(413, 'tooMany', `a request may name at most ${MEMBERS_MAX} members`)
  return ids
}

/** Ids that a filter names one by one, `value eq "…" or value eq "…"`; null when it is of another form. */
function idsIn(filter: Filter): string[] | null {
  if (filter.kind === 'or') {
    const parts = filter.of.map(idsIn)
    return parts.some((each) => each === null) ? null : parts.flatMap((each) => each ?? [])
  }
  if (filter.kind !== 'test' || filter.path.names.length !== 1 || filter.path.names[0] !== 'value') return null
  return filter.test.type === 'text' && filter.test.operator === 'eq' ? [filter.test.value] : null
}

function stepAt({ op, target, value }: PatchOperation): MemberStep {
  const filter = target?.filter
  if (target?.sub !== undefined || (target && target.path.names.length > 1)) throw new ScimError(400, 'mutability', '`members`: who is in a group is changed, not what they are')
  if (filter) {
    if (op !== 'remove') throw new ScimError(400, 'mutability', '`members`: members are added or removed, not changed')
    const ids = idsIn(filter)
    return ids ? { op, ids } : { op: 'remove-chosen', filter }
  }
  // Some name those to remove in the value instead of in a filter; without a value everybody goes.
  if (op === 'remove') return value === undefined || value === null ? { op: 'replace', ids: [] } : { op, ids: memberIds(value) }
  return { op, ids: memberIds(value) }
}

/** What the operations of a PATCH do to a group's members, in order; everything else is `applyPatch`'s. @throws ScimError */
export function memberSteps(operations: readonly PatchOperation[]): MemberStep[] {
  return operations.flatMap((operation) => {
    const { op, target, value } = operation
    if (target) return target.path.names[0] === MEMBERS ? [stepAt(operation)] : []
    const members = isObject(value) ? valueOf(value, MEMBERS) : undefined
    return members === undefined || op === 'remove' ? [] : [{ op, ids: memberIds(members) }]
  })
}
