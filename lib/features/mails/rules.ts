/**
 * How a mail stands: `kept` where no mail server is configured, `failing` when it waits after a failed attempt,
 * `unanswered` when Gatehouse was killed between handing it over and hearing that it was taken.
 */
export const MAIL_STATES = ['queued', 'failing', 'unanswered', 'sent', 'kept'] as const
export type MailState = (typeof MAIL_STATES)[number]

/** One line of the outbox; times in RFC 3339, UTC. */
export type MailRow = {
  id: string
  recipient: string
  subject: string
  template: string
  state: MailState
  attempts: number
  lastError: string | null
  createdAt: string
  sentAt: string | null
  /** When it is tried next, of one that waits. */
  nextAttemptAt: string | null
}

type Stored = { status: 'queued' | 'sent' | 'kept'; attempts: number; lastError: string | null }

export function mailStateOf({ status, attempts, lastError }: Stored): MailState {
  if (status === 'sent' && lastError !== null) return 'unanswered'
  return status === 'queued' && attempts > 0 ? 'failing' : status
}
