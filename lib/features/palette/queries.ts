import type { Entered } from '@/lib/access/context'
import { requirePermission } from '@/lib/access/enter'
import { searchWhere } from '@/lib/features/api-keys/queries'
import { hintOf } from '@/lib/features/api-keys/rules'

export type PaletteEntry = { group: string; label: string; detail: string; href: string }

const FOUND_MAX = 8
const escapeLike = (text: string): string => text.replace(/[\\%_]/g, '\\$&')

/** What the text finds among what this person may see: people, service accounts, keys. */
export async function findPaletteEntries(entered: Entered, text: string): Promise<PaletteEntry[]> {
  if (text.length < 2) return []
  const found = await Promise.all([findPeople(entered, text), findAccounts(entered, text), findKeys(entered, text)])
  return found.flat()
}

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
