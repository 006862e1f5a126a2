import { Download } from 'lucide-react'
import { Section } from '@/components/layout/section'
import { CopyButton } from '@/components/ui/copy-button'
import { LinkButton } from '@/components/ui/link-button'
import type { SamlConnectionView } from '@/lib/features/saml-connections/rules'

/** What the identity provider asks for, under the names it may have there. */
const valuesOf = ({ acsUrl, entityId, metadataUrl }: SamlConnectionView) => [
  { label: 'ACS URL', other: 'also called Single sign-on URL, Reply URL, Consumer URL', value: acsUrl },
  { label: 'Entity ID', other: 'also called Audience URI, Identifier, SP Entity ID', value: entityId },
  { label: 'Metadata URL', other: 'for identity providers that read all of this by themselves', value: metadataUrl },
]

/** The values to copy into the identity provider. */
export function ValuesSection({ view }: { view: SamlConnectionView }) {
  return (
    <Section
      title="1. Give these to the identity provider"
      description="Make an application of the kind SAML 2.0 there, and copy these values into it. Send the e-mail address as NameID or as an attribute."
      actions={<LinkButton href={`/sso/saml/${view.id}/metadata`} download={`gatehouse-${view.id}.xml`} icon={<Download aria-hidden="true" />} size="small">Download metadata</LinkButton>}
    >
      <dl className="grid gap-4">
        {valuesOf(view).map(({ label, other, value }) => (
          <div key={label} className="grid gap-1">
            <dt>
              <span className="font-semibold">{label}</span> <span className="text-ink-2">{other}</span>
            </dt>
            <dd className="flex flex-wrap items-center gap-2">
              <code className="mono min-w-0 break-all text-[13px]">{value}</code>
              <CopyButton text={value} label={`Copy ${label}`} />
            </dd>
          </div>
        ))}
      </dl>
    </Section>
  )
}
