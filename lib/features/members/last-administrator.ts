import { CORE_PREFIX } from '@/lib/access/models/catalogue'
import { barrierOf } from '@/lib/access/policies/barrier'
import type { Tx } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { findAdministratorRoles, type AdministratorRoles, type Inside } from '@/lib/features/roles/queries'
import { holdersSql } from '@/lib/features/roles/holders-sql'
import { requestFacts } from '@/lib/request'
import { Prisma } from '@/lib/generated/prisma/client'

/**
 * Makes changes to who administers an organization wait for each other: call it first in the transaction.
 * NO KEY UPDATE lets rows that merely refer to the organization be written meanwhile.
 */
export async function lockOrganization(tx: Tx, organizationId: string): Promise<void> {
  await tx.$executeRaw`SELECT 1 FROM "Organization" WHERE "id" = ${organizationId} FOR NO KEY UPDATE`
}

/** That membership `m` holds one of the roles at the organization, for good. */
const holdsOne = (organizationId: string, roleIds: readonly string[]): Prisma.Sql =>
  Prisma.sql`m."id" IN (${holdersSql({ organizationId, roleIds, atOrganization: true, when: 'for-good' })})`

/**
 * That membership `m` is an administrator: active, holding `member:write` and `assignment:write` at the
 * organization without end, through one role or two, held themselves or through a group.
 */
function isAdministrator(organizationId: string, roles: AdministratorRoles): Prisma.Sql {
  const halves = [
    ...(roles.everyone.members ? [] : [holdsOne(organizationId, roles.members)]),
    ...(roles.everyone.assignments ? [] : [holdsOne(organizationId, roles.assignments)]),
  ]
  return Prisma.join([Prisma.sql`m."organizationId" = ${organizationId} AND m."status" = 'active'`, ...halves], ' AND ')
}

/** Ids of administrators, at most `limit`, of `only` these memberships when given; somebody invited or suspended is none. */
export async function findAdministrators(inside: Inside, limit: number, only?: readonly string[]): Promise<string[]> {
  const roles = await findAdministratorRoles(inside)
  const among = only === undefined ? Prisma.empty : Prisma.sql` AND m."id" = ANY(${[...only]})`
  const rows = await inside.tx.$queryRaw<{ id: string }[]>`SELECT m."id" FROM "Membership" m WHERE ${isAdministrator(inside.orgId, roles)}${among} LIMIT ${limit}`
  return rows.map(({ id }) => id)
}

/** Most administrators that are looked through for one whom guardrails let pass. */
const LOOKED_AT_MAX = 1_000

const DOORS = ['member:write', 'assignment:write'].map((name) => CORE_PREFIX + name)

/** Administrators whom the guardrails leave what makes them such, at most `limit`. */
async function findUnbarred(inside: Inside, limit: number): Promise<string[]> {
  const { tx, orgId, model } = inside
  const guardrails = await tx.policy.findUnique({ where: { organizationId_ownerId: { organizationId: orgId, ownerId: orgId } }, select: { text: true } })
  if (!guardrails || guardrails.text.trim() === '') return findAdministrators(inside, limit)
  const isBarred = barrierOf(model, guardrails.text, orgId, requestFacts().address)
  const ids = await findAdministrators(inside, LOOKED_AT_MAX)
  const groups = await tx.groupMember.findMany({ where: { organizationId: orgId, membershipId: { in: ids } }, select: { membershipId: true, groupId: true } })
  const groupsOf = new Map<string, string[]>()
  for (const { membershipId, groupId } of groups) groupsOf.set(membershipId, [...(groupsOf.get(membershipId) ?? []), groupId])
  const passes = (id: string) => {
    const who = { kind: 'user' as const, id, groupIds: groupsOf.get(id) ?? [] }
    return !DOORS.some((permission) => isBarred(who, permission))
  }
  return ids.filter(passes).slice(0, limit)
}

/** The membership whose administrator cannot go, or null when there are several (or none). */
export async function findLastAdministrator(inside: Inside): Promise<string | null> {
  const [first, second] = await findUnbarred(inside, 2)
  return first !== undefined && second === undefined ? first : null
}

/**
 * Refuses a change after which nobody could manage people any more. Call it after the change, in the
 * transaction that called `lockOrganization` before it.
 *
 * @throws AppError `last-administrator`
 */
export async function assertAdministratorRemains(inside: Inside): Promise<void> {
  const [one] = await findUnbarred(inside, 1)
  if (one !== undefined) return
  throw new AppError('last-administrator', 'nobody else who is active may manage users and role assignments for good; give somebody such a role first, then try again')
}
