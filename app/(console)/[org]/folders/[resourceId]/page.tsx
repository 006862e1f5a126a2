import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { consolePage } from '@/app/console-page'
import { PageHeader } from '@/components/layout/page-header'
import { Section } from '@/components/layout/section'
import { EditDetailsButton, ResourceActions } from '@/components/resources/resource-actions'
import { ResourceContents } from '@/components/resources/resource-contents'
import { ResourceFacts } from '@/components/resources/resource-facts'
import { TreeVersionNote } from '@/components/resources/tree-version-note'
import { Badge } from '@/components/ui/badge'
import { LinkButton } from '@/components/ui/link-button'
import { listContentsRows } from '@/lib/features/resources/contents'
import { deniedFor, listCreatable } from '@/lib/features/resources/denials'
import { contentsFilterOf, contentsPageOf, treeLabel, typeFacts } from '@/lib/features/resources/page-request'
import { findPath } from '@/lib/features/resources/paths'
import { findResource } from '@/lib/features/resources/queries'
import { attributesOf, childTypes, ROOT_TYPE, type Place } from '@/lib/features/resources/rules'
import { findTreeVersion } from '@/lib/features/resources/tree'
import { AccessHere } from '../access-here'

export const metadata: Metadata = { title: 'Resource' }

export default consolePage('resource:read', async ({ ctx, org, params, searchParams }) => {
  const id = params['resourceId'] ?? ''
  if (id === ctx.orgId) redirect(`/${org}/folders`)
  const version = await findTreeVersion(ctx)
  const resource = await findResource(ctx, id)
  const { type, name, typeTitle } = resource
  const path = await findPath(ctx, id)
  const types = childTypes(ctx.model, type)
  const page = contentsPageOf(searchParams)
  const [contents, creatable] = types.length === 0 ? [null, []] : await Promise.all([listContentsRows(ctx, id, contentsFilterOf(ctx.model, searchParams), page), listCreatable(ctx, path)])
  const place: Place = { id, type, name }
  const denied = deniedFor(ctx, type, path)
  const declared = attributesOf(ctx.model, type)
  const hrefOf = (step: Place) => (step.type === ROOT_TYPE ? `/${org}/folders` : `/${org}/folders/${step.id}`)
  const above = resource.path.slice(0, -1)
  const nearest = above.at(-1)
  return (
    <>
      <TreeVersionNote version={version} />
      <PageHeader
        title={name}
        trail={above.map((step) => ({ label: step.type === ROOT_TYPE ? treeLabel(ctx.model) : step.name, href: hrefOf(step) }))}
        mark={<Badge>{typeTitle}</Badge>}
        actions={
          <>
            {ctx.rights.anywhere('audit:read') ? <LinkButton href={`/${org}/audit?range=30d&target=${id}`}>Audit trail</LinkButton> : null}
            <ResourceActions org={org} subject={{ ...place, typeTitle, denied }} nameRules={typeFacts(ctx.model).nameRules} parentHref={nearest ? hrefOf(nearest) : `/${org}/folders`} />
          </>
        }
      />
      {contents ? (
        <ResourceContents org={org} place={place} contents={contents} creatable={creatable} types={types} nameRules={typeFacts(ctx.model).nameRules} pageSize={page.limit} isAsked={searchParams['dialog'] === 'create'} />
      ) : null}
      <AccessHere ctx={ctx} org={org} resource={place} />
      <Section
        title="Details"
        actions={<EditDetailsButton resource={place} externalId={resource.externalId} attributes={resource.attributes} declared={declared} disabledReason={denied.edit} />}
      >
        <ResourceFacts resource={resource} declared={declared} />
      </Section>
    </>
  )
})
