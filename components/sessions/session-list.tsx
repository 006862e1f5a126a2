import type { ReactNode } from 'react'
import { Badge } from '@/components/ui/badge'
import { RelativeTime } from '@/components/ui/relative-time'
import type { SessionSummary } from '@/lib/features/sessions/session-summary'

/** Signed-in browsers, one a row, each with what can be done about it. */
export function SessionList({ sessions, actionFor, label }: { sessions: readonly SessionSummary[]; actionFor: (session: SessionSummary) => ReactNode; label: string }) {
  return (
    <ul aria-label={label} className="divide-y divide-line-soft">
      {sessions.map((session) => (
        <li key={session.id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-3 first:pt-0 last:pb-0">
          <div className="min-w-0">
            <p className="flex flex-wrap items-center gap-x-2 font-medium">
              {session.device}
              {session.isCurrent ? <Badge>This session</Badge> : null}
            </p>
            <p className="dim text-[13px]">
              {session.method} from <span className="mono">{session.address || 'an unknown address'}</span>
            </p>
            <p className="dim text-[13px]">
              Last seen <RelativeTime at={session.lastSeenAt} />, signed in <RelativeTime at={session.createdAt} />
            </p>
          </div>
          {actionFor(session)}
        </li>
      ))}
    </ul>
  )
}
