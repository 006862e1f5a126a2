import type { Metadata } from 'next'
import { accountPage } from '@/app/(account)/account-page'
import { one } from '@/app/page-input'
import { Notice } from '@/components/accounts/notice'
import { Form } from '@/components/forms/form'
import { SubmitButton } from '@/components/forms/submit-button'
import { PageHeader } from '@/components/layout/page-header'
import { Section } from '@/components/layout/section'
import { SessionList } from '@/components/sessions/session-list'
import { endOtherSessionsAction, endSessionAction } from '@/lib/features/sessions/actions'
import { listOwnSessions } from '@/lib/features/sessions/queries'
import type { SessionSummary } from '@/lib/features/sessions/session-summary'

export const metadata: Metadata = { title: 'Sessions' }

const DONE: Readonly<Record<string, string>> = { ended: 'The session is ended.', all: 'All other sessions are ended.' }

function EndSession({ session }: { session: SessionSummary }) {
  if (session.isCurrent) return null
  return (
    <Form action={endSessionAction} label={`End the session of ${session.device}`} className="">
      <input type="hidden" name="sessionId" value={session.id} />
      <SubmitButton variant="secondary" size="small">
        End session
      </SubmitButton>
    </Form>
  )
}

export default accountPage('sessions', '/sessions', async ({ actor, search }) => {
  const sessions = await listOwnSessions(actor)
  const done = DONE[one(search['done']) ?? '']
  return (
    <>
      <PageHeader title="Sessions" description="Browsers in which you are signed in. A session ends by itself 30 days after signing in." />
      {done ? <Notice tone="ok">{done}</Notice> : null}
      <Section
        title={sessions.length === 1 ? 'One session' : `${sessions.length} sessions`}
        description="If you don’t know one, end it and change your password."
        actions={
          sessions.length > 1 ? (
            <Form action={endOtherSessionsAction} label="End all other sessions" className="">
              <SubmitButton variant="secondary">End all others</SubmitButton>
            </Form>
          ) : null
        }
      >
        <SessionList label="Sessions" sessions={sessions} actionFor={(session) => <EndSession session={session} />} />
      </Section>
    </>
  )
})
