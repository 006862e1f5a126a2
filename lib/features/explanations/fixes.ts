import type { Ctx } from '@/lib/access/context'
import type { WouldGrant } from '@/lib/access/engine/explain'
import { firstMissing, permissionsAt, permissionTitle } from '@/lib/features/roles/rules'
import { placeOf, type Names } from './names'
import type { Fix } from './told'

const FIXES_MAX = 6

/** Why the reader cannot give a role at a place; null when they can. */
function disabledReason({ rights, model }: Ctx, permissions: Iterable<string>, scopeId: string): string | null {
  if (!rights.holds('assignment:write', scopeId)) return 'You may not give roles there'
  const missing = firstMissing(rights, permissions, scopeId)
  return missing === null ? null : `You do not hold “${permissionTitle(model, missing)}” there yourself`
}

/** Roles that would turn a no into a yes, least powerful first, each with the places where it could be given. */
export function fixesOf(ctx: Ctx, wouldGrant: readonly WouldGrant[], names: Names): Fix[] {
  return wouldGrant.slice(0, FIXES_MAX).flatMap(({ role, scopes, permissions }): Fix[] => {
    const stored = names.roles.get(role.id)
    if (!stored) return []
    return [{
      role: { id: role.id, title: stored.title, description: stored.description },
      others: Math.max(0, permissions - 1),
      places: scopes.map((scope) => ({ ...placeOf(ctx, scope), disabledReason: disabledReason(ctx, permissionsAt(ctx.model, stored, scope.type), scope.id) })),
    }]
  })
}
