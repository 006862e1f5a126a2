import type { PermissionGroup } from '@/lib/features/roles/describe'

/** What somebody may do at the organization, in words, by group. */
export function MemberAccess({ groups }: { groups: readonly PermissionGroup[] }) {
  if (groups.length === 0) return <p className="text-ink-2">Nothing at present.</p>
  return (
    <div className="grid gap-x-8 gap-y-4 md:grid-cols-3">
      {groups.map(({ group, permissions }) => (
        <div key={group}>
          <h3 className="mb-1 font-semibold">{group}</h3>
          <ul className="text-ink-2">
            {permissions.map(({ name, title, description }) => (
              <li key={name} title={description}>
                {title}
              </li>
            ))}
          </ul>
        </div>
      ))}
    </div>
  )
}
