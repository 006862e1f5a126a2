import type { Ctx } from '@/lib/access/context'
import { AppError } from '@/lib/errors'
import { findAssignments } from '@/lib/features/roles/queries'

type Wanted = { role: string; scope: string; expiresAt?: string | null }

/** What a person is to hold: the roles they hold now and one more, or only that one where everybody holds exactly one. */
export async function rolesWith(ctx: Ctx<'member:write'>, { type, id }: { type: string; id: string }, added: Wanted): Promise<{ id: string; roles: Wanted[] }> {
  if (type !== 'user') throw new AppError('conflict', 'roles are given to people here; give it on the page of the group or service account')
  if (ctx.model.rules.rolesPerMember === 'one') return { id, roles: [added] }
  const held = await findAssignments(ctx, id)
  const others = held.filter(({ roleId, scopeId, expiresAt }) => !(roleId === added.role && scopeId === added.scope) && (expiresAt === null || expiresAt > ctx.now))
  return { id, roles: [...others.map(({ roleId, scopeId, expiresAt }) => ({ role: roleId, scope: scopeId, expiresAt: expiresAt?.toISOString() ?? null })), added] }
}
