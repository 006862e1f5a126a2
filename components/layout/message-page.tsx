import type { ReactNode } from 'react'

type MessagePageProps = { icon?: ReactNode; code?: string; title: string; children: ReactNode; actions?: ReactNode }

/** A page that only says something: not found, not allowed (with what is missing and who can grant it), an error. */
export function MessagePage({ icon, code, title, children, actions }: MessagePageProps) {
  return (
    <section className="message-page">
      {icon ? <span className="empty-icon">{icon}</span> : null}
      {code ? <p className="mono dim">{code}</p> : null}
      <h1>{title}</h1>
      <div className="text-ink-2">{children}</div>
      {actions ? <div className="mt-4 flex flex-wrap gap-2">{actions}</div> : null}
    </section>
  )
}
