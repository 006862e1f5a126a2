import type { Ctx } from '@/lib/access/context'
import type { z } from 'zod'
import { assignmentInWords } from '@/lib/features/roles/rules'
import { findDefaultRole, findHeld, stepOf } from './mapped-roles'
import { findConnection } from './queries'
import { resolveMappings } from './mappings'
import { rolesOfGroups } from './rules'
import type { SetMappingsInput } from './schema'

/** Most people of a connection who are looked at, and most who are named. */
const LOOKED_AT_MAX = 5_000
const NAMED_MAX = 50

export type PersonChange = { userId: string; email: string; gains: string[]; losses: string[] }

/** Whose roles mappings would change at their next sign-in, were their groups still those of the last. */
export type MappingPreview = {
  /** People whose roles would change, and the first of them by address. */
  count: number
  people: PersonChange[]
  /** People whose groups are known. */
  known: number
  /** People of the connection of whose groups nothing is known yet: they have not signed in since groups are kept. */
  unknown: number
}

/** What mappings would change; changes nothing. @throws AppError as saving them would */
export async function previewMappings(ctx: Ctx<'sign-in:write'>, { id, mappings }: z.output<typeof SetMappingsInput>): Promise<MappingPreview> {
  await findConnection(ctx, id)
  const wanted = (await resolveMappings(ctx, id, mappings)).map((mapping, index) => ({ ...mapping, priority: index + 1, words: assignmentInWords(mapping), because: '' }))
  const where = { organizationId: ctx.orgId, connectionId: id, membership: { status: 'active' as const } }
  const rows = await ctx.tx.connectionIdentity.findMany({
    where: { ...where, groupsAt: { not: null } }, select: { membershipId: true, groups: true, membership: { select: { email: true, source: true } } }, orderBy: { membership: { email: 'asc' } }, take: LOOKED_AT_MAX,
  })
  const unknown = await ctx.tx.connectionIdentity.count({ where: { ...where, groupsAt: null } })
  const [held, fallback] = [await findHeld(ctx, rows.map(({ membershipId }) => membershipId)), await findDefaultRole(ctx)]
  const { rolesPerMember } = ctx.model.rules
  const people = rows.flatMap(({ membershipId, groups, membership }): PersonChange[] => {
    const step = stepOf({ held: held.get(membershipId) ?? [], ofGroups: rolesOfGroups(wanted, groups, rolesPerMember), fallback, rolesPerMember, isProvisioned: membership.source === 'sso' })
    if (step.add.length === 0 && step.remove.length === 0) return []
    const words = (roles: readonly { words: string }[]) => roles.map((role) => role.words).sort()
    return [{ userId: membershipId, email: membership.email, gains: words(step.add), losses: words(step.remove) }]
  })
  return { count: people.length, people: people.slice(0, NAMED_MAX), known: rows.length, unknown }
}
