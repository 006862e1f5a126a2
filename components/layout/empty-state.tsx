import type { ReactNode } from 'react'

type EmptyStateProps = { icon?: ReactNode; title: string; /** What this page is for. */ children: ReactNode; /** The first thing to do. */ action?: ReactNode }

/** Nothing here yet: what this is for, and the first action. */
export function EmptyState({ icon, title, children, action }: EmptyStateProps) {
  return (
    <section className="empty-state">
      {icon ? <span className="empty-icon">{icon}</span> : null}
      <h2>{title}</h2>
      <p>{children}</p>
      {action ? <div className="mt-3 flex flex-wrap justify-center gap-2">{action}</div> : null}
    </section>
  )
}
