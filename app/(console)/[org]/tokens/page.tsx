import type { Metadata } from 'next'
import { consolePage } from '@/app/console-page'
import { PageHeader } from '@/components/layout/page-header'
import { Section } from '@/components/layout/section'
import { TokenGenerator } from '@/components/tokens/token-generator'
import { TokensTable } from '@/components/tokens/tokens-table'
import { env } from '@/lib/env'
import { PAGE_SIZES } from '@/lib/features/api-keys/page-request'
import { countInWords } from '@/lib/pagination'
import { findCredentialPolicy } from '@/lib/features/credential-policy/queries'
import { makingProblem } from '@/lib/features/credential-policy/rules'
import { listRoleOptions } from '@/lib/features/credential-rights/queries'
import { listTokenPage, tokenFilterOf, tokenPageOf } from '@/lib/features/tokens/page-list'

export const metadata: Metadata = { title: 'Token Management' }

export default consolePage('token:read', async ({ ctx, org, searchParams }) => {
  const filter = tokenFilterOf(searchParams)
  const page = tokenPageOf(searchParams)
  const [tokens, roles, policy] = await Promise.all([listTokenPage(ctx, filter, page), listRoleOptions(ctx), findCredentialPolicy(ctx.tx, ctx.orgId)])
  const { name } = ctx.organization
  const baseUrl = env().publicUrl.origin
  const mayWrite = ctx.rights.anywhere('token:write')
  const problem = makingProblem(policy, 'token', ctx.rights)
  // Unlike keys, tokens do not end unless asked to, or unless they have to.
  const lifetime = { maxLifetimeDays: policy.maxLifetimeDays, defaultLifetimeDays: null }
  const asked = searchParams['generate']
  const roleId = roles.find(({ id }) => id === asked)?.id ?? ''
  return (
    <>
      <PageHeader title="Token Management" description={`A token acts in ${name} by itself, with exactly one role. It belongs to nobody, and outlives whoever generated it.`} />
      {mayWrite ? (
        <Section title="Generate a token" description={problem === null ? 'Pick a role, see what it permits, and take the three values away.' : `You cannot: ${problem}.`}>
          {problem === null ? <TokenGenerator key={roleId} org={org} organization={name} baseUrl={baseUrl} roles={roles} policy={lifetime} roleId={roleId} /> : null}
        </Section>
      ) : null}
      <TokensTable
        org={org}
        organization={name}
        baseUrl={baseUrl}
        policy={lifetime}
        rows={tokens.rows}
        roles={roles}
        sort={filter.sort}
        mayWrite={mayWrite}
        pages={{
          nextCursor: tokens.nextCursor, previousCursor: tokens.previousCursor, countLabel: countInWords(tokens.count, tokens.isCountExact, 'token'), pageSize: page.limit, sizes: PAGE_SIZES,
        }}
      />
    </>
  )
})
