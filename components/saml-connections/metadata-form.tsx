'use client'
import { useState } from 'react'
import { UploadButton } from '@/components/forms/upload-button'
import { ActionForm } from '@/components/forms/action-form'
import { refusalText } from '@/components/forms/refusal-text'
import { SubmitButton } from '@/components/forms/submit-button'
import { TextField } from '@/components/forms/text-field'
import { TextareaField } from '@/components/forms/textarea-field'
import { withIdentity } from '@/components/identity/ask'
import { Banner } from '@/components/ui/banner'
import { toast } from '@/components/ui/toast'
import { previewMetadataAction, setSamlMetadataAction } from '@/lib/features/saml-connections/actions'
import { MetadataPreviewPanel, type ReadMetadata } from './metadata-preview'

const BYTES_MAX = 512 * 1024

/** Metadata by file, text or address: read first and shown, taken over second. */
export function MetadataForm({ org, id, isFirst, url }: { org: string; id: string; isFirst: boolean; url: string }) {
  const [read, setRead] = useState<ReadMetadata | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const [xml, setXml] = useState('')

  async function readText(text: string) {
    setXml(text)
    const answer = await previewMetadataAction(org, { id, xml: text })
    setProblem(answer.ok ? null : refusalText(answer.refusal))
    setRead(answer.ok ? answer.value : null)
  }
  async function takeOver() {
    if (!read) return
    const answer = await withIdentity(() => setSamlMetadataAction(org, { id, xml: read.xml, url: read.url }))
    if (!answer.ok) return setProblem(refusalText(answer.refusal))
    setRead(null)
    setXml('')
    toast({ title: 'Saved the identity provider' })
  }
  if (read) return <MetadataPreviewPanel read={read} problem={problem} isFirst={isFirst} onTakeOver={takeOver} onCancel={() => { setRead(null); setProblem(null) }} />
  return (
    <div className="grid gap-4">
      {problem ? <Banner tone="bad" live>{problem}</Banner> : null}
      <ActionForm
        className="fields" label="Metadata by address" onDone={setRead}
        run={(data) => previewMetadataAction(org, { id, url: String(data.get('url') ?? '') })}
      >
        <TextField name="url" label="Address of the metadata" type="url" defaultValue={url} placeholder="https://" autoComplete="off" hint="It has to begin with https://, and is fetched once, now." />
        <div><SubmitButton variant="secondary">Fetch and look at it</SubmitButton></div>
      </ActionForm>
      <ActionForm className="fields" label="Metadata by file or text" onDone={setRead} run={() => previewMetadataAction(org, { id, xml })}>
        <TextareaField name="xml" label="Or the metadata itself" rows={4} spellCheck={false} value={xml} onChange={(event) => setXml(event.currentTarget.value)} hint="XML that begins with EntityDescriptor or EntitiesDescriptor." />
        <div className="flex flex-wrap gap-2">
          <UploadButton label="Choose a file" accept=".xml,application/xml,text/xml,application/samlmetadata+xml" bytesMax={BYTES_MAX} what="metadata of one identity provider" onText={(text) => void readText(text)} onProblem={setProblem} />
          <SubmitButton variant="secondary">Look at it</SubmitButton>
        </div>
      </ActionForm>
    </div>
  )
}
