import { actionRef, namesOf, principalRef, type PrincipalKind } from '@/lib/access/policies/names'
import { entityText } from '@/lib/access/policies/quote'
import { EntityRef } from '@/lib/access/policies/values'
import { positionsOf } from './positions'
import { GROUP, type Snapshot } from './snapshot'

type Uid = { type: string; id: string }
type Entity = { uid: Uid; attrs: Record<string, boolean>; parents: Uid[] }

const uidOf = ({ type, id }: EntityRef): Uid => ({ type, id })

/** A resource as Cedar names it; of a type the model lost, one that nothing is said about. */
function nodeRef({ tree, vocabulary: { model, typeNames } }: Snapshot, node: number): EntityRef {
  const names = namesOf(model)
  const type = names.typeOf(typeNames[tree.typeOf(node)] ?? '') ?? `${names.namespace}::Unknown`
  return new EntityRef(type, tree.ids.idAt(node))
}

type Grant = { principal: string; mask: number; scope: number; conditions: readonly string[] }

/** Whoever is not active, or not there, holds nothing; Cedar is told by an attribute. */
function statement(snapshot: Snapshot, { principal, mask, scope, conditions }: Grant): string {
  const { model, masks, permissionNames } = snapshot.vocabulary
  const actions = masks.bitsOf(mask).map((bit) => entityText(actionRef(model, permissionNames[bit] ?? '')))
  const clauses = ['principal has inactive && !principal.inactive', ...conditions]
  const resource = `resource in ${entityText(nodeRef(snapshot, scope))}`
  const head = `permit (${principal}, action in [${actions.join(', ')}], ${resource})`
  return `${head}${clauses.map((clause) => `\n  when { ${clause} }`).join('')};`
}

/** The assignment as statements: one for its scope, or one for each of the chosen resources of its role. */
function statementsOf(snapshot: Snapshot, assignment: number): string[] {
  const { assignments, cells, principals, roles, tree, vocabulary: { model } } = snapshot
  const cell = assignments.cells.get(assignment)
  const [holder, scope] = [cells.principalOf(cell), cells.scopeOf(cell)]
  const kind = principals.kindOf(holder)
  const role = assignments.roles.get(assignment)
  const state = roles[role]
  if (kind === 'unknown' || !tree.isPresent(scope) || !state?.contents) return []
  const expiresAt = assignments.expiries.get(assignment)
  const ends = expiresAt === Infinity ? [] : [`context.time < datetime("${new Date(expiresAt).toISOString()}")`]
  const entity = entityText(principalRef(model, kind, principals.ids.idAt(holder)))
  const principal = `principal ${kind === 'group' ? 'in' : '=='} ${entity}`
  const within = (place: number) => [`resource in ${entityText(nodeRef(snapshot, place))}`]
  const places = state.chosen
    ? [...positionsOf(snapshot, state)].map(([place, mask]) => ({ mask, conditions: within(place) }))
    : [{ mask: snapshot.roleMask(role, tree.typeOf(scope)), conditions: [] }]
  return places.map(({ mask, conditions }) =>
    statement(snapshot, { principal, mask, scope, conditions: [...conditions, ...ends] }))
}

/** Every role grant of an organization as a Cedar policy set: the same answers, by another engine. */
export function grantsAsCedar(snapshot: Snapshot): string {
  const { assignments, vocabulary: { model }, floor, root } = snapshot
  const everybody = `principal is ${namesOf(model).principalTypes.user}`
  const statements = floor === 0 ? [] : [statement(snapshot, { principal: everybody, mask: floor, scope: root, conditions: [] })]
  for (let each = 0; each < assignments.ids.end; each++)
    if (assignments.roles.get(each) >= 0) statements.push(...statementsOf(snapshot, each))
  return statements.join('\n')
}

function principalEntity({ principals, vocabulary: { model } }: Snapshot, principal: number, kind: PrincipalKind): Entity {
  const groups = Array.from({ length: principals.groupsOf.count(principal) }, (_, entry) =>
    principals.groupsOf.get(principal, entry, GROUP))
  return {
    uid: uidOf(principalRef(model, kind, principals.ids.idAt(principal))),
    attrs: { inactive: !principals.isActive(principal) },
    parents: groups.filter((group) => principals.isActive(group))
      .map((group) => uidOf(principalRef(model, 'group', principals.ids.idAt(group)))),
  }
}

/** Every principal and resource of an organization as Cedar entities, without the model's attributes. */
export function entitiesOf(snapshot: Snapshot): Entity[] {
  const { principals, tree } = snapshot
  const entities: Entity[] = []
  for (let each = 0; each < principals.ids.end; each++) {
    const kind = principals.kindOf(each)
    const isInTree = kind === 'group' && tree.isPresent(tree.ids.find(principals.ids.idAt(each)))
    if (kind !== 'unknown' && !isInTree) entities.push(principalEntity(snapshot, each, kind))
  }
  for (let node = 0; node < tree.ids.end; node++) {
    const parent = tree.parentOf(node)
    const parents = parent >= 0 && tree.isPresent(parent) ? [uidOf(nodeRef(snapshot, parent))] : []
    if (tree.isPresent(node)) entities.push({ uid: uidOf(nodeRef(snapshot, node)), attrs: {}, parents })
  }
  return entities
}
