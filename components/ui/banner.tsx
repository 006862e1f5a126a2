import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Tone } from './status-pill'

const ICONS = { ok: CircleCheck, warn: TriangleAlert, bad: CircleAlert, accent: Info, neutral: Info }

type BannerProps = { tone?: Tone; title?: string; children?: ReactNode; actions?: ReactNode; /** Read out at once when it appears. */ live?: boolean }

/** Something to know about the page: what happened, why, what to do. */
export function Banner({ tone = 'neutral', title, children, actions, live = false }: BannerProps) {
  const Icon = ICONS[tone]
  return (
    <div className="banner" data-tone={tone} role={live ? (tone === 'bad' ? 'alert' : 'status') : undefined}>
      <Icon aria-hidden="true" />
      <div className="banner-words">
        {title ? <strong className="block">{title}</strong> : null}
        {children}
      </div>
      {actions ? <div className="banner-actions">{actions}</div> : null}
    </div>
  )
}
