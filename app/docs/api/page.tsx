import type { Metadata } from 'next'
import { ApiContents } from '@/components/docs/api-contents'
import { DocsFrame } from '@/components/docs/docs-frame'
import { FieldList } from '@/components/docs/field-list'
import { OperationEntry } from '@/components/docs/operation-entry'
import { InlineProse, Prose } from '@/components/docs/prose'
import { apiReference } from '@/lib/api/reference'

export const metadata: Metadata = { title: 'API reference' }

/** The reference of the management API, out of the same document that programs read. */
export default function ApiReferencePage() {
  const { baseUrl, introduction, groups, schemas } = apiReference()
  return (
    <DocsFrame contents={<ApiContents groups={groups} />}>
      <h1 className="text-[24px] leading-8 font-semibold">API reference</h1>
      <p className="mt-2 mb-6 text-ink-2">
        Base address <code className="font-mono text-[12.5px]">{baseUrl}</code>, also as <a className="text-link" href="/api/v1/openapi.json">OpenAPI 3.1</a>.
      </p>
      <Prose text={introduction} />
      {groups.map((group) => (
        <section key={group.anchor} id={group.anchor} aria-labelledby={`${group.anchor}-title`} className="mt-12 scroll-mt-6">
          <h2 id={`${group.anchor}-title`} className="mb-4 text-[20px] leading-7 font-semibold">{group.title}</h2>
          {group.operations.map((operation) => <OperationEntry key={operation.anchor} operation={operation} />)}
        </section>
      ))}
      <section id="schemas" aria-labelledby="schemas-title" className="mt-12 scroll-mt-6">
        <h2 id="schemas-title" className="text-[20px] leading-7 font-semibold">Schemas</h2>
        {schemas.map((schema) => (
          <article key={schema.name} id={schema.anchor} className="scroll-mt-6 py-4">
            <h3 className="text-[16px] leading-6 font-semibold">{schema.name}</h3>
            {schema.description ? <p className="mt-1 text-ink-2"><InlineProse text={schema.description} /></p> : null}
            <FieldList label="Fields" fields={schema.fields} />
          </article>
        ))}
      </section>
    </DocsFrame>
  )
}
