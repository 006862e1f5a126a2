import type { Metadata } from 'next'
import { consolePage } from '@/app/console-page'
import { PageHeader } from '@/components/layout/page-header'
import { Section } from '@/components/layout/section'
import { PrincipalRoles } from '@/components/role-assignments/principal-roles'
import { AccountActions } from '@/components/service-accounts/account-actions'
import { AccountKeysTable } from '@/components/service-accounts/account-keys-table'
import { AccountStatusPill } from '@/components/service-accounts/account-status'
import { CreateAccountKeyButton } from '@/components/service-accounts/create-account-key-button'
import { TrustsSection } from '@/components/trusted-issuers/trusts-section'
import { KeyValueList } from '@/components/ui/key-value-list'
import { LinkButton } from '@/components/ui/link-button'
import { RelativeTime } from '@/components/ui/relative-time'
import { env } from '@/lib/env'
import { keyFilterOf, keyPageOf, PAGE_SIZES } from '@/lib/features/api-keys/page-request'
import { countInWords } from '@/lib/pagination'
import { findCredentialPolicy } from '@/lib/features/credential-policy/queries'
import { makingProblem } from '@/lib/features/credential-policy/rules'
import { listAssignmentsOf } from '@/lib/features/role-assignments/queries'
import { findAccountRow, listAccountKeyPage } from '@/lib/features/service-accounts/page-list'
import { toTrustRow } from '@/lib/features/trusted-issuers/page-rules'
import { listTrustedIssuers } from '@/lib/features/trusted-issuers/queries'

export const metadata: Metadata = { title: 'Service account' }

export default consolePage('service-account:read', async ({ ctx, org, params, searchParams }) => {
  const account = await findAccountRow(ctx, params['accountId'] ?? '')
  const { owner: _owner, ...filter } = keyFilterOf(searchParams, 'me')
  const page = keyPageOf(searchParams)
  const [keys, policy, assignments, trusts] = await Promise.all([
    listAccountKeyPage(ctx, account.id, filter, page), findCredentialPolicy(ctx.tx, ctx.orgId), listAssignmentsOf(ctx, account.id, 'service-account:read'), listTrustedIssuers(ctx, account.id),
  ])
  const { rights, organization: { name } } = ctx
  const mayWrite = rights.holds('service-account:write')
  const problem = makingProblem(policy, 'serviceAccountKey', rights)
  const baseUrl = env().publicUrl.origin
  const lifetime = { maxLifetimeDays: policy.maxLifetimeDays, defaultLifetimeDays: policy.defaultLifetimeDays }
  const mayAudit = rights.anywhere('audit:read')
  const opened = searchParams['key']
  return (
    <>
      <PageHeader
        title={account.name}
        trail={[{ label: 'Service Accounts', href: `/${org}/service-accounts` }]}
        mark={<AccountStatusPill status={account.status} />}
        description={account.description}
        actions={
          <>
            {mayAudit ? <LinkButton href={`/${org}/audit?range=30d&target=${account.id}`}>Audit trail</LinkButton> : null}
            {mayWrite ? <AccountActions org={org} account={account} /> : null}
            {mayWrite && problem === null ? (
              <CreateAccountKeyButton
                org={org}
                accountId={account.id}
                place={{
                  organization: name, owner: account.name, baseUrl, policy: lifetime, title: `Create a key of ${account.name}`,
                  whose: { everything: `Everything ${account.name} may`, detail: 'It follows the account’s roles: what the account loses, it loses at once' },
                }}
              />
            ) : null}
          </>
        }
      />
      <Section title="Roles" description="Where each role holds; it reaches everything below.">
        <PrincipalRoles org={org} principal={{ type: 'service_account', id: account.id, name: account.name }} assignments={assignments} mayGive={rights.anywhere('assignment:write')} />
      </Section>
      {mayWrite && problem !== null ? <p className="mb-3 text-ink-2">You cannot create a key: {problem}.</p> : null}
      <AccountKeysTable
        org={org}
        accountId={account.id}
        organization={name}
        baseUrl={baseUrl}
        policy={lifetime}
        rows={keys.rows}
        sort={filter.sort}
        isOneOwner
        mayChange={mayWrite}
        auditHref={mayAudit ? `/${org}/audit?range=30d&target=` : null}
        pages={{ nextCursor: keys.nextCursor, previousCursor: keys.previousCursor, countLabel: countInWords(keys.count, keys.isCountExact, 'key'), pageSize: page.limit, sizes: PAGE_SIZES }}
        opened={typeof opened === 'string' && opened.startsWith('key_') ? opened : undefined}
        empty={{ title: 'No keys yet', text: `A key lets a program act as ${account.name}. Create one for each place it runs at.` }}
      />
      <div className="mt-4">
        <TrustsSection org={org} account={{ id: account.id, name: account.name }} baseUrl={baseUrl} trusts={trusts.map(toTrustRow)} mayWrite={mayWrite} problem={problem} />
      </div>
      <div className="mt-4">
        <Section title="Facts">
          <KeyValueList
            items={[
              { label: 'Made by', value: account.createdBy ?? '–' },
              { label: 'Created', value: <RelativeTime at={account.createdAt} format="date" /> },
              { label: 'Last used', value: <RelativeTime at={account.lastUsedAt} never="never" /> },
              ...(account.externalId === null ? [] : [{ label: 'External id', value: <code className="mono break-all">{account.externalId}</code> }]),
              { label: 'Id', value: <code className="mono break-all">{account.id}</code> },
            ]}
          />
        </Section>
      </div>
    </>
  )
})
