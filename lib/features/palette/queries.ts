import type { Entered } from '@/lib/access/context'
import { requirePermission } from '@/lib/access/enter'

export type PaletteEntry = { group: string; label: string; detail: string; href: string }

const FOUND_MAX = 8
const escapeLike = (text: string): string => text.replace(/[\\%_]/g, '\\$&')

/** People whose address or name contains the text, for those who may see the organization's users. */
export async function findPaletteEntries(entered: Entered, text: string): Promise<PaletteEntry[]> {
  if (!entered.rights.holds('member:read') || text.length < 2) return []
  const ctx = requirePermission(entered, 'member:read')
  const pattern = `%${escapeLike(text.toLowerCase())}%`
  const rows = await ctx.tx.$queryRaw<{ id: string; email: string; name: string }[]>`
    SELECT "id", "email", "name" FROM "Membership"
    WHERE "organizationId" = ${ctx.orgId} AND "searchText" LIKE ${pattern} ORDER BY "email" LIMIT ${FOUND_MAX}`
  return rows.map((row) => ({ group: 'Users', label: row.name || row.email, detail: row.name ? row.email : '', href: `/${ctx.organization.slug}/users/${row.id}` }))
}
