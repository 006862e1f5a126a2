import { Route } from 'lucide-react'
import type { Metadata } from 'next'
import { consolePage } from '@/app/console-page'
import { ExplainForm } from '@/components/explanations/explain-form'
import { ExplainedAnswer } from '@/components/explanations/explained-answer'
import { RefusedList } from '@/components/explanations/refused-list'
import { EmptyState } from '@/components/layout/empty-state'
import { PageHeader } from '@/components/layout/page-header'
import { Section } from '@/components/layout/section'
import { requirePermission } from '@/lib/access/enter'
import { absoluteUrl } from '@/lib/env'
import { listRefusedLately } from '@/lib/features/decision-log/refused-lately'
import { explainAddress } from '@/lib/features/explanations/address'
import { findPicked } from '@/lib/features/explanations/picked'
import { findExplanation } from '@/lib/features/explanations/queries'
import { ExplainRequest } from '@/lib/features/explanations/schema'
import { searchActions, searchPrincipals, searchResources } from '@/lib/features/explanations/search'

export const metadata: Metadata = { title: 'Explain' }

const REFUSED_SHOWN = 20

export default consolePage('decision:ask', async ({ ctx, org, searchParams }) => {
  const request = ExplainRequest.parse({ who: searchParams['who'], action: searchParams['action'], resource: searchParams['resource'], at: searchParams['at'] ?? null, ip: searchParams['ip'] ?? null })
  const isWhole = request.who !== '' && request.action !== '' && request.resource !== ''
  const [picked, who, resource, told] = await Promise.all([
    findPicked(ctx, request), searchPrincipals(ctx, { q: '' }), searchResources(ctx, { q: '' }), isWhole ? findExplanation(ctx, request) : null,
  ])
  const address = explainAddress(org, request)
  const refused = told === null && ctx.rights.holds('audit:read') ? await listRefusedLately(requirePermission(ctx, 'audit:read', ctx.orgId), REFUSED_SHOWN) : []
  return (
    <>
      <PageHeader title="Explain" description="Who may do what, where, and why; and for a no, what would change it." />
      <ExplainForm key={address} org={org} picked={picked} first={{ who, action: searchActions(ctx, { q: '' }), resource }} at={request.at?.toISOString().slice(0, 16) ?? ''} ip={request.ip ?? ''} />
      {told ? (
        <ExplainedAnswer org={org} url={absoluteUrl(address)} told={told} />
      ) : (
        <EmptyState icon={<Route aria-hidden="true" />} title="Ask a question">
          Choose a person, group, service account or key, an action and a resource. The answer shows every path that grants it, or what is missing and who can give it. Its address can be sent to others.
        </EmptyState>
      )}
      {refused.length > 0 ? (
        <div className="mt-5">
          <Section title="Refused lately" description="What your programs asked and were told no. Each opens with its explanation.">
            <RefusedList refused={refused} />
          </Section>
        </div>
      ) : null}
    </>
  )
})
