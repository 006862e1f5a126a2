'use client'
import { Button } from '@/components/ui/button'
import { DialogBody } from '@/components/ui/dialog-body'
import { DialogFooter } from '@/components/ui/dialog-footer'
import { StatusPill, type Tone } from '@/components/ui/status-pill'
import type { InviteResult, InviteStatus } from '@/lib/features/invitations/rules'
import { HandOverLink } from './hand-over-link'

const WORDS: Readonly<Record<InviteStatus, { label: string; tone: Tone }>> = {
  invited: { label: 'Invited', tone: 'ok' },
  already_member: { label: 'Member already', tone: 'neutral' },
  already_invited: { label: 'Invited already', tone: 'neutral' },
  invalid: { label: 'Not an address', tone: 'bad' },
  limit_reached: { label: 'Limit reached', tone: 'bad' },
}

type InviteResultsProps = {
  org: string
  results: readonly InviteResult[]
  hasMailServer: boolean
  onAgain: (left: readonly InviteResult[]) => void
  onClose: () => void
}

/** One line an address: what became of it, and without a mail server the link to hand over. */
export function InviteResults({ org, results, hasMailServer, onAgain, onClose }: InviteResultsProps) {
  const invited = results.filter(({ status }) => status === 'invited').length
  const left = results.filter(({ status }) => status === 'invalid' || status === 'limit_reached')
  return (
    <>
      <DialogBody>
        <p role="status" className="mb-3">
          {invited === 0 ? 'Nobody was invited.' : `Invited ${invited} of ${results.length}.`}
          {invited > 0 && !hasMailServer ? ' No mail server is configured: hand each link over yourself.' : ''}
        </p>
        <ul aria-label="Results" className="divide-y divide-line-soft">
          {results.map(({ email, status, detail, id }, index) => (
            <li key={index} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2">
              <span className="min-w-0 flex-1 break-all">{email}</span>
              {detail ? <span className="text-[13px] text-ink-2">{detail}</span> : null}
              <StatusPill tone={WORDS[status].tone}>{WORDS[status].label}</StatusPill>
              {status === 'invited' && id !== undefined && !hasMailServer ? <HandOverLink org={org} invitationId={id} email={email} /> : null}
            </li>
          ))}
        </ul>
      </DialogBody>
      <DialogFooter>
        <Button onClick={() => onAgain(left)}>{left.length > 0 ? 'Correct the rest' : 'Invite more'}</Button>
        <Button variant="primary" onClick={onClose}>
          Done
        </Button>
      </DialogFooter>
    </>
  )
}
