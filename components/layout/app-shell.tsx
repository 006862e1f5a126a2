import { Menu } from 'lucide-react'
import type { ReactNode } from 'react'
import { AccountMenu, type AccountMenuProps } from './account-menu'
import type { NavigationGroup, OrganizationLink, PaletteEntry, PaletteSearch } from './navigation'
import { OrganizationSwitcher } from './organization-switcher'
import { PaletteButton } from './palette-button'
import { PaletteHost } from './palette-host'
import { Sidebar } from './sidebar'
import { SidebarDrawer } from './sidebar-drawer'
import { SIDEBAR_ID } from './sidebar-id'
import { SidebarToggle } from './sidebar-toggle'
import { SkipLink } from './skip-link'

export type AppShellProps = {
  organization: { name: string; detail?: string | undefined; href: string }
  organizations: readonly OrganizationLink[]
  createOrganizationHref?: string | undefined
  /** Only the tabs this person may open. */
  navigation: readonly NavigationGroup[]
  account: AccountMenuProps
  /** The cookie `sidebar` says `collapsed`. */
  sidebarCollapsed: boolean
  /** Common actions of the palette (`/acme/users?dialog=invite`) and its search. */
  palette: { actions: readonly PaletteEntry[]; search?: PaletteSearch | undefined }
  children: ReactNode
}

/** The frame of every signed-in page: skip link, sidebar (a drawer on a phone), main. */
export function AppShell({ organization, navigation, palette, ...props }: AppShellProps) {
  const tabs = navigation.map(({ heading, items }) => ({ heading, entries: items.map(({ label, href }) => ({ label, href })) }))
  return (
    <div className="shell" data-shell="" data-collapsed={props.sidebarCollapsed ? '' : undefined}>
      <SkipLink />
      <header className="phone-bar">
        <button type="button" className="btn btn-quiet btn-icon" popoverTarget={SIDEBAR_ID} aria-label="Open the menu">
          <Menu aria-hidden="true" />
        </button>
        <b className="truncate">{organization.name}</b>
        <PaletteButton compact />
      </header>
      <Sidebar
        label={organization.name}
        navigation={navigation}
        top={
          <OrganizationSwitcher organization={organization} organizations={props.organizations} createHref={props.createOrganizationHref} />
        }
        search={<PaletteButton />}
        bottom={
          <>
            <AccountMenu {...props.account} />
            <SidebarToggle collapsed={props.sidebarCollapsed} />
          </>
        }
      />
      <main id="main" tabIndex={-1}>
        {props.children}
      </main>
      <SidebarDrawer />
      <PaletteHost groups={[{ heading: 'Actions', entries: palette.actions }, ...tabs]} search={palette.search} />
    </div>
  )
}
