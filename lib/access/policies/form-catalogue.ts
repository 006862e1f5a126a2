import type { AccessModel, ModelPermission } from '@/lib/access/models/access-model'
import { CORE_PREFIX } from '@/lib/access/models/role-permissions'
import { CORE_PERMISSIONS, corePermissionNames } from '@/lib/access/permissions'
import { resourceTypesOf } from './cedar-schema'
import type { Permissions } from './scope'

/** Something to choose in the form: one permission, or a star for several. */
export type FormItem = {
  /** `*`, `table:*` or the permission's own name. */
  value: string
  title: string
  description: string
  permissions: Permissions
  /** Types of resource it can be about; empty for `*`, which is about everything. */
  types: readonly string[]
}

/** A category of the form's first choice. */
export type FormCategory = { title: string; items: readonly FormItem[] }

/** Where the reference says which actions its stars stand for. */
const STARS: Readonly<Partial<Record<string, Readonly<Record<string, readonly string[]>>>>> = {
  rocketadmin: {
    table: ['table:read', 'table:add', 'table:edit', 'table:delete'],
    dashboard: ['dashboard:read', 'dashboard:create', 'dashboard:edit', 'dashboard:delete'],
  },
}

/** Models whose form has these categories and no others. */
const CATEGORIES: Readonly<Partial<Record<string, readonly string[]>>> = {
  rocketadmin: ['Connection', 'Group', 'Table', 'Dashboard'],
}

const EVERYTHING: FormItem = {
  value: '*', title: 'Everything', description: 'Every action on everything.', permissions: '*', types: [],
}

const cache = new WeakMap<AccessModel, readonly FormCategory[]>()

/**
 * What the form of a model offers: General with the star for everything, then the categories the model puts its permissions
 * in, or the resource types, with a star for each type that has several permissions; then Gatehouse's own.
 */
export function formCatalogue(model: AccessModel): readonly FormCategory[] {
  const known = cache.get(model)
  if (known) return known
  const general: FormCategory = { title: 'General', items: [EVERYTHING] }
  const own = CATEGORIES[model.name]?.map((title) => categoryOf(model, title, model.permissions.filter(({ group }) => group === title)))
  const made = [general, ...(own ?? [...byType(model), gatehouse(model)])]
  cache.set(model, made)
  return made
}

/** Each permission under the first type it applies to. */
function byType(model: AccessModel): FormCategory[] {
  return model.resourceTypes
    .map(({ name, title }) => categoryOf(model, title, model.permissions.filter(({ appliesTo }) => appliesTo[0] === name)))
    .filter(({ items }) => items.length > 0)
}

function categoryOf(model: AccessModel, title: string, permissions: readonly ModelPermission[]): FormCategory {
  const types = [...new Set(permissions.flatMap(({ appliesTo }) => appliesTo.slice(0, 1)))]
  const stars = types.flatMap((type) => starOf(model, type))
  return {
    title,
    items: [...stars, ...permissions.map(({ name, title: itemTitle, description }) =>
      ({ value: name, title: itemTitle, description, permissions: [name], types: resourceTypesOf(model, name) }))],
  }
}

function starOf(model: AccessModel, type: string): FormItem[] {
  const declared = STARS[model.name]
  const permissions = declared
    ? declared[type] ?? []
    : model.permissions.filter(({ appliesTo }) => appliesTo.includes(type)).map(({ name }) => name)
  const found = model.resourceTypes.find(({ name }) => name === type)
  if (permissions.length < 2 || !found) return []
  const titles = model.permissions.filter(({ name }) => permissions.includes(name)).map(({ title }) => title)
  return [{
    value: `${type}:*`, title: `All of ${found.plural.toLowerCase()}`, description: `${titles.join(', ')}.`, permissions, types: [type],
  }]
}

function gatehouse(model: AccessModel): FormCategory {
  const types = model.resourceTypes.map(({ name }) => name)
  return {
    title: 'Gatehouse',
    items: corePermissionNames.map((name) => ({
      value: CORE_PREFIX + name, title: CORE_PERMISSIONS[name].title, description: CORE_PERMISSIONS[name].description,
      permissions: [CORE_PREFIX + name], types,
    })),
  }
}

const isSame = (one: Permissions, other: Permissions) =>
  one === '*' || other === '*' ? one === other : one.length === other.length && one.every((name) => other.includes(name))

/** The catalogue's value for exactly these permissions; null for another selection. */
export function choiceOf(model: AccessModel, permissions: Permissions): string | null {
  for (const { items } of formCatalogue(model)) {
    const found = items.find((item) => isSame(item.permissions, permissions))
    if (found) return found.value
  }
  return null
}
