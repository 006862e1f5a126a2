import type { Ctx, Entered } from '@/lib/access/context'
import type { AuditJson, Target } from '@/lib/boundary/audit'
import { operation } from '@/lib/boundary/operation'
import { AppError } from '@/lib/errors'
import { assertAdministratorRemains, lockOrganization } from '@/lib/features/members/last-administrator'
import { assertCreatorsStay } from '@/lib/features/resources/creators'
import { giverOf } from '@/lib/features/roles/insert'
import { findAssignments, resolveAssignments } from '@/lib/features/roles/queries'
import { assignmentInWords, isGiving, requireHeld, type ResolvedAssignment } from '@/lib/features/roles/rules'
import { newId } from '@/lib/ids'
import { findPrincipal, type Principal } from './principals'
import { findStoredAssignment, requireScopeOf } from './queries'
import { holdsExactlyOne, lockedReason, requireFitting } from './rules'
import { AssignmentInput, CreateAssignmentInput, UpdateAssignmentInput } from './schema'

type Held = ResolvedAssignment & { id: string }

/** What the log is told an assignment is about: itself, its principal, its role and the resource it is held at. */
const targetsOf = (id: string, { target }: Principal, given: ResolvedAssignment): Target[] => [
  { type: 'role_assignment', id, name: assignmentInWords(given) },
  target,
  { type: 'role', id: given.roleId, name: given.roleTitle },
  { type: given.scopeType, id: given.scopeId, name: given.scopeName },
]

const inWords = ({ roleTitle, scopeName, expiresAt }: ResolvedAssignment, reason?: string): AuditJson => ({
  role: roleTitle, scope: scopeName, expiresAt: expiresAt?.toISOString() ?? null, ...(reason && { reason }),
})

const scopeOfStored = ({ id }: { id: string }, entered: Entered): Promise<string> => requireScopeOf(entered, id)

/** What must go for a new assignment to stand: an ended one of the same role at the same place; where everybody holds one role, the others. */
function replacedBy(ctx: Ctx, principal: Principal, wanted: ResolvedAssignment, held: readonly Held[]): Held[] {
  const same = held.find(({ roleId, scopeId }) => roleId === wanted.roleId && scopeId === wanted.scopeId)
  if (same && (same.expiresAt === null || same.expiresAt > ctx.now))
    throw new AppError('already-exists', `\`${principal.name}\` holds \`${assignmentInWords(wanted)}\` already; change the end of what is there instead`)
  if (holdsExactlyOne(ctx.model, principal.type)) return [...held]
  return same ? [same] : []
}

/** Gives a role. It must be the giver's own at that resource; where everybody holds exactly one role, it replaces the one held. */
export const createAssignment = operation({
  event: 'assignment.create',
  permission: 'assignment:write',
  scope: ({ scope }) => scope,
  input: CreateAssignmentInput,
  run: async (ctx, { principal: ref, reason, ...given }) => {
    await lockOrganization(ctx.tx, ctx.orgId)
    const principal = await findPrincipal(ctx, ref)
    const [wanted] = await resolveAssignments(ctx, [given], (_index, field) => field)
    if (!wanted) throw new AppError('not-found', `no role \`${given.role}\``)
    requireFitting(ctx.model, principal, wanted)
    requireHeld(ctx.rights, [wanted])
    const replaced = replacedBy(ctx, principal, wanted, await findAssignments(ctx, principal.holder))
    requireMayTake(ctx, replaced)
    await assertCreatorsStay(ctx, { assignmentIds: replaced.map((each) => each.id) })
    await ctx.tx.roleAssignment.deleteMany({ where: { organizationId: ctx.orgId, id: { in: replaced.map(({ id }) => id) } } })
    const giver = giverOf(ctx)
    const id = newId('assignment')
    const { roleId, scopeId, expiresAt } = wanted
    await ctx.tx.roleAssignment.create({
      data: { id, organizationId: ctx.orgId, ...principal.holder, roleId, scopeId, expiresAt, reason, grantedById: giver.id, grantedByName: giver.name, createdAt: ctx.now },
    })
    if (replaced.length > 0) await assertAdministratorRemains(ctx)
    return {
      value: { id, replaced: replaced.map((each) => each.id) },
      targets: targetsOf(id, principal, wanted),
      ...(replaced.length > 0 && { before: { roles: replaced.map(assignmentInWords).sort() } }),
      after: inWords(wanted, reason),
    }
  },
})

/** Taking away needs no role, but the right to decide about access where it is held. @throws AppError `forbidden` */
function requireMayTake(ctx: Ctx, held: readonly Held[]): void {
  const refused = held.find(({ scopeId }) => !ctx.rights.holds('assignment:write', scopeId))
  if (!refused) return
  throw new AppError('forbidden', `\`${assignmentInWords(refused)}\` would be replaced, and taking it away needs \`assignment:write\` there`, { missing: { permission: 'assignment:write', scope: refused.scopeId } })
}

const sameMoment = (one: Date | null, other: Date | null): boolean => one?.getTime() === other?.getTime()

/** Changes when an assignment ends, or why it was given. To prolong is to give; to shorten is not. */
export const updateAssignment = operation({
  event: 'assignment.update',
  permission: 'assignment:write',
  scope: scopeOfStored,
  input: UpdateAssignmentInput,
  run: async (ctx, { id, ...change }) => {
    await lockOrganization(ctx.tx, ctx.orgId)
    const { principal, held, reason: reasonBefore } = await findStoredAssignment(ctx, id)
    const expiresAt = change.expiresAt === undefined ? held.expiresAt : change.expiresAt
    const reason = change.reason ?? reasonBefore
    const wanted = { ...held, expiresAt }
    const hasNewEnd = !sameMoment(expiresAt, held.expiresAt)
    if (!hasNewEnd && reason === reasonBefore) return { value: { id }, events: [] }
    if (hasNewEnd) requireChangeable(ctx, principal, wanted, held)
    if (hasNewEnd && !isGiving(wanted, held)) await assertCreatorsStay(ctx, { assignmentIds: [id] })
    await ctx.tx.roleAssignment.update({ where: { organizationId_id: { organizationId: ctx.orgId, id } }, data: { expiresAt, reason }, select: { id: true } })
    if (hasNewEnd) await assertAdministratorRemains(ctx)
    return { value: { id }, targets: targetsOf(id, principal, wanted), before: inWords(held, reasonBefore), after: inWords(wanted, reason) }
  },
})

/** That the end of an assignment may be changed so. @throws AppError `conflict`, `invalid-input`, `forbidden` */
function requireChangeable(ctx: Ctx, principal: Principal, wanted: ResolvedAssignment, held: ResolvedAssignment): void {
  const locked = lockedReason(principal)
  if (locked !== null) throw new AppError('conflict', locked)
  if (wanted.expiresAt !== null && wanted.expiresAt <= ctx.now) {
    const message = 'The end lies in the past; to stop it now, take the role away'
    throw new AppError('invalid-input', `\`expiresAt\`: ${message}`, { fields: [{ path: 'expiresAt', message }] })
  }
  if (isGiving(wanted, held)) requireHeld(ctx.rights, [wanted])
}

/** Whether somebody who must hold exactly one role holds no other; a program may be left with none. */
const isOnlyOne = async (ctx: Ctx, { type, holder }: Principal): Promise<boolean> =>
  holdsExactlyOne(ctx.model, type) && type !== 'service_account' && (await findAssignments(ctx, holder)).length === 1

/** Takes a role away. The last administrator keeps theirs; where everybody holds exactly one role, giving another replaces it. */
export const deleteAssignment = operation({
  event: 'assignment.delete',
  permission: 'assignment:write',
  scope: scopeOfStored,
  input: AssignmentInput,
  run: async (ctx, { id }) => {
    await lockOrganization(ctx.tx, ctx.orgId)
    const { principal, held, reason } = await findStoredAssignment(ctx, id)
    const locked = lockedReason(principal)
    if (locked !== null) throw new AppError('conflict', locked)
    await assertCreatorsStay(ctx, { assignmentIds: [id] })
    if (await isOnlyOne(ctx, principal))
      throw new AppError('conflict', `in the ${ctx.model.title} model everybody holds exactly one role; give \`${principal.name}\` another one, which replaces \`${held.roleTitle}\``)
    await ctx.tx.roleAssignment.delete({ where: { organizationId_id: { organizationId: ctx.orgId, id } }, select: { id: true } })
    await assertAdministratorRemains(ctx)
    return { value: { id }, targets: targetsOf(id, principal, held), before: inWords(held, reason) }
  },
})
