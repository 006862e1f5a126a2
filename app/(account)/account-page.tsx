import { cookies } from 'next/headers'
import { redirect } from 'next/navigation'
import type { ReactNode } from 'react'
import { tokenOf, type PageInput } from '@/app/page-input'
import { Notice } from '@/components/accounts/notice'
import { AccountShell, type AccountTab } from '@/components/accounts/account-shell'
import { THEME_COOKIE, themeFrom } from '@/components/layout/theme'
import type { SessionActor } from '@/lib/access/principals/actor'
import { isBreakGlass } from '@/lib/access/way-in'
import { currentActor } from '@/lib/boundary/browser'
import { setThemeAction } from '@/lib/boundary/preferences'
import { now } from '@/lib/clock'
import { signOutAction } from '@/lib/features/accounts/actions'
import { requestFacts } from '@/lib/request'

export type AccountPageArguments = { actor: SessionActor; search: Awaited<PageInput['searchParams']>; token: string }

/**
 * A page about oneself, in its frame. Who is not signed in signs in first and comes back.
 *
 * @param path where the page is; a mailed link's token is added to it
 */
export function accountPage(tab: AccountTab, path: string, render: (page: AccountPageArguments) => Promise<ReactNode>) {
  return async function AccountPage(input: PageInput): Promise<ReactNode> {
    const token = await tokenOf(input)
    const actor = currentActor()
    if (!actor) redirect(`/sign-in?next=${encodeURIComponent(token ? `${path}/${token}` : path)}`)
    const theme = themeFrom((await cookies()).get(THEME_COOKIE)?.value)
    return (
      <AccountShell tab={tab} theme={theme} setTheme={setThemeAction} signOut={signOutAction} now={now().getTime()} nonce={requestFacts().nonce}>
        {isBreakGlass(actor) ? <Notice>This session was opened with a break-glass code, and opens the SSO settings of one organization only. To reach your account, sign out and sign in again.</Notice> : await render({ actor, search: await input.searchParams, token })}
      </AccountShell>
    )
  }
}
