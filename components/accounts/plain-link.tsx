import type { ReactNode } from 'react'

/** A link between pages outside the console: a plain one, because these pages load faster than the script of `next/link`. */
export function PlainLink({ href, button = false, children }: { href: string; /** Looks like a wide button. */ button?: boolean; children: ReactNode }) {
  return (
    <a href={href} className={button ? 'btn btn-wide' : 'text-link'}>
      {children}
    </a>
  )
}
