import type { Tone } from '@/components/ui/status-pill'
import type { MailState } from '@/lib/features/mails/rules'

export const MAIL_WORDS: Readonly<Record<MailState, { label: string; tone: Tone; detail: string }>> = {
  queued: { label: 'Waiting', tone: 'neutral', detail: 'Will be sent in a moment' },
  failing: { label: 'Failed', tone: 'bad', detail: 'Will be tried again' },
  unanswered: { label: 'In doubt', tone: 'warn', detail: 'Handed over when Gatehouse was stopped: it may have arrived or not. Send it again if it did not' },
  sent: { label: 'Sent', tone: 'ok', detail: 'Taken by the mail server' },
  kept: { label: 'Kept', tone: 'warn', detail: 'No mail server is configured' },
}

const KINDS: Readonly<Record<string, string>> = {
  invitation: 'Invitation', 'credentials-ending': 'Reminder', 'credential-found': 'Found secret', 'organization-created': 'Welcome', 'password-reset': 'Password reset',
}

/** What kind of mail it is; one of a kind without a name of its own is a notice. */
export const kindInWords = (template: string): string => KINDS[template] ?? 'Notice'
