import type { Ctx } from '@/lib/access/context'
import type { AuditEntry, Target } from '@/lib/boundary/audit'
import { assertAdministratorRemains } from '@/lib/features/members/last-administrator'
import { resolveAssignments } from '@/lib/features/roles/queries'
import { Prisma } from '@/lib/generated/prisma/client'
import { newId } from '@/lib/ids'

/** Groups whose name or mappings changed, and people who came into or went out of groups. `regroupedId`: everybody in it counts as such. */
export type Touched = { groupIds: readonly string[]; membershipIds: readonly string[]; regroupedId?: string | null }

type Wanted = { holderId: string; mappingId: string; value: string; roleId: string; roleTitle: string; scopeId: string; scopeType: string; scopeName: string; createdById: string | null; createdByName: string }
type Held = { id: string; holderId: string; roleId: string; roleTitle: string; scopeId: string; scopeType: string; scopeName: string; mappingId: string | null; expiresAt: Date | null }

const { sql } = Prisma

const matching = sql`(p."matchBy" = 'name' AND lower(p."value") = lower(g."name") OR p."matchBy" = 'external-id' AND p."value" = g."externalId")`

const mapped = sql`p."id" AS "mappingId", p."value", p."roleId", r."title" AS "roleTitle", p."scopeId", s."type" AS "scopeType", s."name" AS "scopeName", p."createdById", p."createdByName"`

const joins = sql`JOIN "Role" r ON r."organizationId" = p."organizationId" AND r."id" = p."roleId" JOIN "Resource" s ON s."organizationId" = p."organizationId" AND s."id" = p."scopeId"`

const wantedOfGroups = ({ tx, orgId }: Ctx, ids: readonly string[]) => tx.$queryRaw<Wanted[]>`
  SELECT g."id" AS "holderId", ${mapped} FROM "Group" g
  JOIN "ProvisioningMapping" p ON p."organizationId" = g."organizationId" AND p."directoryId" = g."directoryId" AND ${matching} ${joins}
  WHERE g."organizationId" = ${orgId} AND g."id" = ANY(${[...ids]}) ORDER BY p."priority", p."id"`

/** The mapping with the lowest number among all of somebody's groups. */
const wantedOfMembers = ({ tx, orgId }: Ctx, ids: readonly string[]) => tx.$queryRaw<Wanted[]>`
  SELECT DISTINCT ON (gm."membershipId") gm."membershipId" AS "holderId", ${mapped} FROM "GroupMember" gm
  JOIN "Group" g ON g."organizationId" = gm."organizationId" AND g."id" = gm."groupId"
  JOIN "ProvisioningMapping" p ON p."organizationId" = g."organizationId" AND p."directoryId" = g."directoryId" AND ${matching} ${joins}
  WHERE gm."organizationId" = ${orgId} AND gm."membershipId" = ANY(${[...ids]}) ORDER BY gm."membershipId", p."priority", p."id"`

async function heldBy({ tx, orgId }: Ctx, column: 'groupId' | 'membershipId', ids: readonly string[]): Promise<Held[]> {
  const holder = Prisma.raw(`a."${column}"`)
  return tx.$queryRaw<Held[]>`
    SELECT a."id", ${holder} AS "holderId", a."roleId", r."title" AS "roleTitle", a."scopeId", s."type" AS "scopeType", s."name" AS "scopeName", a."mappingId", a."expiresAt"
    FROM "RoleAssignment" a JOIN "Role" r ON r."organizationId" = a."organizationId" AND r."id" = a."roleId" JOIN "Resource" s ON s."organizationId" = a."organizationId" AND s."id" = a."scopeId"
    WHERE a."organizationId" = ${orgId} AND ${holder} = ANY(${[...ids]}) ORDER BY a."id"`
}

const isSameRole = (one: { holderId: string; roleId: string; scopeId: string }, other: { holderId: string; roleId: string; scopeId: string }): boolean =>
  one.holderId === other.holderId && one.roleId === other.roleId && one.scopeId === other.scopeId

/** `moved`: held on, by another mapping than before (null: by none), so that it does not go with the one that gave it. */
type Change = { gone: Held[]; given: Wanted[]; moved: { id: string; mappingId: string | null }[] }

function changeOfGroups(wanted: readonly Wanted[], held: readonly Held[]): Change {
  const once = wanted.filter((each, index) => wanted.findIndex((other) => isSameRole(each, other)) === index)
  const mapped = held.filter(({ mappingId }) => mappingId !== null)
  return {
    gone: mapped.filter((each) => !once.some((other) => isSameRole(each, other))),
    given: once.filter((each) => !held.some((other) => isSameRole(each, other))),
    moved: mapped.flatMap((each) => {
      const [first, ...rest] = wanted.filter((other) => isSameRole(each, other))
      return first && [first, ...rest].every(({ mappingId }) => mappingId !== each.mappingId) ? [{ id: each.id, mappingId: first.mappingId }] : []
    }),
  }
}

/** The mapping that gives a role; null for the default, which no mapping gives. */
const mappingIdOf = ({ mappingId }: Wanted): string | null => (mappingId === '' ? null : mappingId)

/** Where everybody holds exactly one role: the mapped one, or the model's default once none is mapped any more. */
function changeOfMembers(wanted: readonly Wanted[], held: readonly Held[], fallback: Omit<Wanted, 'holderId'> | null): Change {
  const change: Change = { gone: [], given: [], moved: [] }
  const byHolder = new Map(wanted.map((each) => [each.holderId, each]))
  const holders = new Set([...byHolder.keys(), ...held.filter(({ mappingId }) => mappingId !== null).map(({ holderId }) => holderId)])
  for (const holderId of holders) {
    const next = byHolder.get(holderId) ?? (fallback && { ...fallback, holderId })
    const mine = held.filter((each) => each.holderId === holderId)
    const same = next && mine.find((each) => isSameRole(each, next) && each.expiresAt === null)
    if (same && same.mappingId !== null && same.mappingId !== next.mappingId) change.moved.push({ id: same.id, mappingId: mappingIdOf(next) })
    if (!next || same) continue
    change.gone.push(...mine)
    change.given.push(next)
  }
  return change
}

async function namesOf({ tx, orgId }: Ctx, type: 'group' | 'user', ids: readonly string[]): Promise<Map<string, string>> {
  const where = { organizationId: orgId, id: { in: [...new Set(ids)] } }
  if (type === 'group') return new Map((await tx.group.findMany({ where, select: { id: true, name: true } })).map(({ id, name }) => [id, name]))
  return new Map((await tx.membership.findMany({ where, select: { id: true, email: true } })).map(({ id, email }) => [id, email]))
}

type Told = { id: string; holderId: string; roleId: string; roleTitle: string; scopeId: string; scopeType: string; scopeName: string }

const targetsOf = (told: Told, type: 'group' | 'user', names: ReadonlyMap<string, string>): Target[] => [
  { type: 'role_assignment', id: told.id, name: told.scopeType === 'organization' ? told.roleTitle : `${told.roleTitle} in ${told.scopeName}` },
  { type, id: told.holderId, name: names.get(told.holderId) ?? '' },
  { type: 'role', id: told.roleId, name: told.roleTitle },
  { type: told.scopeType, id: told.scopeId, name: told.scopeName },
]

async function write(ctx: Ctx, type: 'group' | 'user', { gone, given, moved }: Change): Promise<AuditEntry[]> {
  for (const mappingId of new Set(moved.map((each) => each.mappingId))) {
    const ids = moved.filter((each) => each.mappingId === mappingId).map(({ id }) => id)
    await ctx.tx.roleAssignment.updateMany({ where: { organizationId: ctx.orgId, id: { in: ids } }, data: { mappingId } })
  }
  if (gone.length === 0 && given.length === 0) return []
  await ctx.tx.roleAssignment.deleteMany({ where: { organizationId: ctx.orgId, id: { in: gone.map(({ id }) => id) } } })
  const made = given.map((each) => ({ ...each, id: newId('assignment') }))
  await ctx.tx.roleAssignment.createMany({
    data: made.map((each) => ({
      id: each.id, organizationId: ctx.orgId, ...(type === 'group' ? { groupId: each.holderId } : { membershipId: each.holderId }), roleId: each.roleId, scopeId: each.scopeId, mappingId: mappingIdOf(each),
      grantedById: each.createdById, grantedByName: each.createdByName, reason: each.value === '' ? '' : `Mapping of ${each.value}`, createdAt: ctx.now,
    })),
  })
  if (gone.length > 0) await assertAdministratorRemains(ctx)
  const names = await namesOf(ctx, type, [...gone, ...given].map(({ holderId }) => holderId))
  const inWords = ({ roleTitle, scopeName }: Told) => ({ role: roleTitle, scope: scopeName, expiresAt: null })
  return [
    ...gone.map((each): AuditEntry => ({ event: 'assignment.delete', targets: targetsOf(each, type, names), before: inWords(each) })),
    ...made.map((each): AuditEntry => ({ event: 'assignment.create', targets: targetsOf(each, type, names), after: inWords(each), ...(each.value !== '' && { detail: { mapping: each.value } }) })),
  ]
}

async function fallbackOf(ctx: Ctx): Promise<Omit<Wanted, 'holderId'> | null> {
  const { defaultRole } = ctx.model.rules
  const [role] = defaultRole === null ? [] : await resolveAssignments(ctx, [{ role: defaultRole }])
  if (!role) return null
  const { roleId, roleTitle, scopeId, scopeType, scopeName } = role
  return { mappingId: '', value: '', roleId, roleTitle, scopeId, scopeType, scopeName, createdById: null, createdByName: ctx.principal.name }
}

async function applyToMembers(ctx: Ctx, { membershipIds, groupIds, regroupedId }: Touched): Promise<AuditEntry[]> {
  const groups = [...groupIds, ...(regroupedId ? [regroupedId] : [])]
  const inside = groups.length === 0 ? [] : await ctx.tx.groupMember.findMany({ where: { organizationId: ctx.orgId, groupId: { in: groups } }, select: { membershipId: true } })
  const ids = [...new Set([...membershipIds, ...inside.map(({ membershipId }) => membershipId)])]
  if (ids.length === 0) return []
  const wanted = await wantedOfMembers(ctx, ids)
  const held = await heldBy(ctx, 'membershipId', ids)
  return write(ctx, 'user', changeOfMembers(wanted, held, await fallbackOf(ctx)))
}

/**
 * Brings what directories' groups give in line with the mappings: the group's own roles, or where the access model gives
 * everybody exactly one role, the role of each person in it. Roles that people gave by hand stay. What was in line
 * already is not touched.
 *
 * @throws AppError `last-administrator`
 */
export async function applyMappings(ctx: Ctx, touched: Touched): Promise<AuditEntry[]> {
  if (ctx.model.rules.rolesPerMember === 'one') return applyToMembers(ctx, touched)
  const { groupIds } = touched
  if (groupIds.length === 0) return []
  return write(ctx, 'group', changeOfGroups(await wantedOfGroups(ctx, groupIds), await heldBy(ctx, 'groupId', groupIds)))
}
