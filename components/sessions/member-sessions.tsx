'use client'
import { useState, useTransition } from 'react'
import { refusalText } from '@/components/forms/refusal-text'
import { Button } from '@/components/ui/button'
import type { ActionResult } from '@/lib/boundary/result'
import type { SessionSummary } from '@/lib/features/sessions/session-summary'
import { SessionList } from './session-list'

type MemberSessionsProps = {
  organization: string
  org: string
  userId: string
  sessions: readonly SessionSummary[]
  /** endMemberSessionsAction. */
  end: (org: string, input: { userId: string; sessionId?: string }) => Promise<ActionResult<{ ended: number }>>
}

/** A member's sessions for administrators: ending one closes this organization to it, and no other. */
export function MemberSessions({ organization, org, userId, sessions, end }: MemberSessionsProps) {
  const [pending, startTransition] = useTransition()
  const [problem, setProblem] = useState<string | null>(null)
  const press = (input: { userId: string; sessionId?: string }) =>
    startTransition(async () => {
      const result = await end(org, input)
      setProblem(result.ok ? null : refusalText(result.refusal))
    })
  if (sessions.length === 0) return <p className="text-ink-2">No session opens {organization} at present.</p>
  return (
    <div className="grid gap-3">
      <p className="text-ink-2">Ending a session closes {organization} to it; other organizations stay open, and the person can sign in again.</p>
      {problem ? (
        <p role="alert" className="text-bad">
          {problem}
        </p>
      ) : null}
      <SessionList
        label="Sessions"
        sessions={sessions}
        actionFor={(session) => (
          <Button size="small" pending={pending} aria-label={`End the session of ${session.device}`} onClick={() => press({ userId, sessionId: session.id })}>
            End session
          </Button>
        )}
      />
      {sessions.length > 1 ? (
        <div>
          <Button pending={pending} onClick={() => press({ userId })}>
            End all sessions
          </Button>
        </div>
      ) : null}
    </div>
  )
}
