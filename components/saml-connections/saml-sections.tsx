import type { SamlConnectionView } from '@/lib/features/saml-connections/rules'
import { OwnCertificates } from './own-certificates'
import { ProviderSection } from './provider-section'
import { RequirementsSection } from './requirements-section'
import { ValuesSection } from './values-section'

/** What is particular to a SAML connection, in the order in which it is set up. */
export function SamlSections({ org, view, canEdit }: { org: string; view: SamlConnectionView; canEdit: boolean }) {
  return (
    <>
      <ValuesSection view={view} />
      <ProviderSection org={org} view={view} canEdit={canEdit} />
      <RequirementsSection key={`${view.signedParts} ${view.wantsEncryption} ${view.isIdpInitiated}`} org={org} view={view} canEdit={canEdit} />
      <OwnCertificates org={org} view={view} canEdit={canEdit} />
    </>
  )
}
