import type { Ctx } from '@/lib/access/context'
import { AppError } from '@/lib/errors'
import { typeOf } from './rules'

/** Types of resource whose maker the model protects. */
const protectingTypes = (ctx: Ctx): string[] => ctx.model.resourceTypes.filter(({ creator }) => creator?.protected === true).map(({ name }) => name)

/** Role assignments that are to go: those named, or all of a membership. */
type Going = { assignmentIds: readonly string[] } | { membershipId: string }

/**
 * Whoever made a resource of a type whose maker the model protects keeps the role on it, and stays, while it stands.
 * Call it before assignments are taken away or a membership is ended.
 *
 * @throws AppError `conflict` naming the resource
 */
export async function assertCreatorsStay(ctx: Ctx, going: Going): Promise<void> {
  const types = protectingTypes(ctx)
  if (types.length === 0) return
  const among = 'membershipId' in going ? { membershipId: going.membershipId } : { id: { in: [...going.assignmentIds] } }
  const kept = await ctx.tx.roleAssignment.findFirst({
    where: { organizationId: ctx.orgId, isCreator: true, scope: { type: { in: types } }, ...among },
    select: { role: { select: { title: true } }, scope: { select: { type: true, name: true } }, membership: { select: { email: true } } },
    orderBy: { id: 'asc' },
  })
  if (!kept) return
  const thing = typeOf(ctx.model, kept.scope.type).title.toLowerCase()
  throw new AppError('conflict', `\`${kept.membership?.email ?? 'somebody'}\` made the ${thing} \`${kept.scope.name}\` and stays its ${kept.role.title} while it stands; delete the ${thing} first`)
}
