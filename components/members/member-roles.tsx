import { Chip } from '@/components/ui/chip'
import { RelativeTime } from '@/components/ui/relative-time'
import type { MemberDetail } from '@/lib/features/members/detail'

/** A person's roles, by the place where they hold. */
export function MemberRoles({ assignments }: { assignments: MemberDetail['assignments'] }) {
  if (assignments.length === 0) return <p className="text-ink-2">No role: only what everybody may do.</p>
  const places = new Map(assignments.map(({ scope }) => [scope.id, scope]))
  return (
    <ul className="grid gap-3">
      {[...places.values()].map((scope) => (
        <li key={scope.id} className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <span className="min-w-32 font-semibold">{scope.name}</span>
          <span className="chips">
            {assignments
              .filter((assignment) => assignment.scope.id === scope.id)
              .map(({ id, title, expiresAt, isEnded }) => (
                <span key={id} className="inline-flex items-center gap-1.5">
                  <Chip label={title} dashed={isEnded} {...(isEnded && { title: 'Ended: it no longer counts' })} />
                  {expiresAt === null ? null : (
                    <span className="dim">
                      {isEnded ? 'ended ' : 'ends '}
                      <RelativeTime at={expiresAt} />
                    </span>
                  )}
                </span>
              ))}
          </span>
        </li>
      ))}
    </ul>
  )
}
