import type { Metadata } from 'next'
import { consolePage } from '@/app/console-page'
import { PageHeader } from '@/components/layout/page-header'
import { ResourceContents } from '@/components/resources/resource-contents'
import { TreeVersionNote } from '@/components/resources/tree-version-note'
import { listContentsRows } from '@/lib/features/resources/contents'
import { listCreatable } from '@/lib/features/resources/denials'
import { contentsFilterOf, contentsPageOf, treeLabel, typeFacts } from '@/lib/features/resources/page-request'
import { childTypes, ROOT_TYPE, type Place } from '@/lib/features/resources/rules'
import { findTreeVersion } from '@/lib/features/resources/tree'
import { AccessHere } from '../access-here'

export const metadata: Metadata = { title: 'Folders' }

export default consolePage('resource:read', async ({ ctx, org, searchParams }) => {
  const page = contentsPageOf(searchParams)
  const root: Place = { type: ROOT_TYPE, id: ctx.orgId, name: ctx.organization.name }
  const [version, contents, creatable] = await Promise.all([findTreeVersion(ctx), listContentsRows(ctx, ctx.orgId, contentsFilterOf(ctx.model, searchParams), page), listCreatable(ctx, [root])])
  return (
    <>
      <TreeVersionNote version={version} />
      <PageHeader
        title={treeLabel(ctx.model)}
        description={`The tree of ${root.name}. A role held at one place reaches everything below it.`}
      />
      <ResourceContents org={org} place={root} contents={contents} creatable={creatable} types={childTypes(ctx.model, ROOT_TYPE)} nameRules={typeFacts(ctx.model).nameRules} pageSize={page.limit} isAsked={searchParams['dialog'] === 'create'} />
      <AccessHere ctx={ctx} org={org} resource={root} />
    </>
  )
})
