import type { ReactNode } from 'react'
import { AuthCard } from '@/components/layout/auth-card'
import { PlainLink } from './plain-link'

/** The whole page behind a link that leads nowhere: why, and what to do instead. */
export function DeadLink({ title, children, action }: { title: string; children: ReactNode; action: { label: string; href: string } }) {
  return (
    <AuthCard title={title}>
      <div className="grid gap-4 text-ink-2">
        {children}
        <PlainLink href={action.href} button>
          {action.label}
        </PlainLink>
      </div>
    </AuthCard>
  )
}
