import type { CedarPolicyJson } from '@/lib/access/cedar'
import type { Scene } from './expression-parts'
import { entityOf, field, textField } from './json-tree'
import { isMember } from './operators'
import type { ParsedStatement } from './policy-text'
import { CedarSet, type EntityRef } from './values'

/** Whether one part of a statement's scope fits a request. Never fails. */
export type ScopeTest = (scene: Scene) => boolean

type Constraint = CedarPolicyJson['principal' | 'action' | 'resource']

const entityIn = (json: unknown): EntityRef | null => entityOf(field(json, 'entity'))

/** Entities in brackets after `in`. */
function entitiesIn(constraint: Constraint): EntityRef[] | null {
  const list = field(constraint, 'entities')
  return Array.isArray(list) ? list.flatMap((json) => entityOf(json) ?? []) : null
}

/**
 * The actions a statement names in its scope; null when it names none, so that any action fits. Actions have no groups in
 * our schemas, so `in` asks for no more than `==`.
 */
export function namedActions({ json: { action } }: ParsedStatement): EntityRef[] | null {
  if (action.op === 'All') return null
  const one = entityIn(action)
  return entitiesIn(action) ?? (one ? [one] : [])
}

/** A part of the scope as a test, for a part that is constrained. */
export function compileScope(part: 'principal' | 'action' | 'resource', constraint: Constraint): ScopeTest {
  const entity = entityIn(constraint)
  if (constraint.op === '==') {
    const [type, id] = [entity?.type, entity?.id]
    return (scene) => scene[part].id === id && scene[part].type === type
  }
  if (constraint.op === 'in') {
    const list = entitiesIn(constraint)
    const place = list ? new CedarSet(list) : entity
    return place ? (scene) => isMember(scene[part], place, scene.entities) : () => false
  }
  const type = textField(constraint, 'entity_type')
  const within = entityIn(field(constraint, 'in'))
  if (!within) return (scene) => scene[part].type === type
  return (scene) => scene[part].type === type && isMember(scene[part], within, scene.entities)
}
