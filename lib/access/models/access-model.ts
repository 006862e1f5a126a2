import type { CorePermission } from '@/lib/access/permissions'

/** Type of an attribute that policies may read; `User` holds the id of a user. */
export type AttributeType = 'String' | 'Long' | 'Boolean' | 'Set<String>' | 'ipaddr' | 'datetime' | 'User'

/** Attributes by name. */
export type Attributes = Readonly<Record<string, AttributeType>>

/**
 * Model permissions asked beside `gatehouse/resource:write`. `create` is asked of the parent, `edit` and
 * `delete` of the resource, `move` of the resource and of its new parent; one that does not apply there, of the
 * nearest resource above to which it applies. One left out asks nothing more. `view`, asked of the resource beside
 * `gatehouse/resource:read`, applies to the type itself.
 */
export type ResourceGuards = { view?: string; create?: string; edit?: string; move?: string; delete?: string }

/** An attribute that follows from where a resource lies: of the nearest resource of a type, itself included; or whether a group is locked. */
export type DerivedAttribute = { of: string; as: 'id' | 'name' } | { as: 'locked' }

/** A type of node in the organization's tree. The root's type is always `organization`. */
export type ResourceType = {
  name: string
  title: string
  plural: string
  /** Types it may lie directly under. Empty for `organization`. */
  parents: readonly string[]
  /** Attributes that policies may read, by name. */
  attributes?: Attributes
  /** Those of the attributes that are not stored. */
  derived?: Readonly<Record<string, DerivedAttribute>>
  guards?: ResourceGuards
  /** Role that whoever makes one gets on it; `protected`: they can neither lose it nor be removed while it stands. */
  creator?: { role: string; protected: boolean }
  /** The nodes of this type are the organization's groups (under the resource they belong to), not made in the tree. */
  standsFor?: 'group'
}

export type ModelPermission = {
  name: string
  title: string
  description: string
  group: string
  /** Types of resource it may be asked about. Asked about a type above those, it means everything below. */
  appliesTo: readonly string[]
  /** Permissions of the model that come with it, at the same scope. */
  includes?: readonly string[]
  /** Gatehouse's own permissions that come with it, at the same scope. */
  implies: readonly CorePermission[]
  /** What it comes down to where a glance must do, such as the Actions column of the Users tab. */
  verb?: Verb | readonly Verb[]
}

export const VERBS = ['read', 'add', 'edit', 'delete'] as const
export type Verb = (typeof VERBS)[number]

/** What a permission comes down to, in the order of the four verbs. */
export const verbsOf = ({ verb }: Pick<ModelPermission, 'verb'>): readonly Verb[] => VERBS.filter((each) => (typeof verb === 'string' ? verb === each : verb?.includes(each)))

/** A permission inside a role; with `heldAt`, it counts only when the role is held at one of these scope types. */
export type RoleGrant = string | { permission: string; heldAt: readonly string[] }

export type CoreGrant = CorePermission | { permission: CorePermission; heldAt: readonly string[] }

export type ModelRole = {
  /** Stable identifier, e.g. `CLUSTER_ADMIN`. */
  name: string
  title: string
  description: string
  /** Under which pickers show it. */
  group: string
  permissions: readonly RoleGrant[]
  /** Gatehouse's own permissions the role carries beside what its permissions imply. */
  core: readonly CoreGrant[]
  assignableAt: readonly string[]
  immutable: boolean
  /** Held by every active member, cannot be unassigned. At most one a model. */
  floor?: true
}

export type TypeLimits = {
  /** Most levels down to a resource of this type, the organization being the first. */
  maxDepth?: number
  /** Most resources of this type in one organization. */
  maxCount?: number
  /** Regular expression (flag `u`) a name must match. */
  namePattern?: string
  /** The same rule in words. */
  nameRule?: string
  /** Types of parent directly under which it may be renamed; left out: all. */
  renamedUnder?: readonly string[]
}

/** Groups that belong to a resource of one type, each such resource being born with a locked group. */
export type GroupRules = {
  belongTo: string
  /** Made with the resource, its creator inside; holds `role` there; its roles and policies cannot be edited. */
  lockedGroup: { title: string; role: string }
}

export type ModelRules = {
  rolesPerMember: 'one' | 'many'
  /** Role of a new member when the invitation names none; null: the floor role only. */
  defaultRole: string | null
  /** Roles the founder of an organization gets, at the organization. */
  founderRoles: readonly string[]
  customRoles: boolean
  /** Types of scope at which custom roles may be assigned; left out: all. */
  customRolesAssignableAt?: readonly string[]
  /**
   * In a role restricted to chosen resources, a permission that applies only to types above a chosen resource
   * counts at the nearest resource above that it applies to. Without it, such a permission counts nowhere.
   */
  chosenResourcesReachUp?: true
  limits?: Readonly<Record<string, TypeLimits>>
  groups?: GroupRules
  /** Policies name resources by the platform's own ids (`externalId`) where they have one, not by ours. */
  policiesNameExternalIds?: true
}

export type AccessModel = {
  name: string
  title: string
  description: string
  resourceTypes: readonly ResourceType[]
  permissions: readonly ModelPermission[]
  roles: readonly ModelRole[]
  /** What of a user policies may read, beside the id. */
  userAttributes?: Attributes
  /** What of the question's context policies may read, beside `ip` and `time`. */
  contextAttributes?: Attributes
  rules: ModelRules
}
