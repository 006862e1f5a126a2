'use client'
import { useState } from 'react'
import { ActionForm } from '@/components/forms/action-form'
import { SubmitButton } from '@/components/forms/submit-button'
import { TextField } from '@/components/forms/text-field'
import { Banner } from '@/components/ui/banner'
import { CodeBlock } from '@/components/ui/code-block'
import { createScimTokenAction } from '@/lib/features/provisioning/actions'

type NewTokenFormProps = { org: string; /** A further token of this directory; left out, a directory is made with it. */ directoryId?: string; label: string }

/** Makes a token and shows it this once. */
export function NewTokenForm({ org, directoryId, label }: NewTokenFormProps) {
  const [secret, setSecret] = useState<string | null>(null)
  return (
    <ActionForm
      className="fields" label={label}
      run={(data) => createScimTokenAction(org, { name: String(data.get('name')), ...(directoryId !== undefined && { directoryId }) })}
      onDone={({ secret: made }) => setSecret(made)}
    >
      <TextField name="name" label="Name" hint={directoryId === undefined ? 'Of your identity provider, such as Okta or Entra. It is named wherever something is locked.' : 'What uses it.'} autoComplete="off" maxLength={100} />
      <div>
        <SubmitButton>{label}</SubmitButton>
      </div>
      {secret === null ? null : (
        <Banner tone="warn" title="It is shown this once" live>
          <p>Paste it into your identity provider now. Only a fingerprint is kept.</p>
          <CodeBlock code={secret} label="SCIM token" />
        </Banner>
      )}
    </ActionForm>
  )
}
