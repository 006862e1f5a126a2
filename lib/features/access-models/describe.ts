import type { AccessModel, ModelRole, TypeLimits } from '@/lib/access/models/access-model'
import { expandPermissions, isPrefixedCore } from '@/lib/access/models/role-permissions'

export type TypeSummary = { name: string; title: string; level: number; underOthers: string[]; nests: boolean; attributes: string[]; limits: string[] }
export type PermissionSummary = { name: string; title: string; description: string; appliesTo: string[]; implies: string[] }
export type RoleSummary = { name: string; title: string; description: string; permissions: number; assignableAt: string[]; floor: boolean }

/** An access model in words, for people who choose or read one. */
export type ModelSummary = {
  name: string
  title: string
  description: string
  types: TypeSummary[]
  permissionGroups: { group: string; permissions: PermissionSummary[] }[]
  roleGroups: { group: string; roles: RoleSummary[] }[]
  rules: string[]
}

const limitsInWords = ({ maxDepth, maxCount, nameRule, namePattern }: TypeLimits): string[] => [
  ...(maxDepth === undefined ? [] : [`${maxDepth} levels deep at most, the organization counted`]),
  ...(maxCount === undefined ? [] : [`${maxCount} at most`]),
  ...(nameRule ? [nameRule] : namePattern === undefined ? [] : [`names match ${namePattern}`]),
]

/** Types in the order of a tree: each under its first parent, told with the others it may lie under. */
function typesOf(model: AccessModel): TypeSummary[] {
  const titles = new Map(model.resourceTypes.map(({ name, title }) => [name, title]))
  const found: TypeSummary[] = []
  const visit = (name: string, level: number): void => {
    const type = model.resourceTypes.find((each) => each.name === name)
    if (!type || found.some((each) => each.name === name)) return
    const mainParent = type.parents.find((parent) => parent !== name)
    found.push({
      name, level, title: type.title, nests: type.parents.includes(name),
      underOthers: type.parents.filter((parent) => parent !== name && parent !== mainParent).map((parent) => titles.get(parent) ?? parent),
      attributes: Object.entries(type.attributes ?? {}).map(([attribute, kind]) => `${attribute}: ${kind}`),
      limits: limitsInWords(model.rules.limits?.[name] ?? {}),
    })
    for (const child of model.resourceTypes) if (child.parents.find((parent) => parent !== child.name) === name) visit(child.name, level + 1)
  }
  visit('organization', 0)
  for (const { name } of model.resourceTypes) visit(name, 1)
  return found
}

function grouped<T extends { group: string }, S>(list: readonly T[], show: (each: T) => S): [string, S[]][] {
  const groups = new Map<string, S[]>()
  for (const each of list) groups.set(each.group, [...(groups.get(each.group) ?? []), show(each)])
  return [...groups]
}

function rulesOf({ rules, roles, resourceTypes }: AccessModel): string[] {
  const title = (name: string) => roles.find((role) => role.name === name)?.title ?? name
  const typeTitle = (name: string) => resourceTypes.find((type) => type.name === name)?.title ?? name
  const floor = roles.find((role) => role.floor)
  return [
    rules.rolesPerMember === 'one' ? 'Everybody holds exactly one role.' : 'Everybody may hold many roles; what they permit adds up.',
    ...(floor ? [`Everybody holds “${floor.title}”; it cannot be taken away.`] : []),
    rules.defaultRole === null ? 'New users get no role unless the invitation names one.' : `New users get “${title(rules.defaultRole)}” unless the invitation names another role.`,
    `Whoever founds the organization gets ${rules.founderRoles.map((name) => `“${title(name)}”`).join(', ')}.`,
    rules.customRoles ? 'Roles of one’s own can be made.' : 'There are no roles of one’s own.',
    ...(rules.groups ? [`Groups belong to a “${typeTitle(rules.groups.belongTo)}”; each is born with the group “${rules.groups.lockedGroup.title}”.`] : []),
  ]
}

/** How many of the model's own permissions a role holds, with those that they include: as the list of roles counts them. */
const ownOf = (model: AccessModel, permissions: ModelRole['permissions']): number =>
  [...expandPermissions(model, permissions.map((one) => (typeof one === 'string' ? one : one.permission)))].filter((name) => !isPrefixedCore(name)).length

/** A model as summaries that can be shown, types as a tree, permissions and roles by group. */
export function describeModel(model: AccessModel): ModelSummary {
  return {
    name: model.name, title: model.title, description: model.description, types: typesOf(model), rules: rulesOf(model),
    permissionGroups: grouped(model.permissions, ({ name, title, description, appliesTo, implies }) => ({ name, title, description, appliesTo: [...appliesTo], implies: [...implies] }))
      .map(([group, permissions]) => ({ group, permissions })),
    roleGroups: grouped(model.roles, ({ name, title, description, permissions, assignableAt, floor }) =>
      ({ name, title, description, permissions: ownOf(model, permissions), assignableAt: [...assignableAt], floor: floor ?? false }))
      .map(([group, roles]) => ({ group, roles })),
  }
}
