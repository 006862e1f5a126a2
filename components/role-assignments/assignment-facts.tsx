import { RelativeTime } from '@/components/ui/relative-time'
import type { AssignmentRow } from '@/lib/features/role-assignments/rules'

/** Until when a role is held, who gave it and why, in one quiet line. */
export function AssignmentFacts({ assignment: { expiresAt, isEnded, grantedBy, reason, createdAt } }: { assignment: AssignmentRow }) {
  return (
    <span className="dim text-[13px]">
      {expiresAt === null ? null : (
        <>
          <span className={isEnded ? 'text-bad' : undefined}>
            {isEnded ? 'Ended ' : 'Ends '}
            <RelativeTime at={expiresAt} />
          </span>
          {' · '}
        </>
      )}
      given{grantedBy ? ` by ${grantedBy}` : ''} <RelativeTime at={createdAt} />
      {reason ? ` · ${reason}` : ''}
    </span>
  )
}
