import type { RoleToGive } from '@/lib/features/role-assignments/giving'

/** What the chosen role permits where it is given, beside the form. */
export function RolePermissions({ role, place }: { role: RoleToGive | null; place: string }) {
  if (!role) return <p className="text-ink-2">Choose a role to see what it permits.</p>
  return (
    <div className="grid gap-3">
      <p className="text-ink-2">{role.description}</p>
      {role.permits.length === 0 ? <p>It permits nothing at {place}.</p> : null}
      {role.permits.map(({ group, permissions }) => (
        <div key={group}>
          <h3 className="font-semibold">{group}</h3>
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
