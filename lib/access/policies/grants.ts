import type { AccessModel } from '@/lib/access/models/access-model'
import { expandPermissions } from '@/lib/access/models/role-permissions'
import { actionRef } from './names'
import { readPolicyText } from './policy-text'
import { permissionsOf, resourceOf, type Permissions, type PolicyResource } from './scope'
import type { EntityRef } from './values'

/** What one permit gives at most. */
export type PolicyGrant = {
  statement: number
  permissions: Permissions
  resource: PolicyResource
  /** A condition, or a principal it names, may give less. */
  isConditional: boolean
}

/**
 * What policies give at most, to compare with what their author holds: nobody gives what they do not hold. Conditions can
 * only narrow it. A permit that names an unknown action or resource gives nothing.
 */
export function grantsOf(model: AccessModel, text: string): PolicyGrant[] {
  return readPolicyText(text).statements.flatMap((statement) => {
    const { json, index } = statement
    const [permissions, resource] = [permissionsOf(model, statement), resourceOf(model, json)]
    if (json.effect === 'forbid' || permissions === null || resource === null) return []
    return [{ statement: index, permissions, resource, isConditional: json.conditions.length > 0 || json.principal.op !== 'All' }]
  })
}

const cache = new WeakMap<AccessModel, Map<string, readonly EntityRef[]>>()

/**
 * Actions whose permission brings this one with it: whoever is permitted `table:read` is permitted `column:read`, and
 * whoever is permitted `connection:edit` holds `gatehouse/policy:write`. Without the action itself.
 */
export function actionsBringing(model: AccessModel, permission: string): readonly EntityRef[] {
  const known = cache.get(model) ?? new Map<string, readonly EntityRef[]>()
  cache.set(model, known)
  const found = known.get(permission) ?? model.permissions
    .filter(({ name }) => name !== permission && expandPermissions(model, [name]).has(permission))
    .map(({ name }) => actionRef(model, name))
  known.set(permission, found)
  return found
}
