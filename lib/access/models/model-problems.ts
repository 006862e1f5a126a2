import type { AccessModel, ModelRole, ResourceGuards } from './access-model'
import { patternProblem } from './name-pattern'
import { askableTypes, typesAbove } from './resource-types'
import { permissionsOfRole } from './role-permissions'

/** Something a model says that cannot be: where (path of keys and indexes) and what. */
export type ModelProblem = { path: readonly (string | number)[]; detail: string }

const guardKeys = ['view', 'create', 'edit', 'move', 'delete'] as const satisfies readonly (keyof ResourceGuards)[]

const ROOT = 'organization'

function repeated(model: AccessModel): ModelProblem[] {
  const lists = { resourceTypes: model.resourceTypes, permissions: model.permissions, roles: model.roles }
  return Object.entries(lists).flatMap(([key, list]) => {
    const seen = new Set<string>()
    return list.flatMap(({ name }, index) => {
      const isSecond = seen.has(name)
      seen.add(name)
      return isSecond ? [{ path: [key, index, 'name'], detail: `name \`${name}\` is used twice` }] : []
    })
  })
}

/** Roles are told apart by their titles, whatever their case. */
function repeatedTitles({ roles }: AccessModel): ModelProblem[] {
  const seen = new Map<string, string>()
  return roles.flatMap(({ name, title }, index) => {
    const before = seen.get(title.toLowerCase())
    const isSecond = before !== undefined && before !== name
    seen.set(title.toLowerCase(), name)
    return isSecond ? [{ path: ['roles', index, 'title'], detail: `title \`${title}\` is used twice` }] : []
  })
}

function unknownNames(model: AccessModel): ModelProblem[] {
  const types = new Set(model.resourceTypes.map(({ name }) => name))
  const permissions = new Set(model.permissions.map(({ name }) => name))
  const roles = new Set(model.roles.map(({ name }) => name))
  const found: ModelProblem[] = []
  const check = (known: ReadonlySet<string>, word: string, path: ModelProblem['path'], name: string | null | undefined) => {
    if (typeof name === 'string' && !known.has(name)) found.push({ path, detail: `unknown ${word} \`${name}\`` })
  }
  const checkTypes = (path: ModelProblem['path'], names: readonly string[]) =>
    names.forEach((name, index) => check(types, 'resource type', [...path, index], name))
  model.resourceTypes.forEach((type, index) => {
    checkTypes(['resourceTypes', index, 'parents'], type.parents)
    for (const key of guardKeys)
      check(permissions, 'permission', ['resourceTypes', index, 'guards', key], type.guards?.[key])
    check(roles, 'role', ['resourceTypes', index, 'creator', 'role'], type.creator?.role)
  })
  model.permissions.forEach(({ appliesTo, includes = [] }, index) => {
    checkTypes(['permissions', index, 'appliesTo'], appliesTo)
    includes.forEach((name, at) => check(permissions, 'permission', ['permissions', index, 'includes', at], name))
  })
  model.roles.forEach((role, index) => {
    checkTypes(['roles', index, 'assignableAt'], role.assignableAt)
    role.permissions.forEach((grant, at) => {
      const path = ['roles', index, 'permissions', at]
      if (typeof grant === 'string') return check(permissions, 'permission', path, grant)
      check(permissions, 'permission', [...path, 'permission'], grant.permission)
      checkTypes([...path, 'heldAt'], grant.heldAt)
    })
    role.core.forEach((grant, at) => {
      if (typeof grant !== 'string') checkTypes(['roles', index, 'core', at, 'heldAt'], grant.heldAt)
    })
  })
  const { rules } = model
  check(roles, 'role', ['rules', 'defaultRole'], rules.defaultRole)
  rules.founderRoles.forEach((name, index) => check(roles, 'role', ['rules', 'founderRoles', index], name))
  checkTypes(['rules', 'customRolesAssignableAt'], rules.customRolesAssignableAt ?? [])
  for (const [name, { renamedUnder = [] }] of Object.entries(rules.limits ?? {})) {
    check(types, 'resource type', ['rules', 'limits', name], name)
    checkTypes(['rules', 'limits', name, 'renamedUnder'], renamedUnder)
  }
  check(types, 'resource type', ['rules', 'groups', 'belongTo'], rules.groups?.belongTo)
  check(roles, 'role', ['rules', 'groups', 'lockedGroup', 'role'], rules.groups?.lockedGroup.role)
  return found
}

/** Every type must be reachable from the organization, else no resource of it could ever be made. */
function unreachable(model: AccessModel): ModelProblem[] {
  const found: ModelProblem[] = []
  const reached = new Set<string>([ROOT])
  for (let before = -1; before < reached.size; ) {
    before = reached.size
    for (const { name, parents } of model.resourceTypes)
      if (parents.some((parent) => reached.has(parent))) reached.add(name)
  }
  if (!model.resourceTypes.some(({ name }) => name === ROOT))
    found.push({ path: ['resourceTypes'], detail: 'the type `organization` is missing' })
  model.resourceTypes.forEach(({ name, parents }, index) => {
    if (name === ROOT && parents.length > 0)
      found.push({ path: ['resourceTypes', index, 'parents'], detail: 'the organization lies under nothing' })
    if (!reached.has(name))
      found.push({ path: ['resourceTypes', index, 'parents'], detail: `no way leads from the organization to \`${name}\`` })
  })
  return found
}

/** A guard that applies neither to the type nor to any above it would refuse the deed to everybody. */
function deafGuards(model: AccessModel): ModelProblem[] {
  const askable = askableTypes(model)
  const above = typesAbove(model)
  const applying = new Map(model.permissions.map((permission) => [permission.name, permission.appliesTo]))
  return model.resourceTypes.flatMap(({ name, guards = {} }, index) =>
    guardKeys.flatMap((key) => {
      const guard = guards[key] ?? ''
      const appliesTo = applying.get(guard)
      if (!appliesTo || askable.get(guard)?.has(name) || key !== 'view' && appliesTo.some((type) => above.get(name)?.has(type))) return []
      const detail = key === 'view' ? `\`${guard}\` does not apply to \`${name}\`, so that nobody could see one` : `\`${guard}\` applies to nothing at, above or below \`${name}\``
      return [{ path: ['resourceTypes', index, 'guards', key], detail }]
    }))
}

const administers = (model: AccessModel, role: ModelRole) => {
  const held = permissionsOfRole(model, role.name, ROOT)
  return role.assignableAt.includes(ROOT) && held.has('gatehouse/member:write') && held.has('gatehouse/assignment:write')
}

function governance(model: AccessModel): ModelProblem[] {
  const found: ModelProblem[] = []
  const floors = model.roles.flatMap((role, index) => (role.floor ? [index] : []))
  for (const index of floors.slice(1)) found.push({ path: ['roles', index, 'floor'], detail: 'a model has one floor role at most' })
  const founders = model.roles.filter(({ name }) => model.rules.founderRoles.includes(name))
  if (!founders.some((role) => administers(model, role)))
    found.push({
      path: ['rules', 'founderRoles'],
      detail: 'no founder role carries `member:write` and `assignment:write` at the organization: nobody could administer it',
    })
  Object.entries(model.rules.limits ?? {}).forEach(([type, { namePattern }]) => {
    const detail = namePattern === undefined ? null : patternProblem(namePattern)
    if (detail !== null) found.push({ path: ['rules', 'limits', type, 'namePattern'], detail })
  })
  return found
}

/** What in a model contradicts itself: names used twice or unknown, types out of reach, nobody able to administer. */
export function problemsOf(model: AccessModel): ModelProblem[] {
  return [...repeated(model), ...repeatedTitles(model), ...unknownNames(model), ...unreachable(model), ...deafGuards(model), ...governance(model)]
}
