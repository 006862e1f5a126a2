import { Bot, EthernetPort, FileKey, FolderSync, FolderTree, KeyRound, KeySquare, LogIn, Mails, MonitorSmartphone, Network, Route, ScrollText, Settings, ShieldBan, ShieldCheck, Users, UsersRound } from 'lucide-react'
import type { NavigationGroup, PaletteEntry } from '@/components/layout/navigation'
import type { Entered } from '@/lib/access/context'
import type { AccessModel } from '@/lib/access/models/access-model'
import type { CorePermission } from '@/lib/access/permissions'
import type { Rights } from '@/lib/access/rights'
import { isBreakGlass } from '@/lib/access/way-in'
import { treeLabel } from '@/lib/features/resources/page-request'

/** `label` may depend on what the organization's model calls things. */
type Tab = { heading: string; label: string | ((model: AccessModel) => string); path: string; permission: CorePermission; Icon: typeof Users; /** Is about the organization as a whole: a right over a part of it does not open it. */ isWhole?: true; /** Opens to a break-glass code. */ isThroughGlass?: true }

/** Every tab there is, with what opens it. */
export const TABS: readonly Tab[] = [
  { heading: 'Access', label: 'Users', path: 'users', permission: 'member:read', Icon: Users },
  { heading: 'Access', label: 'Groups', path: 'groups', permission: 'group:read', Icon: UsersRound },
  { heading: 'Access', label: 'Roles', path: 'roles', permission: 'role:read', Icon: ShieldCheck },
  { heading: 'Access', label: treeLabel, path: 'folders', permission: 'resource:read', Icon: FolderTree },
  { heading: 'Credentials', label: 'API Keys', path: 'api-keys', permission: 'key:self', Icon: KeyRound },
  { heading: 'Credentials', label: 'Service Accounts', path: 'service-accounts', permission: 'service-account:read', Icon: Bot, isWhole: true },
  { heading: 'Credentials', label: 'Token Management', path: 'tokens', permission: 'token:read', Icon: KeySquare },
  { heading: 'Oversight', label: 'Audit Log', path: 'audit', permission: 'audit:read', Icon: ScrollText },
  { heading: 'Oversight', label: 'Explain', path: 'explain', permission: 'decision:ask', Icon: Route },
  { heading: 'Oversight', label: 'Outbox', path: 'outbox', permission: 'member:write', Icon: Mails, isWhole: true },
  { heading: 'Settings', label: 'General', path: 'settings/general', permission: 'organization:read', Icon: Settings },
  { heading: 'Settings', label: 'Access model', path: 'settings/access-model', permission: 'organization:read', Icon: Network },
  { heading: 'Settings', label: 'Guardrails', path: 'settings/guardrails', permission: 'guardrail:write', Icon: ShieldBan },
  { heading: 'Settings', label: 'IP Allowlist', path: 'settings/ip-allowlist', permission: 'allowlist:read', Icon: EthernetPort, isWhole: true },
  { heading: 'Settings', label: 'Sessions', path: 'settings/sessions', permission: 'sign-in:read', Icon: MonitorSmartphone, isWhole: true },
  { heading: 'Settings', label: 'Security & SSO', path: 'settings/sign-in', permission: 'sign-in:read', Icon: LogIn, isWhole: true, isThroughGlass: true },
  { heading: 'Settings', label: 'Provisioning', path: 'settings/provisioning', permission: 'provisioning:write', Icon: FolderSync, isWhole: true },
  { heading: 'Settings', label: 'Credentials', path: 'settings/credentials', permission: 'credential-policy:write', Icon: FileKey },
]

/** The tabs this person may open, grouped; a tab opens for whoever holds its permission anywhere it matters. */
export function navigationFor(slug: string, { rights, model, actor }: Pick<Entered, 'rights' | 'model' | 'actor'>): NavigationGroup[] {
  const all = isBreakGlass(actor) ? TABS.filter(({ isThroughGlass }) => isThroughGlass) : TABS
  const open = all.filter(({ permission, isWhole }) => (isWhole ? rights.holds(permission) : rights.anywhere(permission)))
  const headings = [...new Set(open.map((tab) => tab.heading))]
  return headings.map((heading) => ({
    heading,
    items: open
      .filter((tab) => tab.heading === heading)
      .map(({ label, path, Icon }) => ({ label: typeof label === 'string' ? label : label(model), href: `/${slug}/${path}`, icon: <Icon aria-hidden="true" /> })),
  }))
}

/** What the command palette can start for this person. */
export function paletteActionsFor(slug: string, rights: Rights): PaletteEntry[] {
  return [
    ...(rights.holds('member:write') ? [{ label: 'Invite users', href: `/${slug}/users?dialog=invite` }] : []),
    ...(rights.holds('group:write') ? [{ label: 'Create group', href: `/${slug}/groups?dialog=create` }] : []),
    ...(rights.holds('role:write') ? [{ label: 'Create role', href: `/${slug}/roles/new` }] : []),
    ...(rights.holds('resource:write') ? [{ label: 'Create a resource', href: `/${slug}/folders?dialog=create` }] : []),
    ...(rights.holds('key:self') ? [{ label: 'Create API key', href: `/${slug}/api-keys?dialog=create` }] : []),
    ...(rights.holds('service-account:write') ? [{ label: 'Create service account', href: `/${slug}/service-accounts?dialog=create` }] : []),
    ...(rights.anywhere('token:write') ? [{ label: 'Generate application token', href: `/${slug}/tokens` }] : []),
    ...(rights.anywhere('decision:ask') ? [{ label: 'Explain access', href: `/${slug}/explain` }] : []),
    { label: 'My access', href: `/${slug}/my-access` },
    { label: 'Switch organization', href: '/organizations' },
    { label: 'Create organization', href: '/organizations/new' },
    { label: 'Your profile', href: '/profile' },
    { label: 'Your second factor', href: '/security' },
    { label: 'Your sessions', href: '/sessions' },
  ]
}
