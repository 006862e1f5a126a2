import type { CorePermission } from '@/lib/access/permissions'
import type { ModelPermission, ResourceGuards } from './access-model'

type PermissionRow = readonly [name: string, title: string, description: string, implies?: readonly CorePermission[]]

/** Permissions of one group that apply to the same types, a line each. */
export function permissions(group: string, appliesTo: readonly string[], rows: readonly PermissionRow[]): ModelPermission[] {
  return rows.map(([name, title, description, implies = []]) => ({ name, title, description, group, appliesTo, implies }))
}

/** The same permission, told as one or some of the four verbs where a glance must do. */
export const asVerb = (verb: NonNullable<ModelPermission['verb']>, list: readonly ModelPermission[]): ModelPermission[] =>
  list.map((permission) => ({ ...permission, verb }))

/** Permissions of which some, by name, come down to verbs. */
export const withVerbs = (list: readonly ModelPermission[], verbs: Readonly<Record<string, NonNullable<ModelPermission['verb']>>>): ModelPermission[] =>
  list.map((permission) => {
    const verb = verbs[permission.name]
    return verb === undefined ? permission : { ...permission, verb }
  })

/** To make, change and take away: what one permission to write comes down to. */
export const WRITE = ['add', 'edit', 'delete'] as const

/** To see a thing in the tree. */
export const SEE = ['resource:read'] as const satisfies readonly CorePermission[]

/** To change a thing in the tree; what exactly is the model permission's own matter (see `ResourceGuards`). */
export const CHANGE = ['resource:read', 'resource:write'] as const satisfies readonly CorePermission[]

/** The same model permission on all four deeds, and where seeing them asks one, that. */
export const guardedBy = (permission: string, view?: string): ResourceGuards => ({
  ...(view !== undefined && { view }), create: permission, edit: permission, move: permission, delete: permission,
})
