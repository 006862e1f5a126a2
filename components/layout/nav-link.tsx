'use client'
import Link from 'next/link'
import { usePathname, useRouter } from 'next/navigation'
import type { ReactNode } from 'react'
import { toRoute } from '@/components/ui/route'

type NavLinkProps = { href: string; label: string; icon: ReactNode; count?: string | undefined }

/** A tab of the sidebar. Fetched ahead when the pointer or the focus comes near, not all at once with the page. */
export function NavLink({ href, label, icon, count }: NavLinkProps) {
  const pathname = usePathname()
  const router = useRouter()
  const isCurrent = pathname === href || pathname.startsWith(`${href}/`)
  const prepare = () => router.prefetch(toRoute(href))
  return (
    <Link
      href={toRoute(href)}
      prefetch={false}
      title={label}
      className="nav-link"
      aria-current={isCurrent ? 'page' : undefined}
      onPointerEnter={prepare}
      onFocus={prepare}
    >
      {icon}
      <span className="nav-text">{label}</span>
      {count ? <span className="nav-count num">{count}</span> : null}
    </Link>
  )
}
