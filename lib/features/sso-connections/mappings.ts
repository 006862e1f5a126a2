import type { z } from 'zod'
import type { Ctx } from '@/lib/access/context'
import { AppError } from '@/lib/errors'
import { resolveAssignments } from '@/lib/features/roles/queries'
import { requireHeld } from '@/lib/features/roles/rules'
import { listMappings } from './queries'
import type { SetMappingsInput } from './schema'

/**
 * Mappings with their roles and places found. Roles that are new in them must be the giver's own.
 *
 * @throws AppError `not-found`, `invalid-input`, `forbidden`
 */
export async function resolveMappings(ctx: Ctx, connectionId: string, mappings: z.output<typeof SetMappingsInput>['mappings']) {
  const wanted = await Promise.all(mappings.map(async ({ group, role, scope }, index) => {
    const [resolved] = await resolveAssignments(ctx, [{ role, scope }], (_at, field) => `mappings.${index}.${field}`)
    if (!resolved) throw new AppError('not-found', `no role \`${role}\``)
    return { group, ...resolved }
  }))
  const place = (group: string, roleId: string, scopeId: string) => JSON.stringify([group, roleId, scopeId])
  const known = new Set((await listMappings(ctx, connectionId)).map(({ group, role, scope }) => place(group, role.id, scope.id)))
  requireHeld(ctx.rights, wanted.filter(({ group, roleId, scopeId }) => !known.has(place(group, roleId, scopeId))))
  return wanted
}
