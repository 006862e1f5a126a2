import type { Metadata } from 'next'
import { consolePage } from '@/app/console-page'
import { one } from '@/app/page-input'
import { PageHeader } from '@/components/layout/page-header'
import { Section } from '@/components/layout/section'
import { ConnectionSettings } from '@/components/sso-connections/connection-settings'
import { ConnectionState } from '@/components/sso-connections/connection-state'
import { ConnectionStatus } from '@/components/sso-connections/connections-list'
import { CopyValue } from '@/components/sso-connections/copy-value'
import { GroupMappings } from '@/components/sso-connections/group-mappings'
import { TestResultView } from '@/components/sso-connections/test-result'
import { SamlSections } from '@/components/saml-connections/saml-sections'
import { Banner } from '@/components/ui/banner'
import { absoluteUrl } from '@/lib/env'
import { findSamlConnectionView } from '@/lib/features/saml-connections/view'
import { findMappingChoices } from '@/lib/features/sso-connections/choices'
import { oidcRedirectUri } from '@/lib/features/sso-connections/oidc-door'
import { findConnection, listMappings } from '@/lib/features/sso-connections/queries'
import { isSignInRefusal, refusalSentence } from '@/lib/features/sso-connections/refusals'
import { KIND_TITLES } from '@/lib/features/sso-connections/rules'
import { testResultOf } from '@/lib/features/sso-connections/test-result'

export const metadata: Metadata = { title: 'Connection' }

export default consolePage('sign-in:read', async ({ ctx, org, params, searchParams }) => {
  const connection = await findConnection(ctx, params['connectionId'] ?? '')
  const { id, kind, name, status, testedAt, testResult, createdAt: _createdAt, ...rest } = connection
  const [mappings, choices] = [await listMappings(ctx, id), await findMappingChoices(ctx)]
  const refused = one(searchParams['refused'])
  const result = testResultOf(testResult)
  const mayWrite = ctx.rights.holds('sign-in:write')
  const saml = kind === 'saml' ? await findSamlConnectionView(ctx, id) : null
  // SAML takes three steps where the others take one.
  const step = (count: number): number => (saml ? count + 2 : count)
  return (
    <>
      <PageHeader title={name} description={<>{KIND_TITLES[kind]} · <ConnectionStatus status={status} /></>} />
      {saml ? <SamlSections org={org} view={saml} canEdit={mayWrite} /> : (
        <Section title="1. Tell the identity provider" description="Create an application there and paste these values.">
          <div className="grid gap-3">
            <CopyValue label="Redirect URI" text={oidcRedirectUri(id)} />
            <CopyValue label="Sign-in address for the provider’s own start page" text={absoluteUrl(`/sso/oidc/${id}/begin`)} />
          </div>
        </Section>
      )}
      {mayWrite ? (
        <>
          <Section title={`${step(2)}. Settings`} description={saml ? 'Its name here, and under which names it sends what.' : 'What the identity provider told you.'}>
            <ConnectionSettings org={org} connection={{ id, kind, name, issuer: rest.issuer, clientId: rest.clientId, hasClientSecret: rest.hasClientSecret, assumesVerified: rest.assumesVerified, attributes: rest.attributes, allowedDomains: rest.allowedDomains }} />
          </Section>
          <Section title={`${step(3)}. Groups`} description="Which group at the provider gives which role here.">
            <GroupMappings
              key={mappings.map((mapping) => mapping.id).join()} org={org} id={id} roles={choices.roles} scopes={choices.scopes} isOneRoleEach={ctx.model.rules.rolesPerMember === 'one'}
              mappings={mappings.map((mapping) => ({ key: mapping.id, group: mapping.group, role: mapping.role.id, scope: mapping.scope.id }))}
            />
          </Section>
        </>
      ) : null}
      <section id="test">
        <Section title={`${step(4)}. Test and enable`} description="A test shows what is received and who would come in. It lets nobody in.">
          <div className="grid gap-4">
            {isSignInRefusal(refused) ? <Banner tone="bad" title="The test did not work">{refusalSentence(refused)}</Banner> : result ? <TestResultView result={result} /> : <p className="text-ink-2">Not tested yet.</p>}
            {mayWrite ? <ConnectionState org={org} id={id} name={name} status={status} isTested={testedAt !== null} testHref={`/sso/${kind === 'saml' ? 'saml' : 'oidc'}/${id}/begin?test=1`} /> : null}
          </div>
        </Section>
      </section>
    </>
  )
})
