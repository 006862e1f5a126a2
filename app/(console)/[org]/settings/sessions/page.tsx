import type { Metadata } from 'next'
import { consolePage } from '@/app/console-page'
import { PageHeader } from '@/components/layout/page-header'
import { Section } from '@/components/layout/section'
import { SessionPolicyForm } from '@/components/session-policy/session-policy-form'
import { requireForBreakGlass } from '@/lib/access/way-in'
import { findSessionPolicy, findWithoutFactor } from '@/lib/features/session-policy/queries'

export const metadata: Metadata = { title: 'Sessions and second factor' }

export default consolePage('sign-in:read', async ({ ctx, org }) => {
  requireForBreakGlass(ctx, false)
  const { from, ...policy } = await findSessionPolicy(ctx.tx, ctx.orgId)
  const missing = await findWithoutFactor(ctx)
  const mayChange = ctx.rights.holds('sign-in:write')
  return (
    <>
      <PageHeader title="Sessions and second factor" description={`What ${ctx.organization.name} demands of people who sign in. API keys and application tokens are not touched by it.`} />
      <Section title="Policy" description="It counts at once, for sessions that exist too.">
        {mayChange ? null : <p className="mb-4 text-ink-2">You may look at it. Changing it takes the permission “sign-in:write”.</p>}
        <fieldset disabled={!mayChange}>
          <SessionPolicyForm org={org} policy={{ ...policy, from: from?.toISOString() ?? null }} missing={{ org, ...missing }} />
        </fieldset>
      </Section>
    </>
  )
})
