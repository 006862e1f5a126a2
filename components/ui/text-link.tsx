import Link from 'next/link'
import type { ReactNode } from 'react'
import { toRoute } from './route'

/** A link inside text. It does not prefetch: lists would otherwise ask the server for every row. */
export function TextLink({ href, children, plain = false }: { href: string; children: ReactNode; /** Without underline, for cells. */ plain?: boolean }) {
  return (
    <Link href={toRoute(href)} prefetch={false} className={plain ? 'hover:underline underline-offset-2' : 'text-link'}>
      {children}
    </Link>
  )
}
