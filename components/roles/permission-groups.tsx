import type { CatalogueGroup } from '@/lib/features/roles/catalogue'
import type { RoleView } from '@/lib/features/roles/view'

type PermissionGroupsProps = { groups: readonly CatalogueGroup[]; role: Pick<RoleView, 'permissions' | 'onlyAt' | 'title'> }

/** Everything a role permits, by group: title, identifier, and a sentence. */
export function PermissionGroups({ groups, role }: PermissionGroupsProps) {
  const held = new Set(role.permissions)
  const shown = groups.map(({ group, permissions }) => ({ group, permissions: permissions.filter(({ name }) => held.has(name)) })).filter(({ permissions }) => permissions.length > 0)
  if (shown.length === 0) return <p className="text-ink-2">{role.title} permits nothing yet.</p>
  return (
    <div className="grid gap-5">
      {shown.map(({ group, permissions }) => (
        <div key={group}>
          <h3 className="mb-2 font-semibold">{group}</h3>
          <ul className="permission-list">
            {permissions.map(({ name, title, description }) => (
              <li key={name}>
                <p className="flex flex-wrap items-baseline gap-x-2 font-medium">
                  {title} <span className="mono">{name}</span>
                </p>
                <p className="text-[13px] text-ink-2">
                  {description}
                  {role.onlyAt[name] ? ` Only where the role is held at: ${role.onlyAt[name].join(', ')}.` : ''}
                </p>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </div>
  )
}
