import type { Ctx } from '@/lib/access/context'
import { AppError } from '@/lib/errors'
import { typeOf } from './rules'

/** Why the role of whoever made a protected resource stays, or null: told where it is shown, and when it is to be taken. */
export function makersReason({ model }: Pick<Ctx, 'model'>, { isCreator, holder, roleTitle, scope }: { isCreator: boolean; holder: string; roleTitle: string; scope: { type: string; name: string } }): string | null {
  const type = typeOf(model, scope.type)
  if (!isCreator || type.creator?.protected !== true) return null
  const thing = type.title.toLowerCase()
  return `\`${holder}\` made the ${thing} \`${scope.name}\` and stays its ${roleTitle} while it stands; delete the ${thing} first`
}

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
  const reason = kept && makersReason(ctx, { isCreator: true, holder: kept.membership?.email ?? 'somebody', roleTitle: kept.role.title, scope: kept.scope })
  if (reason) throw new AppError('conflict', reason)
}
