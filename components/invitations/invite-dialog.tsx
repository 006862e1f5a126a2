'use client'
import { useState } from 'react'
import { Dialog } from '@/components/ui/dialog'
import type { LazyDialogProps } from '@/components/ui/dialog-button'
import type { InviteResult } from '@/lib/features/invitations/rules'
import { InviteForm } from './invite-form'
import { InviteResults } from './invite-results'

export type InviteDialogProps = { org: string; organization: string; hasMailServer: boolean; mayGiveRoles: boolean }

/** Invites many people at once, then says what became of each. */
export function InviteDialog({ open, onOpenChange, ...props }: InviteDialogProps & LazyDialogProps) {
  const [results, setResults] = useState<readonly InviteResult[] | null>(null)
  const [text, setText] = useState('')
  function change(next: boolean) {
    if (!next && results) {
      setResults(null)
      setText('')
    }
    onOpenChange(next)
  }
  /** What was not invited stays to be corrected. */
  function again(left: readonly InviteResult[]) {
    setText(left.map(({ email }) => email).join('\n'))
    setResults(null)
  }
  return (
    <Dialog
      open={open}
      onOpenChange={change}
      size="large"
      title={`Invite users to ${props.organization}`}
      description={results ? 'What became of each address.' : 'They get a mail with a link that works for seven days.'}
      keepOpenOutside
    >
      {results ? (
        <InviteResults org={props.org} results={results} hasMailServer={props.hasMailServer} onAgain={again} onClose={() => change(false)} />
      ) : (
        <InviteForm {...props} text={text} onText={setText} onDone={setResults} onCancel={() => change(false)} />
      )}
    </Dialog>
  )
}
