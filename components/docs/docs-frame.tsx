import Link from 'next/link'
import type { ReactNode } from 'react'
import { SkipLink } from '@/components/layout/skip-link'
import { Wordmark } from '@/components/layout/wordmark'

/** The frame of pages to read: name on top, contents beside the text or, on a narrow screen, folded above it. */
export function DocsFrame({ contents, children }: { contents?: ReactNode; children: ReactNode }) {
  return (
    <>
      <SkipLink />
      <header className="flex items-center justify-between gap-4 border-b border-line bg-panel px-4 py-3 md:px-8">
        <Link href="/" aria-label="Gatehouse, to the start"><Wordmark /></Link>
        <nav aria-label="Documentation" className="flex gap-4 text-[13px]">
          <Link className="text-link" href="/docs/api">API reference</Link>
          <Link className="text-link" href="/docs/problems">Errors</Link>
        </nav>
      </header>
      <div className="mx-auto max-w-[76rem] gap-10 px-4 md:flex md:px-8">
        {contents}
        <main id="main" className="min-w-0 flex-1 py-8">{children}</main>
      </div>
    </>
  )
}
