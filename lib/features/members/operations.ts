import type { Ctx } from '@/lib/access/context'
import type { AuditJson } from '@/lib/boundary/audit'
import { operation } from '@/lib/boundary/operation'
import { AppError } from '@/lib/errors'
import { mailPasswordReset } from '@/lib/features/accounts/password-reset'
import { assertCreatorsStay } from '@/lib/features/resources/creators'
import { handOverKeys } from '@/lib/features/service-accounts/handover'
import { insertAssignments } from '@/lib/features/roles/insert'
import { findAssignments, resolveAssignments } from '@/lib/features/roles/queries'
import { isGiving, requireHeld, requireRoleCount, type ResolvedAssignment } from '@/lib/features/roles/rules'
import { mailServerConfigured } from '@/lib/mail/outbox'
import { countAttempt } from '@/lib/rate-limit'
import { requireUnmanaged } from '@/lib/features/provisioning/managed'
import { assertAdministratorRemains, lockOrganization } from './last-administrator'
import { endMembership, heldInWords, keepOut, letIn, lockPerson, personTarget, type Person } from './life'
import { MemberFilter, MemberInput, RemoveMemberInput, SetRolesInput } from './schema'

type Member = Person & { accountId: string }

/** Somebody who has accepted, row held. @throws AppError `not-found`, `conflict` */
async function lockMember(ctx: Ctx, id: string): Promise<Member> {
  const person = await lockPerson(ctx, id)
  if (person.accountId === null) throw new AppError('conflict', `\`${person.email}\` has not accepted the invitation yet; revoke it instead`)
  return { ...person, accountId: person.accountId }
}

/** The same, unless a directory decides about them. @throws AppError `managed` */
async function lockOwnMember(ctx: Ctx, id: string): Promise<Member> {
  const person = await lockPerson(ctx, id)
  await requireUnmanaged(ctx, { name: person.email, directoryId: person.directoryId }, 'whether they may enter')
  return lockMember(ctx, id)
}

/** Keeps a member out until resumed: their sessions no longer reach the organization, their keys stop. Roles stay. */
export const suspendMember = operation({
  event: 'member.suspend',
  permission: 'member:write',
  input: MemberInput,
  run: async (ctx, { id }) => {
    await lockOrganization(ctx.tx, ctx.orgId)
    return { value: { id, status: 'suspended' as const }, events: await keepOut(ctx, await lockOwnMember(ctx, id)) }
  },
})

/** Lets a suspended member in again, with the roles they had; they sign in anew. */
export const resumeMember = operation({
  event: 'member.resume',
  permission: 'member:write',
  input: MemberInput,
  run: async (ctx, { id }) => {
    await lockOrganization(ctx.tx, ctx.orgId)
    return { value: { id, status: 'active' as const }, events: await letIn(ctx, await lockOwnMember(ctx, id)) }
  },
})

/** Ends a membership: roles go with it, and API keys are revoked or handed over. The account stays, as do other organizations of the person. */
export const removeMember = operation({
  event: 'member.remove',
  permission: 'member:write',
  recent: true,
  input: RemoveMemberInput,
  run: async (ctx, { id, handoverTo }) => {
    await lockOrganization(ctx.tx, ctx.orgId)
    const person = await lockPerson(ctx, id)
    await requireUnmanaged(ctx, { name: person.email, directoryId: person.directoryId }, 'whether they may enter')
    // Whom a directory kept out before they ever came has no invitation that could be revoked.
    const member = person.status === 'suspended' ? person : await lockMember(ctx, id)
    const { revoked, handedOver, entry } = await endMembership(ctx, member, handoverTo === undefined ? null : () => handOverKeys(ctx, id, handoverTo))
    return { value: { id, apiKeysRevoked: revoked, apiKeysHandedOver: handedOver }, events: [entry] }
  },
})

const placeOf = ({ roleId, scopeId }: ResolvedAssignment): string => `${roleId} ${scopeId}`

const sameEnd = (one: ResolvedAssignment, other: ResolvedAssignment | undefined): boolean =>
  other !== undefined && one.expiresAt?.getTime() === other.expiresAt?.getTime()

/**
 * Replaces all roles of a member or of an open invitation. Those that are new or last longer must be
 * the giver's own; what is taken away need not be.
 */
export const setMemberRoles = operation({
  event: 'member.set-roles',
  permission: 'assignment:write',
  input: SetRolesInput,
  run: async (ctx, input) => {
    await lockOrganization(ctx.tx, ctx.orgId)
    const person = await lockPerson(ctx, input.id)
    const wanted = await resolveAssignments(ctx, input.roles)
    requireRoleCount(ctx.model, wanted.length)
    const held = await findAssignments(ctx, person.id)
    const before = new Map(held.map((assignment) => [placeOf(assignment), assignment]))
    const changed = wanted.filter((each) => !sameEnd(each, before.get(placeOf(each))))
    requireHeld(ctx.rights, changed.filter((each) => isGiving(each, before.get(placeOf(each)))))
    const kept = new Set(wanted.filter((each) => !changed.includes(each)).map(placeOf))
    const gone = held.filter((each) => !kept.has(placeOf(each))).map(({ id }) => id)
    if (changed.length === 0 && gone.length === 0) return { value: { id: person.id, roles: wanted.length }, events: [] }
    await assertCreatorsStay(ctx, { assignmentIds: gone })
    await ctx.tx.roleAssignment.deleteMany({ where: { organizationId: ctx.orgId, id: { in: gone } } })
    await insertAssignments(ctx, [person.id], changed)
    await assertAdministratorRemains(ctx)
    const told = (list: readonly ResolvedAssignment[]): AuditJson => ({ roles: list.map(heldInWords).sort() })
    return { value: { id: person.id, roles: wanted.length }, targets: [personTarget(person)], before: told(held), after: told(wanted) }
  },
})

/** Mails a member a link to choose a new password. The link goes to the person only: the account is theirs. */
export const resetMemberPassword = operation({
  event: 'member.password-reset',
  permission: 'member:write',
  input: MemberInput,
  run: async (ctx, { id }) => {
    const member = await lockMember(ctx, id)
    await countAttempt('reset-account', member.email)
    await mailPasswordReset(ctx.tx, { id: member.accountId, email: member.email })
    return { value: { id, email: member.email, delivery: mailServerConfigured() ? ('queued' as const) : ('kept' as const) }, targets: [personTarget(member)] }
  },
})

/** Tells the log that the list was taken away; the rows themselves are streamed by their route. */
export const exportMembers = operation({
  event: 'member.export',
  permission: 'member:read',
  input: MemberFilter,
  run: (ctx, { sort, ...filter }) => {
    const target = { type: 'organization', id: ctx.orgId, name: ctx.organization.name }
    const asked = { ...filter, roleId: filter.roleId ?? null, sort: `${sort.direction === 'desc' ? '-' : ''}${sort.column}` }
    return Promise.resolve({ value: null, targets: [target], detail: { filter: asked } })
  },
})
