import type { Entered } from '@/lib/access/context'
import { requirePermission } from '@/lib/access/enter'
import { searchWhere } from '@/lib/features/api-keys/queries'
import { hintOf } from '@/lib/features/api-keys/rules'
import { listResources } from '@/lib/features/resources/queries'
import { ResourceFilter } from '@/lib/features/resources/schema'

export type PaletteEntry = { group: string; label: string; detail: string; href: string }

const FOUND_MAX = 8
const escapeLike = (text: string): string => text.replace(/[\\%_]/g, '\\$&')

/** People whose address or name contains the text, for those who may see the organization's users. */
async function findPeople(entered: Entered, text: string): Promise<PaletteEntry[]> {
  if (!entered.rights.holds('member:read')) return []
  const ctx = requirePermission(entered, 'member:read')
  const pattern = `%${escapeLike(text.toLowerCase())}%`
  const rows = await ctx.tx.$queryRaw<{ id: string; email: string; name: string }[]>`
    SELECT "id", "email", "name" FROM "Membership"
    WHERE "organizationId" = ${ctx.orgId} AND "searchText" LIKE ${pattern} ORDER BY "email" LIMIT ${FOUND_MAX}`
  return rows.map((row) => ({ group: 'Users', label: row.name || row.email, detail: row.name ? row.email : '', href: `/${ctx.organization.slug}/users/${row.id}` }))
}

/** Service accounts by name. */
async function findAccounts(entered: Entered, text: string): Promise<PaletteEntry[]> {
  if (!entered.rights.holds('service-account:read')) return []
  const { tx, orgId: organizationId, organization: { slug } } = entered
  const rows = await tx.serviceAccount.findMany({
    where: { organizationId, name: { contains: escapeLike(text), mode: 'insensitive' } }, select: { id: true, name: true, description: true }, orderBy: [{ name: 'asc' }, { id: 'asc' }], take: FOUND_MAX,
  })
  return rows.map(({ id, name, description }) => ({ group: 'Service accounts', label: name, detail: description, href: `/${slug}/service-accounts/${id}` }))
}

/** Keys by name or by the beginning of their secret: one's own, or everybody's, and those of service accounts. */
async function findKeys(entered: Entered, text: string): Promise<PaletteEntry[]> {
  const { tx, orgId: organizationId, rights, membership, organization: { slug } } = entered
  const owners = [
    ...(rights.holds('key:others') ? [{ membershipId: { not: null } }] : rights.holds('key:self') && membership ? [{ membershipId: membership.id }] : []),
    ...(rights.holds('service-account:read') ? [{ serviceAccountId: { not: null } }] : []),
  ]
  if (owners.length === 0) return []
  const rows = await tx.apiKey.findMany({
    where: { organizationId, status: { not: 'revoked' }, AND: [{ OR: owners }, searchWhere(text)] },
    select: { id: true, name: true, publicId: true, secretKind: true, serviceAccountId: true, membership: { select: { email: true } }, serviceAccount: { select: { name: true } } },
    orderBy: { id: 'desc' }, take: FOUND_MAX,
  })
  return rows.map(({ id, name, publicId, secretKind, serviceAccountId, membership: owner, serviceAccount }) => ({
    group: 'Keys', label: name, detail: `${hintOf(secretKind, publicId)} ${owner?.email ?? serviceAccount?.name ?? ''}`,
    href: serviceAccountId === null ? `/${slug}/api-keys?key=${id}` : `/${slug}/service-accounts/${serviceAccountId}?key=${id}`,
  }))
}

/** Resources that one may see, by a piece of name or path, or an id. */
async function findResources(entered: Entered, text: string): Promise<PaletteEntry[]> {
  if (!entered.rights.anywhere('resource:read')) return []
  const ctx = requirePermission(entered, 'resource:read')
  const { rows } = await listResources(ctx, ResourceFilter.parse({ q: text }), { limit: FOUND_MAX, isCounted: false })
  return rows.map(({ id, name, path, typeTitle }) => {
    const above = path.slice(1, -1).map((step) => step.name).join(' / ')
    return { group: 'Resources', label: name, detail: above === '' ? typeTitle : `${typeTitle} in ${above}`, href: `/${ctx.organization.slug}/folders/${id}` }
  })
}

/** Groups that one may see, by name. */
async function findGroups(entered: Entered, text: string): Promise<PaletteEntry[]> {
  if (!entered.rights.holds('group:read')) return []
  const { tx, orgId: organizationId, organization: { slug } } = entered
  const rows = await tx.group.findMany({
    where: { organizationId, name: { contains: escapeLike(text), mode: 'insensitive' } }, select: { id: true, name: true, description: true }, orderBy: [{ name: 'asc' }, { id: 'asc' }], take: FOUND_MAX,
  })
  return rows.map(({ id, name, description }) => ({ group: 'Groups', label: name, detail: description, href: `/${slug}/groups/${id}` }))
}

/** Roles by title or name. */
async function findRoles(entered: Entered, text: string): Promise<PaletteEntry[]> {
  if (!entered.rights.anywhere('role:read')) return []
  const { tx, orgId: organizationId, organization: { slug } } = entered
  const contains = { contains: escapeLike(text), mode: 'insensitive' as const }
  const rows = await tx.role.findMany({
    where: { organizationId, OR: [{ title: contains }, { name: contains }] }, select: { id: true, title: true, description: true }, orderBy: [{ title: 'asc' }, { id: 'asc' }], take: FOUND_MAX,
  })
  return rows.map(({ id, title, description }) => ({ group: 'Roles', label: title, detail: description, href: `/${slug}/roles/${id}` }))
}

/** What a text of two characters or more finds among what this person may see. */
export async function findPaletteEntries(entered: Entered, text: string): Promise<PaletteEntry[]> {
  if (text.length < 2) return []
  const found = await Promise.all([findPeople, findGroups, findRoles, findResources, findAccounts, findKeys].map((find) => find(entered, text)))
  return found.flat()
}
