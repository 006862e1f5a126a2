/** How a mail stands: `kept` where no mail server is configured, `failing` when it waits after a failed attempt. */
export const MAIL_STATES = ['queued', 'failing', 'sent', 'kept'] as const
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

export const mailStateOf = ({ status, attempts }: { status: 'queued' | 'sent' | 'kept'; attempts: number }): MailState =>
  status === 'queued' && attempts > 0 ? 'failing' : status
