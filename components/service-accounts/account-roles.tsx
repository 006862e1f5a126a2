import { Chip } from '@/components/ui/chip'
import { RelativeTime } from '@/components/ui/relative-time'
import type { AccountRole } from '@/lib/features/service-accounts/rules'

/** An account's roles, each with where it holds and until when. */
export function AccountRoles({ roles }: { roles: readonly AccountRole[] }) {
  if (roles.length === 0) return <p className="text-ink-2">No role: only what everybody may do.</p>
  return (
    <ul className="grid gap-2">
      {roles.map(({ role, scope, expiresAt }) => (
        <li key={`${role.id} ${scope.id}`} className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <Chip label={role.title} detail={scope.name} />
          {expiresAt === null ? null : (
            <span className="dim">
              ends <RelativeTime at={expiresAt} />
            </span>
          )}
        </li>
      ))}
    </ul>
  )
}
