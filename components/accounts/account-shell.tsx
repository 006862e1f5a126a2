import Link from 'next/link'
import type { ReactNode } from 'react'
import { SkipLink } from '@/components/layout/skip-link'
import type { Theme } from '@/components/layout/theme'
import { ThemeSwitch } from '@/components/layout/theme-switch'
import { Wordmark } from '@/components/layout/wordmark'
import { toRoute } from '@/components/ui/route'
import { AccountProviders } from './account-providers'
import { PageClock } from './page-clock'

export type AccountTab = 'organizations' | 'profile' | 'security' | 'sessions'

const TABS: readonly { tab: AccountTab; label: string; href: string }[] = [
  { tab: 'organizations', label: 'Organizations', href: '/organizations' },
  { tab: 'profile', label: 'Profile', href: '/profile' },
  { tab: 'security', label: 'Security', href: '/security' },
  { tab: 'sessions', label: 'Sessions', href: '/sessions' },
]

type AccountShellProps = {
  tab: AccountTab
  theme: Theme
  setTheme: (data: FormData) => Promise<void>
  signOut: (data: FormData) => Promise<void>
  /** The server's clock, in milliseconds. */
  now: number
  nonce: string
  children: ReactNode
}

/** The frame of pages about oneself, outside any organization. */
export function AccountShell({ tab, theme, setTheme, signOut, now, nonce, children }: AccountShellProps) {
  return (
    <AccountProviders nonce={nonce}>
      <SkipLink />
      <header className="border-b border-line bg-panel">
        <div className="mx-auto flex max-w-[880px] flex-wrap items-center gap-x-6 gap-y-2 px-4 py-2.5">
          <Link href={toRoute('/')} prefetch={false} aria-label="Gatehouse, back to the console">
            <Wordmark />
          </Link>
          <nav aria-label="Account" className="order-last w-full sm:order-none sm:w-auto sm:flex-1">
            <ul className="flex flex-wrap gap-1">
              {TABS.map((each) => (
                <li key={each.tab}>
                  <Link href={toRoute(each.href)} prefetch={false} aria-current={each.tab === tab ? 'page' : undefined} className="nav-link">
                    {each.label}
                  </Link>
                </li>
              ))}
            </ul>
          </nav>
          <div className="ml-auto flex items-center gap-2">
            <ThemeSwitch theme={theme} action={setTheme} />
            <form action={signOut}>
              <button type="submit" className="btn btn-quiet btn-small">
                Sign out
              </button>
            </form>
          </div>
        </div>
      </header>
      <main id="main" tabIndex={-1} className="mx-auto max-w-[880px] px-4 py-6">
        <PageClock now={now}>{children}</PageClock>
      </main>
    </AccountProviders>
  )
}
