import type { Ctx } from '@/lib/access/context'
import { excludeSessions } from '@/lib/access/principals/session'
import type { AuditEntry, Target } from '@/lib/boundary/audit'
import { AppError } from '@/lib/errors'
import { assertCreatorsStay } from '@/lib/features/resources/creators'
import { findAssignments } from '@/lib/features/roles/queries'
import { assignmentInWords, type ResolvedAssignment } from '@/lib/features/roles/rules'
import { assertAdministratorRemains } from './last-administrator'

/** Somebody whose row is held until the transaction ends. */
export type Person = { id: string; email: string; status: 'invited' | 'active' | 'suspended'; accountId: string | null; directoryId: string | null }

export const personTarget = ({ id, email }: { id: string; email: string }): Target => ({ type: 'user', id, name: email })

/** Somebody of this organization, row held until the transaction ends. @throws AppError `not-found` */
export async function lockPerson(ctx: Ctx, id: string): Promise<Person> {
  const [person] = await ctx.tx.$queryRaw<Person[]>`
    SELECT "id", "email", "status"::text AS "status", "accountId", "directoryId" FROM "Membership" WHERE "organizationId" = ${ctx.orgId} AND "id" = ${id} FOR UPDATE`
  if (!person) throw new AppError('not-found', `no user \`${id}\``)
  return person
}

const update = (ctx: Ctx, id: string, data: { status: 'invited' | 'active' | 'suspended'; suspendedAt: Date | null }) =>
  ctx.tx.membership.update({ where: { organizationId_id: { organizationId: ctx.orgId, id } }, data, select: { id: true } })

const endSessionsOf = (ctx: Ctx, { accountId }: Person): Promise<number> =>
  accountId === null ? Promise.resolve(0) : excludeSessions(ctx.tx, accountId, ctx.orgId)

/**
 * Keeps somebody out until resumed: their sessions no longer reach the organization, their keys stop. Roles stay.
 * The organization is locked before. Tells the log nothing when they are out already.
 *
 * @throws AppError `last-administrator`
 */
export async function keepOut(ctx: Ctx, person: Person): Promise<AuditEntry[]> {
  if (person.status === 'suspended') return []
  await update(ctx, person.id, { status: 'suspended', suspendedAt: ctx.now })
  await assertAdministratorRemains(ctx)
  const sessionsEnded = await endSessionsOf(ctx, person)
  return [{ event: 'member.suspend', targets: [personTarget(person)], before: { status: person.status }, after: { status: 'suspended' }, detail: { sessionsEnded } }]
}

/** Lets somebody in again who was kept out, with the roles and keys they had; who never came is invited again. */
export async function letIn(ctx: Ctx, person: Person): Promise<AuditEntry[]> {
  if (person.status !== 'suspended') return []
  const status = person.accountId === null ? 'invited' : 'active'
  await update(ctx, person.id, { status, suspendedAt: null })
  return [{ event: 'member.resume', targets: [personTarget(person)], before: { status: 'suspended' }, after: { status } }]
}

/** Keys that were handed over before a membership ends, and to which service account. */
export type Handover = { account: Target; keys: Target[] } | null

/** A role as the log tells it, with its end. */
export const heldInWords = (assignment: ResolvedAssignment): string =>
  assignmentInWords(assignment) + (assignment.expiresAt ? ` until ${assignment.expiresAt.toISOString()}` : '')

/**
 * Ends a membership: roles and keys go with it; the account stays, as do other organizations of the person.
 *
 * @param handOver moves keys elsewhere before; null when they are to be revoked
 * @throws AppError `last-administrator`, `conflict` for who made something that must keep its maker
 */
export async function endMembership(ctx: Ctx, person: Person, handOver: (() => Promise<Handover>) | null): Promise<{ revoked: number; handedOver: number; entry: AuditEntry }> {
  const { id, status } = person
  await assertCreatorsStay(ctx, { membershipId: id })
  const roles = await findAssignments(ctx, id)
  const handover = handOver === null ? null : await handOver()
  const keys = await ctx.tx.apiKey.findMany({ where: { organizationId: ctx.orgId, membershipId: id, status: { not: 'revoked' } }, select: { id: true, name: true } })
  await ctx.tx.membership.delete({ where: { organizationId_id: { organizationId: ctx.orgId, id } }, select: { id: true } })
  if (status === 'active') await assertAdministratorRemains(ctx)
  const sessionsEnded = await endSessionsOf(ctx, person)
  const entry: AuditEntry = {
    event: 'member.remove',
    targets: [personTarget(person), ...keys.map((key) => ({ type: 'api_key', ...key })), ...(handover ? [handover.account, ...handover.keys] : [])],
    before: { status, roles: roles.map(heldInWords) },
    detail: { sessionsEnded, apiKeysRevoked: keys.length, ...(handover && { apiKeysHandedOver: handover.keys.length, handedOverTo: handover.account.name }) },
  }
  return { revoked: keys.length, handedOver: handover?.keys.length ?? 0, entry }
}
