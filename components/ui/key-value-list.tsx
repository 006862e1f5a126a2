import type { ReactNode } from 'react'

/** Names and values of one thing, as a definition list. */
export function KeyValueList({ items }: { items: readonly { label: string; value: ReactNode }[] }) {
  return (
    <dl className="key-values">
      {items.map((item) => (
        <div key={item.label} className="contents">
          <dt>{item.label}</dt>
          <dd>{item.value}</dd>
        </div>
      ))}
    </dl>
  )
}
