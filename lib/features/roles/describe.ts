import type { AccessModel } from '@/lib/access/models/access-model'
import { CORE_PREFIX } from '@/lib/access/models/catalogue'
import { CORE_PERMISSIONS, corePermissionNames } from '@/lib/access/permissions'

export type DescribedPermission = { name: string; title: string; description: string }
export type PermissionGroup = { group: string; permissions: DescribedPermission[] }

/** Before the groups of Gatehouse's own permissions, which a model may have under the same title. */
const OWN_GROUP = 'Gatehouse: '

/** Every permission there is in an organization of this model, by group: those of the model first, then Gatehouse's own. */
export function permissionGroups(model: AccessModel): PermissionGroup[] {
  const groups = new Map<string, DescribedPermission[]>()
  const add = (group: string, permission: DescribedPermission) => groups.set(group, [...(groups.get(group) ?? []), permission])
  for (const { name, title, description, group } of model.permissions) add(group, { name, title, description })
  for (const core of corePermissionNames) {
    const { title, description, group } = CORE_PERMISSIONS[core]
    add(OWN_GROUP + group, { name: CORE_PREFIX + core, title, description })
  }
  return [...groups].map(([group, permissions]) => ({ group, permissions }))
}

/** Those of them that are held, in the same order. */
export const describePermissions = (model: AccessModel, held: ReadonlySet<string>): PermissionGroup[] =>
  permissionGroups(model)
    .map(({ group, permissions }) => ({ group, permissions: permissions.filter(({ name }) => held.has(name)) }))
    .filter(({ permissions }) => permissions.length > 0)
