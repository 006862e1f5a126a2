import type { RoleChoice } from '@/lib/features/roles/choices'

/** What a role is for, and what it permits, in words. */
export function RolePermits({ role }: { role: Pick<RoleChoice, 'title' | 'description' | 'permits'> }) {
  return (
    <div className="text-[13px] text-ink-2">
      {role.description ? <p>{role.description}</p> : null}
      <details>
        <summary className="text-link inline-block">
          {role.permits.length === 0 ? `${role.title} permits nothing yet` : `What it permits (${role.permits.length})`}
        </summary>
        <ul className="mt-1 max-h-40 columns-2 gap-6 overflow-y-auto">
          {role.permits.map((permission) => (
            <li key={permission}>{permission}</li>
          ))}
        </ul>
      </details>
    </div>
  )
}
