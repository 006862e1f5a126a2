import type { CedarPolicyJson } from '@/lib/access/cedar'
import type { AccessModel } from '@/lib/access/models/access-model'
import { entityOf, field, textField } from './json-tree'
import { namesOf } from './names'
import type { ParsedStatement } from './policy-text'
import { namedActions } from './scope-tests'

/** What a statement is about, in the model's own words. */
export type PolicyResource =
  | { kind: 'everything' }
  /** `resource is T`. */
  | { kind: 'type'; type: string }
  /** `resource == T::"id"`: this one, not what lies below. */
  | { kind: 'one'; type: string; id: string }
  /** `resource in T::"id"`: this one and all below; with `only`, those of that type. */
  | { kind: 'within'; type: string; id: string; only: string | null }

export const EVERYTHING: PolicyResource = { kind: 'everything' }

/** Permissions by name, or `*` for all there are. */
export type Permissions = readonly string[] | '*'

/**
 * The permissions a statement's scope names.
 *
 * @returns null when it names an action that is none of the model's permissions
 */
export function permissionsOf(model: AccessModel, statement: ParsedStatement): Permissions | null {
  const names = namesOf(model)
  const actions = namedActions(statement)
  if (!actions) return '*'
  return actions.every(({ type, id }) => type === names.actionType && names.hasPermission(id))
    ? [...new Set(actions.map(({ id }) => id))]
    : null
}

/**
 * The resource a statement's scope names.
 *
 * @returns null when it names something that is no resource of the model
 */
export function resourceOf(model: AccessModel, { resource }: CedarPolicyJson): PolicyResource | null {
  const names = namesOf(model)
  const typeNamed = (cedarType: string | null | undefined) => {
    const meaning = cedarType === null || cedarType === undefined ? undefined : names.meaningOf(cedarType)
    return meaning?.kind === 'resource' ? meaning.type : null
  }
  if (resource.op === 'All') return EVERYTHING
  const isType = typeNamed(textField(resource, 'entity_type'))
  const entity = entityOf(field(resource, 'entity')) ?? entityOf(field(field(resource, 'in'), 'entity'))
  const type = typeNamed(entity?.type)
  if (resource.op === 'is' && !entity) return isType === null ? null : { kind: 'type', type: isType }
  if (!entity || type === null || (resource.op === 'is' && isType === null)) return null
  return resource.op === '=='
    ? { kind: 'one', type, id: entity.id }
    : { kind: 'within', type, id: entity.id, only: isType }
}
