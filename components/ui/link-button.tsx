import Link from 'next/link'
import type { ComponentProps, ReactNode } from 'react'
import { buttonClass, type ButtonLook } from './button'
import { toRoute } from './route'

type LinkButtonProps = ButtonLook &
  Pick<ComponentProps<'a'>, 'download' | 'className' | 'title' | 'aria-label'> & { href: string; icon?: ReactNode; children: ReactNode }

/** A link that looks like a button, for going somewhere; `download` makes it a plain link. */
export function LinkButton({ href, variant, size, icon, className, children, download, ...names }: LinkButtonProps) {
  const look = buttonClass({ variant, size }, className)
  if (download !== undefined)
    return (
      <a {...names} href={href} download={download} className={look}>
        {icon}
        {children}
      </a>
    )
  return (
    <Link {...names} href={toRoute(href)} prefetch={false} className={look}>
      {icon}
      {children}
    </Link>
  )
}
