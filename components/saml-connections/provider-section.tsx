import { Section } from '@/components/layout/section'
import { Banner } from '@/components/ui/banner'
import { KeyValueList } from '@/components/ui/key-value-list'
import type { SamlConnectionView } from '@/lib/features/saml-connections/rules'
import { CertificateFacts } from './certificate-facts'
import { MetadataForm } from './metadata-form'

const BINDINGS = { redirect: 'by redirect', post: 'by a form (HTTP-POST)' } as const

/** Who the identity provider is, and the way to tell. */
export function ProviderSection({ org, view, canEdit }: { org: string; view: SamlConnectionView; canEdit: boolean }) {
  const { provider } = view
  return (
    <Section title="2. The identity provider" description="Its metadata tells who it is, where people sign in, and which certificates sign. Upload the file, paste it, or give its address.">
      <div className="grid gap-4">
        {provider ? <Provider provider={provider} /> : <Banner>Nothing is known of the identity provider yet. Nobody can sign in before its metadata is here.</Banner>}
        {canEdit ? <MetadataForm org={org} id={view.id} isFirst={provider === null} url={provider?.metadataUrl ?? ''} /> : null}
      </div>
    </Section>
  )
}

function Provider({ provider }: { provider: NonNullable<SamlConnectionView['provider']> }) {
  const ended = provider.certificates.filter(({ state }) => state === 'ended').length
  const ending = provider.certificates.filter(({ state }) => state === 'ending').length
  return (
    <>
      <KeyValueList
        items={[
          { label: 'Entity ID', value: <code className="mono break-all text-[13px]">{provider.entityId}</code> },
          ...(provider.name === null ? [] : [{ label: 'Name', value: provider.name }]),
          { label: 'Sign-in address', value: <><code className="mono break-all text-[13px]">{provider.signInUrl}</code> <span className="text-ink-2">{BINDINGS[provider.binding]}</span></> },
          { label: 'Metadata of', value: `${provider.metadataAt?.slice(0, 10) ?? 'unknown'}${provider.metadataUrl === null ? ', uploaded' : `, from ${provider.metadataUrl}`}` },
        ]}
      />
      {ended > 0 || ending > 0 ? (
        <Banner tone={ended > 0 ? 'bad' : 'warn'} title={ended > 0 ? 'A certificate of the identity provider has ended' : 'A certificate of the identity provider ends soon'}>
          Sign-in goes on while the identity provider signs with it, as metadata and not the date says which keys are trusted. Ask its administrators for new metadata before they change the key.
        </Banner>
      ) : null}
      <ul className="grid gap-2" aria-label="Certificates of the identity provider">
        {provider.certificates.map((certificate) => (
          <CertificateFacts key={certificate.fingerprint} certificate={certificate} />
        ))}
      </ul>
    </>
  )
}
