import type { AccessModel } from '@/lib/access/models/access-model'
import { expandPermissions, permissionsOfRole } from '@/lib/access/models/catalogue'
import type { ImpactLine, NamedChange } from './impact-lines'

/** What an organization has that depends on its access model. */
export type Inventory = {
  /** Types of resources there are, each with the type above it. */
  nestings: readonly { type: string; parentType: string; count: number; examples: readonly string[] }[]
  /** Types of resources that groups belong to. */
  groupPlaces: readonly { type: string; count: number; examples: readonly string[] }[]
  roles: readonly StoredRole[]
  /** How often each role is held at scopes of each type. */
  held: readonly { roleId: string; scopeType: string; count: number; examples: readonly string[] }[]
  /** The same of application tokens, each of which holds one role itself. */
  tokens: Inventory['held']
  /** The same of what gives a role by itself: mapped groups, and the default role of autoprovision. */
  mappings: Inventory['held']
  /** How many API keys are limited to each role. */
  keys: readonly { roleId: string; count: number; examples: readonly string[] }[]
  /** Members who hold more than one role themselves. */
  manyRoles: { count: number; examples: readonly string[] }
}

export type StoredRole = { id: string; name: string; title: string; description: string; builtIn: boolean; permissions: readonly string[] }

const EXAMPLES = 5

const byName = <T extends { name: string }>(list: readonly T[]): Map<string, T> => new Map(list.map((each) => [each.name, each]))

function changesOf<T extends { name: string; title: string }>(kind: NamedChange['kind'], before: readonly T[], after: readonly T[]): NamedChange[] {
  const [old, now] = [byName(before), byName(after)]
  const tell = (change: NamedChange['change'], { name, title }: T): NamedChange => ({ kind, change, name, title })
  return [
    ...after.filter(({ name }) => !old.has(name)).map((each) => tell('added', each)),
    ...before.filter(({ name }) => !now.has(name)).map((each) => tell('removed', each)),
    ...after.filter((each) => old.has(each.name) && JSON.stringify(old.get(each.name)) !== JSON.stringify(each)).map((each) => tell('changed', each)),
  ]
}

/** What of a model is added, removed and changed, by name. */
export const namedChanges = (before: AccessModel, after: AccessModel): NamedChange[] => [
  ...changesOf('resource type', before.resourceTypes, after.resourceTypes),
  ...changesOf('permission', before.permissions, after.permissions),
  ...changesOf('role', before.roles, after.roles),
]

type Found = { count: number; examples: readonly string[] }

/** One line for all that was found of a kind; none when nothing was. */
function lineOf(kind: ImpactLine['kind'], found: readonly Found[], what: string): ImpactLine[] {
  const count = found.reduce((sum, each) => sum + each.count, 0)
  if (count === 0) return []
  return [{ kind, what, count, examples: found.flatMap(({ examples }) => examples).slice(0, EXAMPLES) }]
}

/** What is there and could not be under the new model: saving is refused until it is put right. */
export function conflictsWith(after: AccessModel, inventory: Inventory): ImpactLine[] {
  const types = byName(after.resourceTypes)
  const lost = inventory.nestings.filter(({ type }) => !types.has(type))
  const astray = inventory.nestings.filter(({ type, parentType }) => types.has(type) && types.has(parentType) && types.get(type)?.parents.includes(parentType) === false)
  const { groups } = after.rules
  const homeless = inventory.groupPlaces.filter(({ type }) => type !== groups?.belongTo)
  const builtIn = new Set(inventory.roles.filter((role) => role.builtIn).map(({ name }) => name))
  const custom = inventory.roles.filter((role) => !role.builtIn)
  const clashing = custom.filter((role) => after.roles.some(({ name, title }) =>
    (!builtIn.has(name) && name === role.name) || title.toLowerCase() === role.title.toLowerCase()))
  return [
    ...lineOf('resources', lost, `resources of a type the model no longer has: ${lost.map(({ type }) => `“${type}”`).join(', ')}`),
    ...lineOf('nesting', astray, `resources lie where the model no longer lets them: ${astray.map(({ type, parentType }) => `“${type}” under “${parentType}”`).join(', ')}`),
    ...lineOf('groups', homeless, groups ? `groups belong to something other than a “${groups.belongTo}”` : 'groups belong to a resource, which the model no longer knows'),
    ...lineOf('role-names', clashing.map(({ title }) => ({ count: 1, examples: [title] })), 'custom roles have the name or the title of a role of the model'),
    ...lineOf('tokens', lostAmong(after, inventory, inventory.tokens), 'application tokens hold a role that is gone, or could no longer be held there: revoke them first'),
    ...lineOf('mappings', lostAmong(after, inventory, inventory.mappings), 'mappings of groups, or the default role of autoprovision, give a role that is gone, or could no longer be held there: change them first'),
    ...(after.rules.rolesPerMember === 'one' ? lineOf('members', [inventory.manyRoles], 'users hold more than one role, and the model gives everybody exactly one') : []),
  ]
}

/** Types of scope at which a stored role may be held under a model. */
const heldAtTypes = (model: AccessModel, role: StoredRole): readonly string[] =>
  role.builtIn
    ? (model.roles.find(({ name, floor }) => name === role.name && !floor)?.assignableAt ?? [])
    : (model.rules.customRolesAssignableAt ?? model.resourceTypes.map(({ name }) => name))

/** Roles of the old model that are stored and the new one does not have. */
export const goneRoles = (after: AccessModel, { roles }: Pick<Inventory, 'roles'>): StoredRole[] =>
  roles.filter((role) => role.builtIn && !after.roles.some(({ name }) => name === role.name))

/** Where a role is held and can no longer be: all places of a role that is gone, else those whose type it may not be held at. */
export const lostPlaces = (after: AccessModel, inventory: Inventory): Inventory['held'] => lostAmong(after, inventory, inventory.held)

function lostAmong(after: AccessModel, inventory: Pick<Inventory, 'roles'>, places: Inventory['held']): Inventory['held'] {
  const roles = new Map(inventory.roles.map((role) => [role.id, role]))
  return places.filter(({ roleId, scopeType }) => {
    const role = roles.get(roleId)
    return role !== undefined && !heldAtTypes(after, role).includes(scopeType)
  })
}

/** Of a custom role: its permissions that the new model does not have. */
export function lostPermissions(after: AccessModel, role: StoredRole): string[] {
  const known = new Set(after.permissions.map(({ name }) => name))
  return role.builtIn ? [] : role.permissions.filter((name) => !name.startsWith('gatehouse/') && !known.has(name))
}

/** What breaks when the model is saved: assignments that end, custom roles that lose permissions. */
export function breaksBy(after: AccessModel, inventory: Inventory): ImpactLine[] {
  const gone = new Set(goneRoles(after, inventory).map(({ id }) => id))
  const lost = lostPlaces(after, inventory)
  const titles = inventory.roles.filter(({ id }) => gone.has(id) && lost.some(({ roleId }) => roleId === id)).map(({ title }) => `“${title}”`)
  const thinned = inventory.roles.map((role) => ({ role, lost: lostPermissions(after, role) })).filter((each) => each.lost.length > 0)
  return [
    ...lineOf('roles', lost.filter(({ roleId }) => gone.has(roleId)), `role assignments end, since their role is gone: ${titles.join(', ')}`),
    ...lineOf('assignments', lost.filter(({ roleId }) => !gone.has(roleId)), 'role assignments end, since their role can no longer be held where they are'),
    ...lineOf('keys', inventory.keys.filter(({ roleId }) => gone.has(roleId)), 'API keys are limited to a role that is gone, and allow nothing from then on'),
    ...lineOf('custom-roles', thinned.map(({ role, lost: names }) => ({ count: 1, examples: [`${role.title}: ${names.join(', ')}`] })), 'custom roles lose permissions that the model no longer has'),
  ]
}

/** Everything a stored role permits where it is held at a scope of this type. */
const permitsAt = (model: AccessModel, role: StoredRole, type: string): ReadonlySet<string> =>
  role.builtIn ? permissionsOfRole(model, role.name, type) : expandPermissions(model, role.permissions, type)

/**
 * Permissions that roles somebody holds (the floor role too) come to permit by the change, directly or by implication,
 * and those that reach further types of resource.
 *
 * Nobody gives what they do not hold: who saves the model must hold them.
 */
export function gainedPermissions(before: AccessModel, after: AccessModel, inventory: Inventory): Set<string> {
  const gained = new Set<string>()
  const heldAt = new Map<string, Set<string>>()
  for (const { roleId, scopeType } of inventory.held) heldAt.set(roleId, (heldAt.get(roleId) ?? new Set()).add(scopeType))
  const floor = after.roles.find((role) => role.floor)?.name
  const compare = (was: ReadonlySet<string>, is: ReadonlySet<string>) => {
    for (const name of is) if (!was.has(name)) gained.add(name)
  }
  for (const role of inventory.roles) {
    for (const type of heldAt.get(role.id) ?? []) compare(permitsAt(before, role, type), permitsAt(after, role, type))
  }
  if (floor !== undefined) {
    const floorBefore = before.roles.find((role) => role.floor)?.name
    compare(floorBefore === undefined ? new Set() : permissionsOfRole(before, floorBefore, 'organization'), permissionsOfRole(after, floor, 'organization'))
  }
  for (const name of givenByMaking(after)) if (!givenByMaking(before).has(name)) gained.add(name)
  const reach = new Map(before.permissions.map(({ name, appliesTo }) => [name, appliesTo]))
  for (const { name, appliesTo } of after.permissions)
    if (appliesTo.some((type) => reach.get(name)?.includes(type) === false)) gained.add(name)
  return gained
}

/** What people get by making something: the creator's role, the role of a group that is born with its resource. */
function givenByMaking(model: AccessModel): ReadonlySet<string> {
  const { groups } = model.rules
  return new Set([
    ...model.resourceTypes.flatMap(({ name, creator }) => (creator ? [...permissionsOfRole(model, creator.role, name)] : [])),
    ...(groups ? permissionsOfRole(model, groups.lockedGroup.role, groups.belongTo) : []),
  ])
}
