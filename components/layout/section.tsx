import { useId, type ReactNode } from 'react'

/** A part of a page with a heading, in a frame: settings, a person's sessions. */
export function Section({ title, description, actions, children }: { title: string; description?: ReactNode; actions?: ReactNode; children: ReactNode }) {
  const id = useId()
  return (
    <section className="section" aria-labelledby={id}>
      <div className="section-head">
        <div className="min-w-0">
          <h2 id={id}>{title}</h2>
          {description ? <p>{description}</p> : null}
        </div>
        {actions}
      </div>
      <div className="section-body">{children}</div>
    </section>
  )
}
