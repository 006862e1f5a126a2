import type { AccessModel, ResourceType } from '@/lib/access/models/access-model'
import { CORE_PREFIX } from '@/lib/access/models/role-permissions'
import { corePermissionNames } from '@/lib/access/permissions'
import { EntityRef } from './values'

/** Principals that policies can speak of. */
export const PRINCIPAL_KINDS = ['user', 'group', 'service_account', 'token'] as const
export type PrincipalKind = (typeof PRINCIPAL_KINDS)[number]

const PRINCIPAL_TYPES: Readonly<Record<PrincipalKind, string>> = {
  user: 'User', group: 'Group', service_account: 'ServiceAccount', token: 'Token',
}

/** Where a model's own name is not written as its makers write theirs. */
const NAMESPACES: Readonly<Record<string, string>> = {
  rocketadmin: 'RocketAdmin', celerdata: 'CelerData', cockroachdb: 'CockroachDB',
}

const ACTION = 'Action'

/** What a Cedar type stands for in the model. */
export type Meaning = { kind: 'principal'; principal: PrincipalKind } | { kind: 'resource'; type: string }

/** How things of one access model are called in its policies, both ways. */
export type CedarNames = {
  namespace: string
  /** Type of all actions, e.g. `RocketAdmin::Action`. */
  actionType: string
  principalTypes: Readonly<Record<PrincipalKind, string>>
  /** Cedar type of a resource type of the model, e.g. `RocketAdmin::Table`. */
  typeOf(resourceType: string): string | undefined
  /** What a Cedar type stands for; undefined when the model has no such type. A type that stands for groups is `resource`. */
  meaningOf(cedarType: string): Meaning | undefined
  /** The permissions of the model, then Gatehouse's own with prefix. */
  permissions: readonly string[]
  hasPermission(name: string): boolean
}

const pascal = (name: string) =>
  name.split(/[-_]+/).filter((part) => part !== '').map((part) => part.charAt(0).toUpperCase() + part.slice(1)).join('')

/** Cedar types by resource type; one that is taken already gets `Resource` behind it. */
function resourceNames(types: readonly ResourceType[]): Map<string, string> {
  const taken = new Set([...Object.values(PRINCIPAL_TYPES), ACTION])
  const found = new Map<string, string>()
  for (const { name, standsFor } of types) {
    let free = pascal(name)
    if (standsFor === 'group') free = PRINCIPAL_TYPES.group
    else while (taken.has(free)) free += 'Resource'
    taken.add(free)
    found.set(name, free)
  }
  return found
}

const cache = new WeakMap<AccessModel, CedarNames>()

/** The Cedar names of an access model. Made once for each model. */
export function namesOf(model: AccessModel): CedarNames {
  const known = cache.get(model)
  if (known) return known
  const namespace = NAMESPACES[model.name] ?? pascal(model.name)
  const qualified = (name: string) => `${namespace}::${name}`
  const byResource = new Map([...resourceNames(model.resourceTypes)].map(([type, name]) => [type, qualified(name)]))
  const meanings = new Map<string, Meaning>([
    ...PRINCIPAL_KINDS.map((principal): [string, Meaning] => [qualified(PRINCIPAL_TYPES[principal]), { kind: 'principal', principal }]),
    ...[...byResource].map(([type, name]): [string, Meaning] => [name, { kind: 'resource', type }]),
  ])
  const permissions = [...model.permissions.map(({ name }) => name), ...corePermissionNames.map((name) => CORE_PREFIX + name)]
  const permissionSet = new Set(permissions)
  const names: CedarNames = {
    namespace,
    actionType: qualified(ACTION),
    principalTypes: {
      user: qualified(PRINCIPAL_TYPES.user), group: qualified(PRINCIPAL_TYPES.group),
      service_account: qualified(PRINCIPAL_TYPES.service_account), token: qualified(PRINCIPAL_TYPES.token),
    },
    typeOf: (resourceType) => byResource.get(resourceType),
    meaningOf: (cedarType) => meanings.get(cedarType),
    permissions,
    hasPermission: (name) => permissionSet.has(name),
  }
  cache.set(model, names)
  return names
}

/** A permission as a policy names it. */
export const actionRef = (model: AccessModel, permission: string): EntityRef => new EntityRef(namesOf(model).actionType, permission)

/** A user, group, service account or token as policies name it. */
export const principalRef = (model: AccessModel, kind: PrincipalKind, id: string): EntityRef =>
  new EntityRef(namesOf(model).principalTypes[kind], id)

/**
 * A resource as policies name it.
 *
 * @throws Error when the model has no such type: types are checked where they come in
 */
export function resourceRef(model: AccessModel, resourceType: string, id: string): EntityRef {
  const type = namesOf(model).typeOf(resourceType)
  if (type === undefined) throw new Error(`no resource type \`${resourceType}\` in the access model \`${model.name}\``)
  return new EntityRef(type, id)
}

/** The id under which policies name a resource: ours, or where the model says so the platform's own. */
export const resourceIdInPolicies = ({ rules }: AccessModel, { id, externalId }: { id: string; externalId: string | null }): string =>
  rules.policiesNameExternalIds ? (externalId ?? id) : id
