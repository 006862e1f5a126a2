import { Workflow } from 'lucide-react'
import type { Metadata } from 'next'
import { consolePage } from '@/app/console-page'
import { EmptyState } from '@/components/layout/empty-state'
import { PageHeader } from '@/components/layout/page-header'
import { DirectorySections } from '@/components/provisioning/directory-sections'
import { directoryHref } from '@/components/provisioning/directory-href'
import { TokenButton } from '@/components/provisioning/token-button'
import { LinkTabs } from '@/components/ui/link-tabs'
import { absoluteUrl } from '@/lib/env'
import { listHandoverAccounts, listManagedGroups } from '@/lib/features/provisioning/choices'
import { findLatestRequests, listDirectories, listMappings } from '@/lib/features/provisioning/queries'
import { SCIM_BASE, WHICH_REQUESTS } from '@/lib/features/provisioning/rules'

export const metadata: Metadata = { title: 'Provisioning' }

export default consolePage('provisioning:write', async ({ ctx, org, searchParams }) => {
  const directories = await listDirectories(ctx)
  const directory = directories.find(({ id }) => id === searchParams['directory']) ?? directories[0]
  const which = WHICH_REQUESTS.find((each) => each === searchParams['requests']) ?? 'all'
  const baseUrl = absoluteUrl(SCIM_BASE)
  const connect = <TokenButton org={org} baseUrl={baseUrl} />
  return (
    <>
      <PageHeader title="Provisioning" description="Directories such as Okta and Entra bring people and groups over SCIM 2.0. What they bring is theirs to decide, and is locked here." actions={connect} />
      {directories.length > 1 ? (
        <LinkTabs label="Directories" current={directoryHref(org, directory?.id ?? '')} items={directories.map(({ id, name }) => ({ href: directoryHref(org, id), label: name }))} />
      ) : null}
      {directory ? (
        <DirectorySections
          key={directory.id}
          org={org}
          baseUrl={baseUrl}
          root={{ id: ctx.orgId, type: 'organization', name: ctx.organization.name }}
          directory={directory}
          mappings={await listMappings(ctx, directory.id)}
          groups={await listManagedGroups(ctx, directory.id)}
          accounts={await listHandoverAccounts(ctx)}
          requests={await findLatestRequests(ctx, { directoryId: directory.id, which })}
          which={which}
        />
      ) : (
        <EmptyState icon={<Workflow aria-hidden="true" />} title="No directory yet">
          Connect Okta, Microsoft Entra ID or anything else that speaks SCIM 2.0: whoever is assigned there comes in here, whoever leaves is kept out at once, and groups give the roles you map them to.
        </EmptyState>
      )}
    </>
  )
})
