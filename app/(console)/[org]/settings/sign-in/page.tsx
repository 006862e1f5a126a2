import type { Metadata } from 'next'
import { consolePage } from '@/app/console-page'
import { Holders } from '@/components/break-glass/holders'
import { PageHeader } from '@/components/layout/page-header'
import { Section } from '@/components/layout/section'
import { AddConnection } from '@/components/sso-connections/add-connection'
import { ConnectionsList } from '@/components/sso-connections/connections-list'
import { Domains } from '@/components/sso-connections/domains'
import { SignInPolicy } from '@/components/sso-connections/sign-in-policy'
import { Banner } from '@/components/ui/banner'
import { isBreakGlass } from '@/lib/access/way-in'
import { listCandidates, listHolders } from '@/lib/features/break-glass/queries'
import { findSignInPolicy, findSsoOnlyEffects } from '@/lib/features/sign-in-policy/queries'
import { findMappingChoices } from '@/lib/features/sso-connections/choices'
import { listConnections } from '@/lib/features/sso-connections/queries'
import { listDomains } from '@/lib/features/verified-domains/queries'

export const metadata: Metadata = { title: 'Security & SSO' }

export default consolePage('sign-in:read', async ({ ctx, org }) => {
  const [connections, domains, policy, effects, choices] = [await listConnections(ctx), await listDomains(ctx), await findSignInPolicy(ctx), await findSsoOnlyEffects(ctx), await findMappingChoices(ctx)]
  const holders = await listHolders(ctx)
  const isThroughGlass = isBreakGlass(ctx.actor)
  const mayWrite = ctx.rights.holds('sign-in:write')
  const verified = domains.filter(({ verifiedAt }) => verifiedAt !== null).map(({ domain }) => domain)
  return (
    <>
      <PageHeader title="Security & SSO" description={`How people sign in to ${ctx.organization.name}.`} />
      {isThroughGlass ? (
        <div className="mb-4">
          <Banner tone="warn" title="You broke the glass">This session opens the connections, domains and policy on this page only, and ends 30 minutes after it began. Every administrator was told.</Banner>
        </div>
      ) : null}
      <Section title="Connections" description="Identity providers through which people come in.">
        <div className="grid gap-5">
          <ConnectionsList org={org} connections={connections} />
          {mayWrite ? <AddConnection org={org} /> : null}
        </div>
      </Section>
      <Section title="E-mail domains" description="A connection may speak only for addresses of domains that are proven to be yours.">
        <Domains org={org} mayWrite={mayWrite} domains={domains.map(({ id, domain, record, verifiedAt, missingSince }) => ({ id, domain, record, isVerified: verifiedAt !== null, missingSince: missingSince?.toISOString() ?? null }))} />
      </Section>
      <Section title="Break-glass codes" description="For the day the identity provider is out of order: with a code, their password and a second factor, chosen administrators open these settings alone, from an allowed address, for 30 minutes.">
        <Holders
          org={org} mayWrite={mayWrite && !isThroughGlass} mayMake={mayWrite && !isThroughGlass} ownId={ctx.membership?.id ?? null} candidates={await listCandidates(ctx, holders)}
          holders={holders.map(({ userId, email, isActive, codesLeft, codesMadeAt, lastUsedAt }) => ({ userId, email, isActive, codesLeft, codesMadeAt: codesMadeAt?.toISOString() ?? null, lastUsedAt: lastUsedAt?.toISOString() ?? null }))}
        />
      </Section>
      {mayWrite ? (
        <Section title="Policy" description="What these change is told before it happens.">
          <SignInPolicy
            org={org} organization={ctx.organization.name} effects={effects} roles={choices.atOrganization} domains={verified}
            policy={{ ssoOnly: policy.ssoOnly, autoprovision: policy.autoprovision, defaultRoleId: policy.defaultRole?.id ?? null }}
          />
        </Section>
      ) : null}
    </>
  )
})
