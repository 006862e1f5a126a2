import type { AccessModel } from '@/lib/access/models/access-model'
import { CORE_PREFIX } from '@/lib/access/models/catalogue'
import { corePermissionNames } from '@/lib/access/permissions'
import { describePermissions } from '@/lib/features/roles/describe'

/** A right in words; `reason` says why a credential will not have it although it was asked for. */
export type DescribedRight = { name: string; title: string; description: string; reason: string | null }
export type DescribedRights = { group: string; rights: DescribedRight[] }[]

/** A role as a credential may be bound to it; `disabledReason` says why not at the organization. */
export type RoleOption = { id: string; title: string; description: string; assignableAt: readonly string[]; disabledReason: string | null }

/** A place as a credential may be bound to it. */
export type PlaceOption = { id: string; type: string; typeTitle: string; name: string }

export const NOT_HELD = 'You do not hold this here yourself'
export const NOT_HELD_BY_ACCOUNT = 'The service account does not hold this here'

/** Every permission there is in an organization, Gatehouse's own with their prefix. */
export const allPermissions = (model: AccessModel): string[] => [...corePermissionNames.map((name) => CORE_PREFIX + name), ...model.permissions.map(({ name }) => name)]

/** The wanted permissions by group, those that are not held told as such. */
export function describeRights(model: AccessModel, wanted: ReadonlySet<string>, holds: (permission: string) => boolean, missing: string): DescribedRights {
  return describePermissions(model, wanted).map(({ group, permissions }) => ({
    group,
    rights: permissions.map(({ name, title, description }) => ({ name, title, description, reason: holds(name) ? null : missing })),
  }))
}
