'use client'
import { useState } from 'react'
import { refusalText } from '@/components/forms/refusal-text'
import { Button } from '@/components/ui/button'
import { previewInvitationAction } from '@/lib/features/invitations/actions'

type MailPreviewProps = { org: string; roles: { role: string; scope: string; expiresAt?: string }[]; message: string; hasMailServer: boolean }

type Preview = { about: string; subject: string; text: string } | { about: string; failure: string }

/** The mail as invited people will read it, on request. */
export function MailPreview({ org, roles, message, hasMailServer }: MailPreviewProps) {
  const [preview, setPreview] = useState<Preview | null>(null)
  const about = JSON.stringify([roles, message])
  async function load() {
    const result = await previewInvitationAction(org, { roles, message })
    setPreview(result.ok ? { about, ...result.value } : { about, failure: refusalText(result.refusal) })
  }
  const isCurrent = preview?.about === about
  return (
    <div className="grid gap-2">
      {hasMailServer ? null : <p className="text-[13px] text-ink-2">No mail server is configured: the mails wait in the outbox, and you can hand the links over yourself.</p>}
      {preview && isCurrent ? null : (
        <div>
          <Button size="small" onClick={() => void load()}>
            {preview ? 'Renew preview of the mail' : 'Preview the mail'}
          </Button>
        </div>
      )}
      {preview && isCurrent ? (
        <div role="region" aria-label="Preview of the mail" className="rounded-md border border-line bg-sunken p-3 text-[13px]">
          {'failure' in preview ? (
            <p>{preview.failure}</p>
          ) : (
            <>
              <p className="mb-2 font-semibold">{preview.subject}</p>
              <p className="whitespace-pre-wrap">{preview.text}</p>
            </>
          )}
        </div>
      ) : null}
    </div>
  )
}
