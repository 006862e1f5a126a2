import type { AccessModel } from '@/lib/access/models/access-model'
import { typesAbove } from '@/lib/access/models/resource-types'
import { resourceTypesOf } from './cedar-schema'
import type { ParsedStatement } from './policy-text'
import { permissionsOf, resourceOf, type Permissions, type PolicyResource } from './scope'

/** What one statement is about. `resource` null: not told by its scope, so perhaps anything. */
export type Reach = { permissions: Permissions; resource: PolicyResource | null }

/** What the statements of a text permit without conditions, and what of it they may take back. */
export type Coverage = { permits: readonly Reach[]; forbids: readonly Reach[] }

/** A resource and all below it, or it alone, as the tree has it. */
export type Ground = {
  /** The type of the resource, in the model. */
  type: string
  onlyThere: boolean
  /** How a resource named in a policy lies to this one; null: the organization has none of that name. */
  relationOf(type: string, id: string): 'same' | 'above' | 'below' | 'elsewhere' | null
}

/** What a statement is about by its scope; permissions or resources that the model does not have are none. */
export const reachOf = (model: AccessModel, statement: ParsedStatement): Reach =>
  ({ permissions: permissionsOf(model, statement) ?? [], resource: resourceOf(model, statement.json) })

const isUnconditional = ({ json }: ParsedStatement) => json.conditions.length === 0 && json.principal.op === 'All'

/**
 * What statements cover.
 *
 * @param holds whether a statement's principal and conditions are met, for all resources alike; null where that is not known.
 *   Left out, conditions are not credited: a permit has none, a forbid may always strike
 */
export function coverageOf(model: AccessModel, statements: readonly ParsedStatement[], holds?: (statement: ParsedStatement) => boolean | null): Coverage {
  const holding = holds ?? ((statement: ParsedStatement) => (isUnconditional(statement) ? true : null))
  const permits = statements.filter(({ json }) => json.effect === 'permit').filter((statement) => holding(statement) === true)
  const forbids = statements.filter(({ json }) => json.effect === 'forbid').filter((statement) => holding(statement) !== false)
  return {
    permits: permits.map((statement) => reachOf(model, statement)).filter(({ resource }) => resource !== null),
    forbids: forbids.map((statement) => reachOf(model, statement)),
  }
}

export const namesPermission = ({ permissions }: Reach, permission: string): boolean => permissions === '*' || permissions.includes(permission)

/** Types of the resources a question about this ground is about: those there and below to which the permission applies. */
function typesAsked(model: AccessModel, permission: string, { type, onlyThere }: Ground): string[] {
  const above = typesAbove(model)
  const isHere = (name: string) => name === type || (!onlyThere && (above.get(name)?.has(type) ?? false))
  return resourceTypesOf(model, permission).filter(isHere)
}

const canNest = (model: AccessModel, type: string) => typesAbove(model).get(type)?.has(type) ?? false

function reaches(model: AccessModel, resource: PolicyResource, ground: Ground, asked: readonly string[]): boolean {
  const isAll = (type: string) => asked.every((each) => each === type)
  if (resource.kind === 'everything') return true
  if (resource.kind === 'type') return isAll(resource.type)
  const relation = ground.relationOf(resource.type, resource.id)
  if (resource.kind === 'one') return relation === 'same' && (ground.onlyThere || (isAll(ground.type) && !canNest(model, ground.type)))
  return (relation === 'same' || relation === 'above') && (resource.only === null || isAll(resource.only))
}

const mayTouch = ({ resource }: Reach, ground: Ground): boolean => {
  if (resource === null || resource.kind === 'everything' || resource.kind === 'type') return true
  const relation = ground.relationOf(resource.type, resource.id)
  if (resource.kind === 'one') return relation === 'same' || (relation === 'below' && !ground.onlyThere)
  return relation === 'same' || relation === 'above' || (relation === 'below' && !ground.onlyThere)
}

/**
 * Whether a text permits this on the whole ground whatever the circumstances: some permit without a condition reaches all of
 * it, and no forbid touches it.
 *
 * @param bringing permissions that bring this one with them
 * @returns the permission that does it, or null
 */
export function permissionCovering(model: AccessModel, { permits, forbids }: Coverage, permission: string, bringing: readonly string[], ground: Ground): string | null {
  const asked = typesAsked(model, permission, ground)
  if (asked.length === 0) return null
  for (const each of [permission, ...bringing]) {
    // One that brings another says nothing where it does not itself apply.
    const own = new Set(resourceTypesOf(model, each))
    if (!asked.every((type) => own.has(type))) continue
    if (mayStrike(forbids, each, ground)) continue
    if (permits.some((permit) => namesPermission(permit, each) && reaches(model, permit.resource ?? { kind: 'everything' }, ground, asked))) return each
  }
  return null
}

/** Whether some of these forbids may strike a permission somewhere on a ground. */
export const mayStrike = (forbids: readonly Reach[], permission: string, ground: Ground): boolean =>
  forbids.some((forbid) => namesPermission(forbid, permission) && mayTouch(forbid, ground))
