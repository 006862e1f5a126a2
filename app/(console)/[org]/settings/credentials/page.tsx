import type { Metadata } from 'next'
import { consolePage } from '@/app/console-page'
import { PolicyForm } from '@/components/credential-policy/policy-form'
import { PageHeader } from '@/components/layout/page-header'
import { Section } from '@/components/layout/section'
import { findCredentialPolicy } from '@/lib/features/credential-policy/queries'

export const metadata: Metadata = { title: 'Credentials' }

export default consolePage('credential-policy:write', async ({ ctx, org }) => {
  const policy = await findCredentialPolicy(ctx.tx, ctx.orgId)
  return (
    <>
      <PageHeader title="Credentials" description={`What ${ctx.organization.name} demands of API keys, keys of service accounts and application tokens.`} />
      <Section title="Policy" description="It counts for what is made or changed from now on; the suspension of what is not used counts for all.">
        <PolicyForm org={org} policy={policy} />
      </Section>
    </>
  )
})
