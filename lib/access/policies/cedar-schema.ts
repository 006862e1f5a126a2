import type { CedarSchema } from '@/lib/access/cedar'
import type { AccessModel, Attributes, AttributeType } from '@/lib/access/models/access-model'
import { CORE_PREFIX } from '@/lib/access/models/role-permissions'
import { corePermissionNames } from '@/lib/access/permissions'
import { namesOf, type PrincipalKind } from './names'

type TypeJson =
  | { type: 'String' } | { type: 'Long' } | { type: 'Boolean' }
  | { type: 'Set'; element: { type: 'String' } }
  | { type: 'Extension'; name: string }
  | { type: 'Entity'; name: string }

const TYPES: Readonly<Record<Exclude<AttributeType, 'User'>, TypeJson>> = {
  String: { type: 'String' },
  Long: { type: 'Long' },
  Boolean: { type: 'Boolean' },
  'Set<String>': { type: 'Set', element: { type: 'String' } },
  ipaddr: { type: 'Extension', name: 'ipaddr' },
  datetime: { type: 'Extension', name: 'datetime' },
}

/** What every question's context may hold: the address it comes from, and its moment. */
export const CONTEXT_ATTRIBUTES: Attributes = { ip: 'ipaddr', time: 'datetime' }

/** Attributes of the context of a model's questions, each of which may be missing. */
export const contextAttributes = (model: AccessModel): Attributes => ({ ...CONTEXT_ATTRIBUTES, ...model.contextAttributes })

export type SchemaOptions = {
  /** Actions that may be asked for; left out: all. The others stay known by name, but apply to nothing. */
  actions?: ReadonlySet<string>
  /** Who may ask; left out: users, service accounts and tokens. */
  principals?: readonly PrincipalKind[]
  /** As if any attribute of an entity could be missing. */
  attributesMayMiss?: boolean
}

const PRINCIPALS: readonly PrincipalKind[] = ['user', 'service_account', 'token']

/**
 * Types of resource a permission's action applies to: those the permission does, and for one asked before something is
 * made, those under which it is made, e.g. `dashboard:create` on a connection. Gatehouse's own apply to every type.
 *
 * @returns names of resource types of the model
 */
export function resourceTypesOf(model: AccessModel, permission: string): readonly string[] {
  const declared = model.permissions.find(({ name }) => name === permission)
  if (!declared) return model.resourceTypes.map(({ name }) => name)
  const parents = model.resourceTypes.filter(({ guards }) => guards?.create === permission).flatMap((type) => type.parents)
  return [...new Set([...declared.appliesTo, ...parents])]
}

/**
 * An access model as a Cedar schema: users, groups, service accounts and tokens, the resource types with their parents and
 * attributes, and an action for each permission, Gatehouse's own with the prefix `gatehouse/`.
 */
export function cedarSchemaOf(model: AccessModel, { actions, principals = PRINCIPALS, attributesMayMiss = false }: SchemaOptions = {}): CedarSchema {
  const names = namesOf(model)
  const local = (qualified: string) => qualified.slice(names.namespace.length + 2)
  const user = local(names.principalTypes.user)
  const typeJson = (type: AttributeType): TypeJson => (type === 'User' ? { type: 'Entity', name: user } : TYPES[type])
  const record = (attributes: Attributes, mayMiss: boolean) => ({
    type: 'Record' as const,
    attributes: Object.fromEntries(Object.entries(attributes).map(([name, type]) =>
      [name, { ...typeJson(type), required: !mayMiss }])),
  })
  const group = local(names.principalTypes.group)
  const ofPrincipals = record(model.userAttributes ?? {}, attributesMayMiss)
  const entityTypes: CedarSchema[string]['entityTypes'] = {
    [group]: {},
    ...Object.fromEntries(PRINCIPALS.map((kind) =>
      [local(names.principalTypes[kind]), { memberOfTypes: kind === 'token' ? [] : [group], shape: ofPrincipals }])),
    ...Object.fromEntries(model.resourceTypes.map(({ name, parents, attributes }) => [
      local(names.typeOf(name) ?? name),
      { memberOfTypes: parents.map((parent) => local(names.typeOf(parent) ?? parent)), shape: record(attributes ?? {}, attributesMayMiss) },
    ])),
  }
  const context = record(contextAttributes(model), true)
  const principalTypes = principals.map((kind) => local(names.principalTypes[kind]))
  const appliesTo = (permission: string) => (actions?.has(permission) ?? true
    ? { principalTypes, resourceTypes: resourceTypesOf(model, permission).map((type) => local(names.typeOf(type) ?? type)), context }
    : { principalTypes: [], resourceTypes: [], context })
  return {
    [names.namespace]: {
      entityTypes,
      actions: Object.fromEntries(names.permissions.map((permission) => [permission, { appliesTo: appliesTo(permission) }])),
    },
  }
}

/** An action that applies to every type of resource, and so stands for all where a statement names none. */
export const ANY_ACTION = CORE_PREFIX + corePermissionNames[0]
