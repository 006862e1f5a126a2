import type { ReactNode } from 'react'
import { Wordmark } from './wordmark'

type AuthCardProps = { title: string; description?: ReactNode; children: ReactNode; /** Below the card: other ways, help. */ footer?: ReactNode }

/** The whole of a page outside the console: sign-in, invitation, set-up, reset. */
export function AuthCard({ title, description, children, footer }: AuthCardProps) {
  return (
    <main id="main" className="auth">
      <div className="auth-column">
        <Wordmark />
        <div className="auth-card">
          <h1>{title}</h1>
          {description ? <p className="mt-1 text-ink-2">{description}</p> : null}
          <div className="mt-5">{children}</div>
        </div>
        {footer ? <div className="auth-footer">{footer}</div> : null}
      </div>
    </main>
  )
}
