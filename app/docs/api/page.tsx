import type { Metadata } from 'next'
import { ApiContents } from '@/components/docs/api-contents'
import { DocsFrame } from '@/components/docs/docs-frame'
import { Prose } from '@/components/docs/prose'
import { TextLink } from '@/components/ui/text-link'
import { referenceContents } from '@/lib/api/reference'

export const metadata: Metadata = { title: 'API reference' }

/** What holds for every call of the management API, and a list of them all, out of the same document that programs read. */
export default function ApiReferencePage() {
  const { baseUrl, introduction, groups } = referenceContents()
  return (
    <DocsFrame contents={<ApiContents groups={groups} current="/docs/api" />}>
      <h1 className="text-[24px] leading-8 font-semibold">API reference</h1>
      <p className="mt-2 mb-6 text-ink-2">
        Base address <code className="font-mono text-[12.5px]">{baseUrl}</code>, also as <a className="text-link" href="/api/v1/openapi.json">OpenAPI 3.1</a>.
      </p>
      <Prose text={introduction} />
      {groups.map(({ path, title, operations }) => (
        <section key={path} className="mt-8">
          <h2 className="text-[16px] leading-6 font-semibold"><TextLink href={path}>{title}</TextLink></h2>
          <ul className="mt-2">
            {operations.map((operation) => (
              <li key={operation.anchor} className="flex flex-wrap items-baseline gap-x-3 border-t border-line-soft py-1.5">
                <TextLink href={`${path}#${operation.anchor}`}>{operation.summary}</TextLink>
                <span className="font-mono text-[12px] break-all text-ink-3">{operation.method} {operation.path}</span>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </DocsFrame>
  )
}
