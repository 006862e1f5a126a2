import { Section } from '@/components/layout/section'
import { countOf } from '@/components/members/member-words'
import { Banner } from '@/components/ui/banner'
import { KeyValueList } from '@/components/ui/key-value-list'
import { LinkButton } from '@/components/ui/link-button'
import { LinkTabs } from '@/components/ui/link-tabs'
import { RelativeTime } from '@/components/ui/relative-time'
import { StatusPill } from '@/components/ui/status-pill'
import type { GroupChoice } from '@/lib/features/provisioning/choices'
import { WHICH_REQUESTS, type DirectoryRow, type MappingRow, type RequestDetail, type WhichRequests } from '@/lib/features/provisioning/rules'
import { DirectorySettings } from './directory-settings'
import { DisconnectButton } from './disconnect-button'
import { Guide } from './guide'
import { directoryHref } from './directory-href'
import { ManagedGroups } from './managed-groups'
import { MappingList } from './mapping-list'
import type { Place } from './mapping-place'
import { RequestList } from './request-list'
import { TokenButton } from './token-button'
import { TokenList } from './token-list'

type Props = {
  org: string
  baseUrl: string
  /** The organization. */
  root: Place
  directory: DirectoryRow
  mappings: readonly MappingRow[]
  groups: readonly GroupChoice[]
  accounts: readonly { id: string; name: string }[]
  requests: readonly RequestDetail[]
  which: WhichRequests
}

const TABS: Readonly<Record<WhichRequests, string>> = { all: 'All', refused: 'Refused', rehearsed: 'Would change something' }
const NONE: Readonly<Record<WhichRequests, string>> = {
  all: 'Nothing was asked yet. Test the connection at your identity provider: it appears here.', refused: 'None of the requests that are kept was refused.',
  rehearsed: 'No request with a token that rehearses would have changed anything.',
}

/** What a directory decides about, and when it last did. */
function factsOf({ users, groups, lastRequestAt, lastChangeAt, lastRefused }: DirectoryRow) {
  return [
    { label: 'Manages', value: `${countOf(users, 'user')}, ${countOf(groups, 'group')}` },
    { label: 'Last request', value: <RelativeTime at={lastRequestAt} never="never" /> },
    { label: 'Last change', value: <RelativeTime at={lastChangeAt} never="never" /> },
    {
      label: 'Last refused',
      value: lastRefused ? (
        <>
          <StatusPill tone="bad">{lastRefused.status}</StatusPill> <RelativeTime at={lastRefused.at} />: <span className="break-words">{lastRefused.detail}</span>
        </>
      ) : 'none of the requests kept',
    },
  ]
}

/** A directory's part of the page: what it does, how it is connected, what its groups give, what it asked. */
export function DirectorySections({ org, baseUrl, root, directory, mappings, groups, accounts, requests, which }: Props) {
  const { id, name, kind } = directory
  const hrefOf = (one: WhichRequests): string => (one === 'all' ? directoryHref(org, id) : `${directoryHref(org, id)}&requests=${one}`)
  const rehearsing = directory.tokens.filter((token) => token.rehearses && token.status === 'active')
  return (
    <>
      {rehearsing.length > 0 ? (
        <div className="mb-3">
          <Banner tone="accent" title={`${rehearsing.map((token) => token.name).join(', ')} rehearses: nothing it sends is changed`} actions={<LinkButton href={hrefOf('rehearsed')} size="small">What would change</LinkButton>}>
            Each request is carried out, noted below with whose access it would change, and taken back. Let it count under Tokens.
          </Banner>
        </div>
      ) : null}
      <Section title={name} description="What it decides about, and how it is connected.">
        <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
          <KeyValueList items={factsOf(directory)} />
          <Guide kind={kind} baseUrl={baseUrl} isOpen={directory.lastRequestAt === null} />
        </div>
      </Section>
      <Section title="Tokens" description="What its requests come with. Rotating leaves a while in which both work." actions={<TokenButton org={org} baseUrl={baseUrl} directory={{ id, name }} />}>
        <TokenList org={org} baseUrl={baseUrl} tokens={directory.tokens} />
      </Section>
      <Section title="Groups and their roles" description="Whoever is in a mapped group holds the role, from the moment the directory says so until it says otherwise.">
        <MappingList org={org} directoryId={id} root={root} groupNames={groups.map((group) => group.name)} mappings={mappings} />
      </Section>
      <Section title="Managed groups" description="Their names and people are locked here.">
        <ManagedGroups org={org} directory={{ id, name, kind }} groups={groups} count={directory.groups} />
      </Section>
      <Section title="Latest requests" description="With what was sent and answered. Passwords, secrets and tokens are never kept.">
        <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
          <LinkTabs label="Which requests" current={hrefOf(which)} items={WHICH_REQUESTS.map((one) => ({ href: hrefOf(one), label: TABS[one] }))} />
          <RequestList requests={requests} none={NONE[which]} />
        </div>
      </Section>
      <Section title="Settings">
        <DirectorySettings key={JSON.stringify([directory.leaverKeys, directory.handoverTo])} org={org} directory={directory} accounts={accounts} />
      </Section>
      <Section title="Disconnect" description="Nobody is removed by it: people and groups stay, and are decided about here again.">
        <DisconnectButton org={org} directory={directory} mappings={mappings.length} />
      </Section>
    </>
  )
}
