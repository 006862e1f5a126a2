import type { Metadata } from 'next'
import { consolePage } from '@/app/console-page'
import { PageHeader } from '@/components/layout/page-header'
import { Section } from '@/components/layout/section'
import { LeaveOrganization } from '@/components/organizations/leave-organization'
import { RenameOrganization } from '@/components/organizations/rename-organization'
import { KeyValueList } from '@/components/ui/key-value-list'
import { RelativeTime } from '@/components/ui/relative-time'
import { TextLink } from '@/components/ui/text-link'
import { findOrganization } from '@/lib/features/organizations/queries'

export const metadata: Metadata = { title: 'General' }

export default consolePage('organization:read', async ({ ctx, org }) => {
  const organization = await findOrganization(ctx)
  return (
    <>
      <PageHeader title="General" description={`What ${organization.name} is called and how its access works.`} />
      {ctx.rights.holds('organization:write') ? (
        <Section title="Name" description="Shown everywhere; the address in links stays as it is.">
          <RenameOrganization org={org} name={organization.name} />
        </Section>
      ) : null}
      <Section title="Facts">
        <KeyValueList
          items={[
            { label: 'Address', value: <code className="mono">/{organization.slug}</code> },
            { label: 'Id', value: <code className="mono break-all">{organization.id}</code> },
            { label: 'Access model', value: <TextLink href={`/${org}/settings/access-model`}>{ctx.model.title}</TextLink> },
            { label: 'Most members', value: organization.memberLimit === null ? 'no limit' : organization.memberLimit.toLocaleString('en') },
            { label: 'Created', value: <RelativeTime at={organization.createdAt.toISOString()} format="date" /> },
          ]}
        />
      </Section>
      <Section title="Leave" description="You lose your roles and keys here at once. An administrator can invite you again.">
        <LeaveOrganization org={org} name={organization.name} />
      </Section>
    </>
  )
})
