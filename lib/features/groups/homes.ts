import type { Ctx } from '@/lib/access/context'
import { searchWords } from '@/lib/features/members/rules'
import { groupHomeType, type GroupPlace } from './rules'

const HOMES_SHOWN = 30
/** Most resources looked through for those where the asker may make groups. */
const LOOKED_AT = 300

/** Resources that a new group may belong to, by name: of the model's type, and where the asker may manage groups; at most thirty. */
export async function searchGroupHomes(ctx: Ctx<'group:write'>, { q }: { q: string }): Promise<GroupPlace[]> {
  const type = groupHomeType(ctx.model)
  if (type === null) return []
  const rows = await ctx.tx.resource.findMany({
    where: { organizationId: ctx.orgId, type, AND: searchWords(q).map((word) => ({ name: { contains: word.replace(/[\\%_]/g, '\\$&'), mode: 'insensitive' as const } })) },
    select: { id: true, type: true, name: true },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    take: LOOKED_AT,
  })
  return rows.filter(({ id }) => ctx.rights.holds('group:write', id)).slice(0, HOMES_SHOWN)
}
