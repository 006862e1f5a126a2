import type { AccessModel } from '@/lib/access/models/access-model'
import { CORE_PREFIX } from '@/lib/access/models/catalogue'
import { CORE_PERMISSIONS, corePermissionNames } from '@/lib/access/permissions'

export type DescribedPermission = { name: string; title: string; description: string }
export type PermissionGroup = { group: string; permissions: DescribedPermission[] }

/** Every permission there is in an organization of this model, Gatehouse's own first, as catalogues list them. */
function catalogueOf(model: AccessModel): (DescribedPermission & { group: string })[] {
  const core = corePermissionNames.map((name) => ({ ...CORE_PERMISSIONS[name], name: `${CORE_PREFIX}${name}` }))
  const own = model.permissions.map(({ name, title, description, group }) => ({ name, title, description, group }))
  return [...core, ...own]
}

/** Permissions in words, by group, in the order of the catalogue. */
export function describePermissions(model: AccessModel, held: ReadonlySet<string>): PermissionGroup[] {
  const groups = new Map<string, DescribedPermission[]>()
  for (const { name, title, description, group } of catalogueOf(model)) {
    if (held.has(name)) groups.set(group, [...(groups.get(group) ?? []), { name, title, description }])
  }
  return [...groups].map(([group, permissions]) => ({ group, permissions }))
}
