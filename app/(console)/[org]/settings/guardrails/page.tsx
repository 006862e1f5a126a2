import type { Metadata } from 'next'
import { consolePage } from '@/app/console-page'
import { PageHeader } from '@/components/layout/page-header'
import { PolicyEditor } from '@/components/policies/policy-editor'
import { Banner } from '@/components/ui/banner'
import { readPolicy } from '@/lib/features/policies/editing'
import { editingCatalogue } from '@/lib/features/policies/editing-catalogue'
import { findPolicy, findPolicyTests, listPolicyVersions } from '@/lib/features/policies/queries'

export const metadata: Metadata = { title: 'Guardrails' }

export default consolePage('guardrail:write', async ({ ctx, org }) => {
  const saved = await findPolicy(ctx, ctx.orgId)
  const { name } = ctx.organization
  return (
    <>
      <PageHeader title="Guardrails" description={`What nobody in ${name} may do, whatever roles, groups and keys allow.`} />
      <div className="mb-4">
        <Banner tone="accent" title="Guardrails only forbid, and they override everything">
          Each statement begins with <code className="mono">forbid</code>. A statement that reads an attribute which is missing is skipped, so ask with <code className="mono">has</code> first. A save that
          would leave {name} without an administrator is refused.
        </Banner>
      </div>
      <PolicyEditor
        owner={{ org, id: ctx.orgId, kind: 'guardrails', name: 'Guardrails', audience: `everybody in ${name}` }}
        saved={saved}
        reading={await readPolicy(ctx, { ownerId: ctx.orgId, text: saved.text })}
        catalogue={editingCatalogue(ctx.model)}
        near={[]}
        tests={await findPolicyTests(ctx, ctx.orgId)}
        versions={(await listPolicyVersions(ctx, ctx.orgId, { limit: 100 })).rows}
        readOnlyReason={null}
      />
    </>
  )
})
