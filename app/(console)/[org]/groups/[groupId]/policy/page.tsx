import type { Metadata } from 'next'
import { consolePage } from '@/app/console-page'
import { LOCKED } from '@/components/groups/group-words'
import { PageHeader } from '@/components/layout/page-header'
import { PolicyEditor } from '@/components/policies/policy-editor'
import { countInWords } from '@/lib/pagination'
import { findGroup } from '@/lib/features/groups/queries'
import { readPolicy } from '@/lib/features/policies/editing'
import { editingCatalogue } from '@/lib/features/policies/editing-catalogue'
import { findNear } from '@/lib/features/policies/editing-search'
import { findPolicy, findPolicyTests, listPolicyVersions } from '@/lib/features/policies/queries'

export const metadata: Metadata = { title: 'Policy' }

/** Why this person can only look. */
function readOnlyReason({ isLocked, may }: { isLocked: boolean; may: { editPolicy: boolean } }): string | null {
  if (isLocked) return `${LOCKED}. Everything in what it belongs to is permitted to them.`
  return may.editPolicy ? null : 'You may look at this policy. Changing it takes the permission “Edit policies” where the group belongs.'
}

export default consolePage('group:read', async ({ ctx, org, params }) => {
  const group = await findGroup(ctx, params['groupId'] ?? '')
  const { id, name } = group
  const saved = await findPolicy(ctx, id)
  const { rows: versions } = await listPolicyVersions(ctx, id, { limit: 100 })
  return (
    <>
      <PageHeader
        title={`Policy of ${name}`}
        trail={[{ label: 'Groups', href: `/${org}/groups` }, { label: name, href: `/${org}/groups/${id}` }]}
        description="Form and code are two views of the same text: write in either."
      />
      <PolicyEditor
        owner={{ org, id, kind: 'group', name, audience: countInWords(group.memberCount, true, 'person in this group', 'people in this group') }}
        saved={saved}
        reading={await readPolicy(ctx, { ownerId: id, text: saved.text })}
        catalogue={editingCatalogue(ctx.model)}
        near={await findNear(ctx, id)}
        tests={await findPolicyTests(ctx, id)}
        versions={versions}
        readOnlyReason={readOnlyReason(group)}
      />
    </>
  )
})
