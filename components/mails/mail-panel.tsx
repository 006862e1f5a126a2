'use client'
import { useEffect, useState } from 'react'
import { refusalText } from '@/components/forms/refusal-text'
import { Banner } from '@/components/ui/banner'
import { CodeBlock } from '@/components/ui/code-block'
import { DialogBody } from '@/components/ui/dialog-body'
import type { LazyDialogProps } from '@/components/ui/dialog-button'
import { SidePanel } from '@/components/ui/side-panel'
import { Skeleton } from '@/components/ui/skeleton'
import { readMailAction } from '@/lib/features/mails/actions'
import type { MailRow } from '@/lib/features/mails/rules'

type Letter = { text: string; link: string | null }

/** A mail's text beside the list, with its link to copy. */
export function MailPanel({ org, mail, open, onOpenChange }: LazyDialogProps & { org: string; mail: MailRow }) {
  const [letter, setLetter] = useState<Letter | null>(null)
  const [failure, setFailure] = useState<string | null>(null)
  useEffect(() => {
    let isGone = false
    readMailAction(org, { id: mail.id }).then(
      (result) => !isGone && (result.ok ? setLetter(result.value) : setFailure(refusalText(result.refusal))),
      () => !isGone && setFailure('The server did not answer. Close this and try again.'),
    )
    return () => {
      isGone = true
    }
  }, [org, mail.id])
  return (
    <SidePanel open={open} onOpenChange={onOpenChange} title={mail.subject} description={`To ${mail.recipient}`}>
      <DialogBody>
        <div className="grid gap-4">
          {failure ? <Banner tone="bad" live>{failure}</Banner> : null}
          {mail.lastError && mail.state !== 'sent' ? <Banner tone="warn" title="The last attempt failed">{mail.lastError}</Banner> : null}
          {letter === null && failure === null ? <Skeleton className="block h-40 w-full" /> : null}
          {letter?.link ? <CodeBlock code={letter.link} label="Link in the mail" /> : null}
          {letter ? <p className="whitespace-pre-wrap break-words rounded-md border border-line bg-sunken p-3">{letter.text}</p> : null}
        </div>
      </DialogBody>
    </SidePanel>
  )
}
