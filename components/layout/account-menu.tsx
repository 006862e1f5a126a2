import { LogOut } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { Avatar } from '@/components/ui/avatar'
import { Disclosure } from '@/components/ui/disclosure'
import { toRoute } from '@/components/ui/route'
import type { Theme } from './theme'
import { ThemeSwitch } from './theme-switch'

export type AccountMenuProps = {
  account: { name: string; email: string }
  /** My access, profile, sessions. */
  links: readonly { label: string; href: string; icon?: ReactNode }[]
  theme: Theme
  setTheme: (data: FormData) => Promise<void>
  signOut: (data: FormData) => Promise<void>
}

/** Everything about oneself: links, colours and signing out, all of which work without script. */
export function AccountMenu({ account, links, theme, setTheme, signOut }: AccountMenuProps) {
  return (
    <Disclosure
      side="top"
      className="min-w-0 grow"
      summaryClass="account-button"
      title={`Account ${account.email}`}
      summary={
        <>
          <Avatar name={account.name || account.email} />
          <span className="org-name">
            <b>{account.name || account.email}</b>
          </span>
        </>
      }
    >
      <div className="popup menu w-[248px]">
        <p className="menu-note truncate">{account.email}</p>
        {links.map((link) => (
          <Link key={link.href} href={toRoute(link.href)} prefetch={false} className="menu-item">
            {link.icon}
            {link.label}
          </Link>
        ))}
        <div className="menu-line" />
        <div className="flex items-center justify-between py-1 pl-2">
          <span className="text-ink-2">Colours</span>
          <ThemeSwitch theme={theme} action={setTheme} />
        </div>
        <div className="menu-line" />
        <form action={signOut}>
          <button className="menu-item">
            <LogOut aria-hidden="true" />
            Sign out
          </button>
        </form>
      </div>
    </Disclosure>
  )
}
