import type { DocOperation } from './operation-entry'

export type DocGroup = { anchor: string; title: string; operations: readonly DocOperation[] }

/** Contents of the reference, a link each call. */
export function ApiContents({ groups }: { groups: readonly DocGroup[] }) {
  const list = (
    <ul className="space-y-4 text-[13px]">
      {groups.map((group) => (
        <li key={group.anchor}>
          <a className="font-semibold hover:underline" href={`#${group.anchor}`}>{group.title}</a>
          <ul className="mt-1 space-y-1">
            {group.operations.map((operation) => (
              <li key={operation.anchor}><a className="text-ink-2 hover:underline" href={`#${operation.anchor}`}>{operation.summary}</a></li>
            ))}
          </ul>
        </li>
      ))}
      <li><a className="font-semibold hover:underline" href="#schemas">Schemas</a></li>
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
