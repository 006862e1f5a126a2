import { placeInWords } from '@/components/members/member-words'
import { Chip } from '@/components/ui/chip'
import type { GroupRole } from '@/lib/features/groups/rules'

/** The roles a group holds, and where. */
export function GroupRoles({ roles }: { roles: readonly GroupRole[] }) {
  if (roles.length === 0) return <p className="text-ink-2">No role yet.</p>
  return (
    <ul className="chips">
      {roles.map((role) => (
        <li key={role.assignmentId}>
          <Chip label={role.title} detail={placeInWords(role)} />
        </li>
      ))}
    </ul>
  )
}
