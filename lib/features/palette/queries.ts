import type { Entered } from '@/lib/access/context'
import { requirePermission } from '@/lib/access/enter'
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

/** What the command palette finds on the server for a text of two characters or more. */
export async function findPaletteEntries(entered: Entered, text: string): Promise<PaletteEntry[]> {
  if (text.length < 2) return []
  return [...(await findPeople(entered, text)), ...(await findResources(entered, text))]
}
