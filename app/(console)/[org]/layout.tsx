import { KeyRound, MonitorSmartphone, ShieldCheck, UserRound } from 'lucide-react'
import { cookies } from 'next/headers'
import type { ReactNode } from 'react'
import { AppShell } from '@/components/layout/app-shell'
import { ConsoleProviders } from '@/components/layout/console-providers'
import { SIDEBAR_COOKIE, THEME_COOKIE, themeFrom } from '@/components/layout/theme'
import { accessModels, isModelName } from '@/lib/access/models/catalogue'
import type { Entered } from '@/lib/access/context'
import { enteredPage } from '@/lib/boundary/page'
import { setThemeAction } from '@/lib/boundary/preferences'
import { signOutAction } from '@/lib/features/accounts/actions'
import { isAppError } from '@/lib/errors'
import { findPaletteEntriesAction } from '@/lib/features/palette/actions'
import { listOwnOrganizations, type OrganizationSummary } from '@/lib/features/organizations/queries'
import { requestFacts } from '@/lib/request'
import { navigationFor, paletteActionsFor } from './navigation'

type LayoutProps = { children: ReactNode; params: Promise<{ org: string }> }

const modelTitle = (name: string): string => (isModelName(name) ? `${accessModels[name].title} model` : 'Own model')

async function enteredOrNull(org: string): Promise<Entered | null> {
  try {
    return await enteredPage(org)
  } catch (error) {
    // The page itself says what is wrong; the frame only stays away.
    if (isAppError(error)) return null
    throw error
  }
}

/** The frame around an organization's pages. */
export default async function OrganizationLayout({ children, params }: LayoutProps) {
  const { org } = await params
  const entered = await enteredOrNull(org)
  if (entered === null || entered.actor.type !== 'session') return <main id="main">{children}</main>
  const jar = await cookies()
  const { organization, rights, actor } = entered
  const organizations: OrganizationSummary[] = await listOwnOrganizations(actor)
  const { slug } = organization
  return (
    <ConsoleProviders nonce={requestFacts().nonce} now={entered.now.getTime()} columns={jar.get('columns')?.value ?? ''}>
      <AppShell
        organization={{ name: organization.name, detail: `${entered.model.title} model`, href: `/${slug}` }}
        organizations={organizations.map((each) => ({ name: each.name, href: `/${each.slug}`, detail: modelTitle(each.accessModel) }))}
        createOrganizationHref="/organizations/new"
        navigation={navigationFor(slug, entered)}
        account={{
          account: { name: actor.name, email: actor.email },
          links: [
            { label: 'My access', href: `/${slug}/my-access`, icon: <KeyRound aria-hidden="true" /> },
            { label: 'Profile', href: '/profile', icon: <UserRound aria-hidden="true" /> },
            { label: 'Security', href: '/security', icon: <ShieldCheck aria-hidden="true" /> },
            { label: 'Sessions', href: '/sessions', icon: <MonitorSmartphone aria-hidden="true" /> },
          ],
          theme: themeFrom(jar.get(THEME_COOKIE)?.value),
          setTheme: setThemeAction,
          signOut: signOutAction,
        }}
        sidebarCollapsed={jar.get(SIDEBAR_COOKIE)?.value === 'collapsed'}
        palette={{ actions: paletteActionsFor(slug, rights), search: findPaletteEntriesAction.bind(null, slug) }}
      >
        {children}
      </AppShell>
    </ConsoleProviders>
  )
}
