import type { ReactNode } from 'react'

/** A small grey mark beside a name: a count, "you", "built-in". */
export function Badge({ children, title }: { children: ReactNode; title?: string }) {
  return (
    <span className="badge" title={title}>
      {children}
    </span>
  )
}
