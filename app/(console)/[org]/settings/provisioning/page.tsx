import type { Metadata } from 'next'
import { consolePage } from '@/app/console-page'
import { PageHeader } from '@/components/layout/page-header'
import { Section } from '@/components/layout/section'
import { Guide } from '@/components/provisioning/guide'
import { MappingList } from '@/components/provisioning/mapping-list'
import { NewTokenForm } from '@/components/provisioning/new-token-form'
import { RequestList } from '@/components/provisioning/request-list'
import { TokenList } from '@/components/provisioning/token-list'
import { KeyValueList } from '@/components/ui/key-value-list'
import { RelativeTime } from '@/components/ui/relative-time'
import type { Ctx } from '@/lib/access/context'
import { absoluteUrl } from '@/lib/env'
import { findLatestRequests, listDirectories, listMappableRoles, listMappings } from '@/lib/features/provisioning/queries'
import { SCIM_BASE, type DirectoryRow } from '@/lib/features/provisioning/rules'

export const metadata: Metadata = { title: 'Provisioning' }

/** What a directory decides about, and when it last did. */
const factsOf = ({ users, groups, lastRequestAt, lastChangeAt, leaverKeys, handoverTo, sendsInvitations }: DirectoryRow) => [
  { label: 'Manages', value: `${users} ${users === 1 ? 'user' : 'users'}, ${groups} ${groups === 1 ? 'group' : 'groups'}` },
  { label: 'Last request', value: <RelativeTime at={lastRequestAt} never="never" /> },
  { label: 'Last change', value: <RelativeTime at={lastChangeAt} never="never" /> },
  { label: 'Keys of who is removed', value: leaverKeys === 'hand-over' && handoverTo ? `are handed over to ${handoverTo.name}` : 'are revoked' },
  { label: 'Who is brought', value: sendsInvitations ? 'gets an invitation by mail' : 'gets no mail and comes in by single sign-on' },
]

async function detailsOf(ctx: Ctx<'provisioning:write'>, directory: DirectoryRow) {
  return { directory, mappings: await listMappings(ctx, directory.id), requests: await findLatestRequests(ctx, directory.id) }
}

export default consolePage('provisioning:write', async ({ ctx, org }) => {
  const directories = await listDirectories(ctx)
  const shown = await Promise.all(directories.map((each) => detailsOf(ctx, each)))
  const roles = (await listMappableRoles(ctx)).map(({ id, title }) => ({ value: id, label: title }))
  const baseUrl = absoluteUrl(SCIM_BASE)
  return (
    <>
      <PageHeader title="Provisioning" description="Directories such as Okta and Entra bring people and groups over SCIM 2.0. What they bring is theirs to decide, and is locked here." />
      {shown.map(({ directory, mappings, requests }) => (
        <div key={directory.id} className="contents">
          <Section title={directory.name} description="What it decides about, and its tokens.">
            <div className="grid gap-4">
              <KeyValueList items={factsOf(directory)} />
              <TokenList org={org} tokens={directory.tokens} />
              <Guide kind={directory.kind} baseUrl={baseUrl} />
            </div>
          </Section>
          <Section title={`Groups of ${directory.name} and their roles`} description="Whoever is in the group holds the role. Where everybody holds exactly one role, the lowest number counts.">
            <MappingList org={org} directoryId={directory.id} mappings={mappings} roles={roles} />
          </Section>
          <Section title={`Latest requests of ${directory.name}`} description="With what was sent and answered; passwords are never kept.">
            <RequestList requests={requests} />
          </Section>
        </div>
      ))}
      <Section title="Connect a directory" description={`Makes a token for ${baseUrl}.`}>
        <NewTokenForm org={org} label="Create token" />
      </Section>
    </>
  )
})
