import Link from 'next/link'
import { toRoute } from '@/components/ui/route'
import type { DocOperation } from './operation-entry'

export type DocGroup = { path: string; title: string; operations: readonly Pick<DocOperation, 'anchor' | 'method' | 'path' | 'summary'>[] }

type ApiContentsProps = { groups: readonly DocGroup[]; current: string }

/** Contents of the reference: its pages, and the calls of the one that is open. */
export function ApiContents({ groups, current }: ApiContentsProps) {
  const pages = [{ path: '/docs/api', title: 'Overview', operations: [] }, ...groups, { path: '/docs/api/schemas', title: 'Schemas', operations: [] }]
  const list = (
    <ul className="space-y-2 text-[13px]">
      {pages.map(({ path, title, operations }) => (
        <li key={path}>
          <Link href={toRoute(path)} prefetch={false} aria-current={path === current ? 'page' : undefined} className="hover:underline aria-[current=page]:font-semibold">{title}</Link>
          {path === current && operations.length > 0 ? (
            <ul className="mt-1 mb-3 space-y-1 border-l border-line pl-3">
              {operations.map(({ anchor, summary }) => (
                <li key={anchor}><a className="text-ink-2 hover:underline" href={`#${anchor}`}>{summary}</a></li>
              ))}
            </ul>
          ) : null}
        </li>
      ))}
    </ul>
  )
  return (
    <>
      <details className="mt-4 rounded-md border border-line bg-panel p-3 md:hidden">
        <summary className="font-medium">Contents</summary>
        <nav aria-label="Contents, folded" className="mt-3">{list}</nav>
      </details>
      <nav aria-label="Contents" className="sticky top-0 hidden max-h-dvh w-56 shrink-0 self-start overflow-y-auto py-8 md:block">{list}</nav>
    </>
  )
}
