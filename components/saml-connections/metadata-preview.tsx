'use client'
import { useTransition } from 'react'
import { Banner } from '@/components/ui/banner'
import { Button } from '@/components/ui/button'
import { KeyValueList } from '@/components/ui/key-value-list'
import type { MetadataPreview } from '@/lib/features/saml-connections/rules'
import { CertificateFacts } from './certificate-facts'

export type ReadMetadata = { xml: string; url: string | null; preview: MetadataPreview }

type MetadataPreviewPanelProps = { read: ReadMetadata; problem: string | null; isFirst: boolean; onTakeOver: () => Promise<void>; onCancel: () => void }

/** What was read, before it counts. */
export function MetadataPreviewPanel({ read: { preview }, problem, isFirst, onTakeOver, onCancel }: MetadataPreviewPanelProps) {
  const [pending, startTransition] = useTransition()
  return (
    <div role="group" aria-label="What the metadata says" className="grid gap-4 rounded-md border border-line bg-sunken p-4">
      <h3 className="font-semibold">This is what the metadata says</h3>
      {problem ? <Banner tone="bad" live>{problem}</Banner> : null}
      <KeyValueList
        items={[
          { label: 'Entity ID', value: <code className="mono break-all text-[13px]">{preview.entityId}</code> },
          ...(preview.name === null ? [] : [{ label: 'Name', value: preview.name }]),
          { label: 'Sign-in address', value: <code className="mono break-all text-[13px]">{preview.signInUrl}</code> },
          ...(preview.validUntil === null ? [] : [{ label: 'Valid until', value: preview.validUntil.slice(0, 10) }]),
        ]}
      />
      <ul className="grid gap-2" aria-label="Certificates in the metadata">
        {preview.certificates.map((certificate) => <CertificateFacts key={certificate.fingerprint} certificate={certificate} />)}
      </ul>
      {isFirst ? null : <Changes changes={preview.changes} />}
      <div className="flex flex-wrap gap-2">
        <Button variant="primary" pending={pending} onClick={() => startTransition(onTakeOver)}>{isFirst ? 'Use this identity provider' : 'Take it over'}</Button>
        <Button onClick={onCancel}>Cancel</Button>
      </div>
    </div>
  )
}

function Changes({ changes }: { changes: readonly string[] }) {
  if (changes.length === 0) return <p className="text-ink-2">Nothing differs from what is here already.</p>
  return (
    <div>
      <p className="font-semibold">What will change</p>
      <ul className="list-disc pl-5">
        {changes.map((change) => <li key={change} className="break-words">{change}</li>)}
      </ul>
    </div>
  )
}
