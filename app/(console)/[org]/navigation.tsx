import { Mails, Network, Route, ScrollText, Settings, ShieldBan, ShieldCheck, Users, UsersRound } from 'lucide-react'
import type { NavigationGroup, PaletteEntry } from '@/components/layout/navigation'
import type { CorePermission } from '@/lib/access/permissions'
import type { Rights } from '@/lib/access/rights'

type Tab = { heading: string; label: string; path: string; permission: CorePermission; Icon: typeof Users }

/** Every tab there is, with what opens it. */
export const TABS: readonly Tab[] = [
  { heading: 'Access', label: 'Users', path: 'users', permission: 'member:read', Icon: Users },
  { heading: 'Access', label: 'Groups', path: 'groups', permission: 'group:read', Icon: UsersRound },
  { heading: 'Access', label: 'Roles', path: 'roles', permission: 'role:read', Icon: ShieldCheck },
  { heading: 'Oversight', label: 'Audit Log', path: 'audit', permission: 'audit:read', Icon: ScrollText },
  { heading: 'Oversight', label: 'Explain', path: 'explain', permission: 'decision:ask', Icon: Route },
  { heading: 'Oversight', label: 'Outbox', path: 'outbox', permission: 'member:write', Icon: Mails },
  { heading: 'Settings', label: 'General', path: 'settings/general', permission: 'organization:read', Icon: Settings },
  { heading: 'Settings', label: 'Access model', path: 'settings/access-model', permission: 'organization:read', Icon: Network },
  { heading: 'Settings', label: 'Guardrails', path: 'settings/guardrails', permission: 'guardrail:write', Icon: ShieldBan },
]

/** The tabs this person may open, grouped; a tab opens for whoever holds its permission anywhere. */
export function navigationFor(slug: string, rights: Rights): NavigationGroup[] {
  const open = TABS.filter((tab) => rights.anywhere(tab.permission))
  const headings = [...new Set(open.map((tab) => tab.heading))]
  return headings.map((heading) => ({
    heading,
    items: open
      .filter((tab) => tab.heading === heading)
      .map(({ label, path, Icon }) => ({ label, href: `/${slug}/${path}`, icon: <Icon aria-hidden="true" /> })),
  }))
}

/** What the command palette can start for this person. */
export function paletteActionsFor(slug: string, rights: Rights): PaletteEntry[] {
  return [
    ...(rights.holds('member:write') ? [{ label: 'Invite users', href: `/${slug}/users?dialog=invite` }] : []),
    ...(rights.holds('group:write') ? [{ label: 'Create group', href: `/${slug}/groups?dialog=create` }] : []),
    ...(rights.holds('role:write') ? [{ label: 'Create role', href: `/${slug}/roles/new` }] : []),
    ...(rights.anywhere('decision:ask') ? [{ label: 'Explain access', href: `/${slug}/explain` }] : []),
    { label: 'My access', href: `/${slug}/my-access` },
    { label: 'Switch organization', href: '/organizations' },
    { label: 'Create organization', href: '/organizations/new' },
    { label: 'Your profile', href: '/profile' },
    { label: 'Your sessions', href: '/sessions' },
  ]
}
