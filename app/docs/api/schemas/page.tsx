import type { Metadata } from 'next'
import { ApiContents } from '@/components/docs/api-contents'
import { DocsFrame } from '@/components/docs/docs-frame'
import { FieldList } from '@/components/docs/field-list'
import { InlineProse } from '@/components/docs/prose'
import { referenceContents, referenceSchemas } from '@/lib/api/reference'
import { SCHEMAS_PAGE } from '@/lib/api/reference-fields'

export const metadata: Metadata = { title: 'Schemas, API reference' }

/** What answers share. */
export default function ApiSchemasPage() {
  return (
    <DocsFrame contents={<ApiContents groups={referenceContents().groups} current={SCHEMAS_PAGE} />}>
      <h1 className="text-[24px] leading-8 font-semibold">Schemas</h1>
      {referenceSchemas().map((schema) => (
        <article key={schema.name} id={schema.anchor} className="scroll-mt-6 py-4">
          <h2 className="text-[16px] leading-6 font-semibold">{schema.name}</h2>
          {schema.description ? <p className="mt-1 text-ink-2"><InlineProse text={schema.description} /></p> : null}
          <FieldList label="Fields" fields={schema.fields} />
        </article>
      ))}
    </DocsFrame>
  )
}
