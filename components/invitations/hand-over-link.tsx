'use client'
import { useState, useTransition } from 'react'
import { refusalText } from '@/components/forms/refusal-text'
import { Button } from '@/components/ui/button'
import { CodeBlock } from '@/components/ui/code-block'
import { copyInvitationLinkAction } from '@/lib/features/invitations/actions'

/** Shows an invitation's link on request, to copy; each time is in the audit log. */
export function HandOverLink({ org, invitationId, email }: { org: string; invitationId: string; email: string }) {
  const [link, setLink] = useState<string | null>(null)
  const [failure, setFailure] = useState<string | null>(null)
  const [pending, startTransition] = useTransition()
  const show = () =>
    startTransition(async () => {
      const result = await copyInvitationLinkAction(org, { id: invitationId })
      if (result.ok) setLink(result.value.link)
      else setFailure(refusalText(result.refusal))
    })
  if (link !== null)
    return (
      <div className="w-full min-w-0">
        <CodeBlock code={link} label={`Invitation link of ${email}`} />
      </div>
    )
  return (
    <>
      <Button size="small" pending={pending} onClick={show} aria-label={`Show the link of ${email}`}>
        Show link
      </Button>
      {failure ? (
        <p role="alert" className="w-full text-[13px] text-bad">
          {failure}
        </p>
      ) : null}
    </>
  )
}
