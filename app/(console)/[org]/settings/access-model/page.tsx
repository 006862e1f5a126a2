import type { Metadata } from 'next'
import { consolePage } from '@/app/console-page'
import { ModelEditor } from '@/components/access-models/model-editor'
import { ModelOverview } from '@/components/access-models/model-overview'
import { ModelVersions } from '@/components/access-models/model-versions'
import { PageHeader } from '@/components/layout/page-header'
import { Section } from '@/components/layout/section'
import { Badge } from '@/components/ui/badge'
import { LinkTabs } from '@/components/ui/link-tabs'
import { describeModel } from '@/lib/features/access-models/describe'
import { modelPageOf } from '@/lib/features/access-models/page-request'
import { findAccessModel, findModelVersion, listModelVersions } from '@/lib/features/access-models/queries'

export const metadata: Metadata = { title: 'Access model' }

export default consolePage('organization:read', async ({ ctx, org, searchParams }) => {
  const { view, version } = modelPageOf(searchParams)
  const { model, current } = await findAccessModel(ctx)
  const mayWrite = ctx.rights.holds('organization:write')
  const base = `/${org}/settings/access-model`
  const tabs = [
    { href: base, label: 'Overview' },
    ...(mayWrite ? [{ href: `${base}?view=edit`, label: current ? 'Edit' : 'Make it your own' }] : []),
    ...(current ? [{ href: `${base}?view=versions`, label: 'Versions' }] : []),
  ]
  const shown = tabs.find(({ href }) => href === `${base}?view=${view}`)?.href ?? base
  const former = version !== null && current ? await findModelVersion(ctx, version) : null
  return (
    <>
      <PageHeader
        title="Access model" mark={<Badge>{current ? `Your own, version ${current.version}` : 'Built in'}</Badge>}
        description={`${model.title}: ${model.description}`}
      />
      {tabs.length > 1 ? <LinkTabs label="Views of the access model" current={shown} items={tabs} /> : null}
      {shown.endsWith('edit') ? (
        <Section
          title={former ? `Restore version ${former.version}` : current ? 'Edit' : 'Make it your own'}
          description={current ? 'Every version is kept. What a change breaks is told before it is saved.' : 'Begin with the built-in model as JSON and change it. From then on it is yours: later changes of the built-in model do not reach it.'}
        >
          <ModelEditor
            key={former?.version ?? 'current'} org={org} baseVersion={current?.version ?? 0} doneHref={base}
            initial={former?.text ?? current?.text ?? JSON.stringify(model, null, 2)} initialNote={former ? `restored from version ${former.version}` : ''}
          />
        </Section>
      ) : null}
      {shown.endsWith('versions') && current ? (
        <ModelVersions base={base} mayWrite={mayWrite} current={current.version} opened={former} versions={(await listModelVersions(ctx, { limit: 200 })).rows} />
      ) : null}
      {shown === base ? <ModelOverview summary={describeModel(model)} /> : null}
    </>
  )
})
