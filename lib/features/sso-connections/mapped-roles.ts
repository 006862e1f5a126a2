import type { Ctx } from '@/lib/access/context'
import { isAppError } from '@/lib/errors'
import { assertAdministratorRemains } from '@/lib/features/members/last-administrator'
import { assignmentInWords } from '@/lib/features/roles/rules'
import { newId } from '@/lib/ids'
import { rolesOfGroups } from './rules'

/** A role at a place, with the words for it and why it is held. */
export type MappedRole = { roleId: string; scopeId: string; words: string; because: string }

type Place = { roleId: string; scopeId: string }

const placeOf = ({ roleId, scopeId }: Place): string => `${roleId} ${scopeId}`

const named = { role: { select: { title: true } }, scope: { select: { name: true, type: true } } } as const

const wordsOf = ({ role, scope }: { role: { title: string }; scope: { name: string; type: string } }): string =>
  assignmentInWords({ roleTitle: role.title, scopeType: scope.type, scopeName: scope.name })

/** The role of those who are in no mapped group: the organization's choice, else the access model's; null where that is the floor role only. */
export async function findDefaultRole(ctx: Ctx): Promise<MappedRole | null> {
  const { autoprovisionRole } = await ctx.tx.organization.findUniqueOrThrow({ where: { id: ctx.orgId }, select: { autoprovisionRole: { select: { id: true, title: true } } } })
  const { defaultRole } = ctx.model.rules
  const role = autoprovisionRole ?? (defaultRole === null ? null : await ctx.tx.role.findUnique({ where: { organizationId_name: { organizationId: ctx.orgId, name: defaultRole } }, select: { id: true, title: true } }))
  return role && { roleId: role.id, scopeId: ctx.orgId, words: role.title, because: 'The default role' }
}

/** Roles that follow from groups through a connection. */
export async function findRolesOfGroups(ctx: Ctx, connectionId: string, groups: readonly string[]): Promise<MappedRole[]> {
  const mappings = await ctx.tx.groupMapping.findMany({
    where: { organizationId: ctx.orgId, connectionId }, select: { group: true, roleId: true, scopeId: true, priority: true, ...named }, orderBy: [{ priority: 'asc' }, { id: 'asc' }],
  })
  return rolesOfGroups(mappings, groups, ctx.model.rules.rolesPerMember).map((mapping) => ({ ...mapping, words: wordsOf(mapping), because: `In the group “${mapping.group}”` }))
}

type Held = Place & { id: string; words: string; isMapped: boolean }

/** What members hold, by their id. */
export async function findHeld(ctx: Ctx, membershipIds: readonly string[]): Promise<Map<string, Held[]>> {
  const rows = await ctx.tx.roleAssignment.findMany({
    where: { organizationId: ctx.orgId, membershipId: { in: [...membershipIds] } }, select: { id: true, membershipId: true, roleId: true, scopeId: true, mapped: { select: { connectionId: true } }, ...named },
  })
  const held = new Map<string, Held[]>()
  for (const row of rows) {
    const key = row.membershipId ?? ''
    held.set(key, [...(held.get(key) ?? []), { id: row.id, roleId: row.roleId, scopeId: row.scopeId, words: wordsOf(row), isMapped: row.mapped !== null }])
  }
  return held
}

/** What a sign-in would do to somebody's roles. */
export type RoleStep = { add: MappedRole[]; remove: Held[]; kept: Held[] }

/** Who holds what, and what follows from their groups. */
export type RoleFacts = { held: readonly Held[]; ofGroups: readonly MappedRole[]; fallback: MappedRole | null; rolesPerMember: 'one' | 'many'; isProvisioned: boolean }

/**
 * What must change so that mapped roles follow the groups. Roles given by hand stay. Who came in by provisioning, or
 * must hold exactly one role, and is in no mapped group gets the default role.
 */
export function stepOf({ held, ofGroups, fallback, rolesPerMember, isProvisioned }: RoleFacts): RoleStep {
  const hasManual = held.some(({ isMapped }) => !isMapped)
  const isOneEach = rolesPerMember === 'one'
  const matched = isOneEach && hasManual ? [] : ofGroups
  const isBare = matched.length === 0 && !hasManual && (isProvisioned || isOneEach)
  const wanted = isBare && fallback ? [fallback] : matched
  const wantedPlaces = new Set(wanted.map(placeOf))
  const heldPlaces = new Set(held.map(placeOf))
  return {
    add: wanted.filter((role) => !heldPlaces.has(placeOf(role))),
    remove: held.filter((role) => role.isMapped && !wantedPlaces.has(placeOf(role))),
    kept: held.filter((role) => !role.isMapped || wantedPlaces.has(placeOf(role))),
  }
}

/** What a sign-in with these groups would change for somebody. */
export async function planRoles(ctx: Ctx, { connectionId, membershipId, groups, isProvisioned }: { connectionId: string; membershipId: string | null; groups: readonly string[]; isProvisioned: boolean }): Promise<RoleStep> {
  const held = membershipId === null ? [] : ((await findHeld(ctx, [membershipId])).get(membershipId) ?? [])
  const ofGroups = await findRolesOfGroups(ctx, connectionId, groups)
  return stepOf({ held, ofGroups, fallback: await findDefaultRole(ctx), rolesPerMember: ctx.model.rules.rolesPerMember, isProvisioned })
}

async function insert(ctx: Ctx, connection: { id: string; name: string }, membershipId: string, roles: readonly (Place & { because: string })[]): Promise<void> {
  if (roles.length === 0) return
  const rows = roles.map(({ roleId, scopeId, because }) => ({
    id: newId('assignment'), organizationId: ctx.orgId, membershipId, roleId, scopeId, grantedByName: connection.name, reason: because, createdAt: ctx.now,
  }))
  await ctx.tx.roleAssignment.createMany({ data: rows })
  await ctx.tx.mappedAssignment.createMany({ data: rows.map(({ id }) => ({ organizationId: ctx.orgId, assignmentId: id, connectionId: connection.id })) })
}

/** Whether somebody remains who administers the organization. */
async function hasAdministrator(ctx: Ctx): Promise<boolean> {
  try {
    await assertAdministratorRemains(ctx)
    return true
  } catch (error) {
    if (isAppError(error) && error.code === 'last-administrator') return false
    throw error
  }
}

/**
 * Carries the plan out. Roles whose loss would leave nobody to administer the organization stay.
 *
 * @param ctx in a transaction that holds the organization
 * @returns what changed, in words; null when nothing did
 */
export async function keepRolesInStep(ctx: Ctx, connection: { id: string; name: string }, membershipId: string, step: RoleStep) {
  const { add, remove } = step
  if (add.length === 0 && remove.length === 0) return null
  await ctx.tx.roleAssignment.deleteMany({ where: { organizationId: ctx.orgId, id: { in: remove.map(({ id }) => id) } } })
  await insert(ctx, connection, membershipId, add)
  const isKept = remove.length > 0 && !(await hasAdministrator(ctx))
  if (isKept) await insert(ctx, connection, membershipId, remove.map((role) => ({ ...role, because: 'Kept: the last administrator' })))
  const wordsOfAll = (roles: readonly { words: string }[]) => roles.map(({ words }) => words).sort()
  return {
    before: { roles: wordsOfAll([...step.kept, ...remove]) },
    after: { roles: wordsOfAll([...step.kept, ...add, ...(isKept ? remove : [])]) },
    detail: { connection: connection.name, ...(isKept && { kept: 'last-administrator' }) },
  }
}
