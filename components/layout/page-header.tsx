import Link from 'next/link'
import type { ReactNode } from 'react'
import { toRoute } from '@/components/ui/route'

type PageHeaderProps = {
  title: string
  description?: ReactNode
  /** Buttons, the primary one last; the first things Tab reaches in a page. At most three. */
  actions?: ReactNode
  /** The pages above this one. */
  trail?: readonly { label: string; href: string }[]
  /** Beside the title: a StatusPill or Badge. */
  mark?: ReactNode
}

/** Heading of a page with what can be done on it. */
export function PageHeader({ title, description, actions, trail = [], mark }: PageHeaderProps) {
  return (
    <header className="page-header">
      <div className="min-w-0">
        {trail.length > 0 ? (
          <nav aria-label="Breadcrumbs" className="trail">
            {trail.map((step) => (
              <Link key={step.href} href={toRoute(step.href)} prefetch={false}>
                {step.label}
              </Link>
            ))}
          </nav>
        ) : null}
        <div className="flex flex-wrap items-center gap-x-3">
          <h1>{title}</h1>
          {mark}
        </div>
        {description ? <p>{description}</p> : null}
      </div>
      {actions ? <div className="page-actions">{actions}</div> : null}
    </header>
  )
}
