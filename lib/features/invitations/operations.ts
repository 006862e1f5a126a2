import type { Ctx } from '@/lib/access/context'
import type { Target } from '@/lib/boundary/audit'
import { operation } from '@/lib/boundary/operation'
import { AppError } from '@/lib/errors'
import { lockOrganization } from '@/lib/features/members/last-administrator'
import { requireUnmanaged } from '@/lib/features/provisioning/managed'
import { requireMayGive } from '@/lib/features/role-assignments/rules'
import { insertAssignments } from '@/lib/features/roles/insert'
import { findAssignments, resolveAssignments } from '@/lib/features/roles/queries'
import { assignmentInWords, requireHeld, requireRoleCount, type ResolvedAssignment } from '@/lib/features/roles/rules'
import type { WantedAssignment } from '@/lib/features/roles/schema'
import { invitationIdOf, membershipIdOf } from '@/lib/ids'
import { invitationLink } from '@/lib/links'
import { countAttempt } from '@/lib/rate-limit'
import { insertInvitations, invitationEnd, mailInvitations, newNonce, type InvitationWords } from './insert'
import { dropWaitingMails, findInvitation, findInvited } from './queries'
import { addressProblem, type InviteResult } from './rules'
import { InvitationInput, InviteInput } from './schema'

const targetOf = ({ id, email }: { id: string; email: string }): Target => ({ type: 'user', id, name: email })

function wordsOf(ctx: Ctx, roles: readonly ResolvedAssignment[], message: string): InvitationWords {
  const { principal, organization } = ctx
  const inviter = principal.type === 'command' ? { id: null, name: organization.name } : { id: principal.id, name: principal.name }
  return { organizationId: ctx.orgId, organizationName: organization.name, inviter, roleTitles: roles.map(assignmentInWords), message }
}

/** The roles an invitation gives, the model's default when it names none. @throws AppError when the inviter may not give them */
async function rolesToGive(ctx: Ctx<'member:write'>, wanted: readonly WantedAssignment[]): Promise<ResolvedAssignment[]> {
  const { model } = ctx
  const { defaultRole } = model.rules
  const roles = await resolveAssignments(ctx, wanted.length === 0 && defaultRole !== null ? [{ role: defaultRole }] : wanted)
  requireRoleCount(model, roles.length)
  // The model's default role comes with being invited; what it permits must be the inviter's own all the same.
  if (wanted.length === 0) requireHeld(ctx.rights, roles)
  else requireMayGive(ctx.rights, roles)
  return roles
}

/** How many more fit into the organization; held until the transaction ends. */
async function findRoom(ctx: Ctx): Promise<number> {
  const { memberLimit } = ctx.organization
  if (memberLimit === null) return Infinity
  await lockOrganization(ctx.tx, ctx.orgId)
  return Math.max(0, memberLimit - (await ctx.tx.membership.count({ where: { organizationId: ctx.orgId } })))
}

/** Answers for each distinct address, invited ones inserted. */
async function invite(ctx: Ctx<'member:write'>, emails: readonly string[], words: InvitationWords): Promise<Map<string, InviteResult>> {
  const answers = new Map<string, InviteResult>()
  const answer = (result: InviteResult) => answers.set(result.email, result)
  for (const email of emails) {
    const problem = addressProblem(email)
    if (problem !== null) answer({ email, status: 'invalid', detail: problem })
  }
  const room = await findRoom(ctx)
  for (const known of await findInvited(ctx, emails.filter((email) => !answers.has(email)))) answer(known)
  const open = emails.filter((email) => !answers.has(email))
  const taken = room === Infinity ? open : open.slice(0, room)
  for (const { id, email } of await insertInvitations(ctx.tx, words, taken)) answer({ email, status: 'invited', id: invitationIdOf(id) })
  // Somebody else invited these a moment ago.
  for (const raced of await findInvited(ctx, taken.filter((email) => !answers.has(email)))) answer(raced)
  const detail = `the organization may have ${ctx.organization.memberLimit ?? 0} users, invitations included`
  for (const email of open.slice(taken.length)) answer({ email, status: 'limit_reached', detail })
  return answers
}

/** One answer for each address given; one given again is told as invited already. */
function inOrder(emails: readonly string[], answers: ReadonlyMap<string, InviteResult>): InviteResult[] {
  const seen = new Set<string>()
  return emails.map((email) => {
    const answer = answers.get(email) ?? { email, status: 'invalid' as const }
    const isRepeated = seen.has(email)
    seen.add(email)
    return isRepeated && answer.status === 'invited' ? { ...answer, status: 'already_invited' as const, detail: 'given twice' } : answer
  })
}

/** Invites people, each address on its own: one that cannot be invited does not keep the others out. */
export const createInvitations = operation({
  event: 'invitation.create',
  permission: 'member:write',
  input: InviteInput,
  run: async (ctx, input) => {
    const emails = [...new Set(input.emails)]
    await countAttempt('invite-organization', ctx.orgId, emails.length)
    const roles = await rolesToGive(ctx, input.roles)
    const answers = await invite(ctx, emails, wordsOf(ctx, roles, input.message))
    const invited = [...answers.values()].filter(({ status }) => status === 'invited')
    await insertAssignments(ctx, invited.map(({ id = '' }) => membershipIdOf(id)), roles)
    const after = { roles: roles.map(assignmentInWords) }
    return {
      value: { results: inOrder(input.emails, answers) },
      events: invited.map(({ id = '', email }) => ({ targets: [targetOf({ id: membershipIdOf(id), email })], after: { email, ...after } })),
    }
  },
})

/** The open invitation, whose roles the asker could have given: whoever holds its link could take them. */
async function openInvitation(ctx: Ctx<'member:write'>, invitationId: string) {
  const invitation = await findInvitation(ctx, invitationId)
  const roles = (await findAssignments(ctx, invitation.id)).filter(({ expiresAt }) => expiresAt === null || expiresAt > ctx.now)
  requireHeld(ctx.rights, roles)
  return { ...invitation, roles }
}

/** Mails an invitation again, good for another seven days. Links mailed before stop working. */
export const resendInvitation = operation({
  event: 'invitation.resend',
  permission: 'member:write',
  input: InvitationInput,
  run: async (ctx, input) => {
    await countAttempt('invite-organization', ctx.orgId)
    const { id, email, roles, invitationExpiresAt } = await openInvitation(ctx, input.id)
    const end = invitationEnd(ctx.now)
    const { count } = await ctx.tx.membership.updateMany({
      where: { organizationId: ctx.orgId, id, status: 'invited' },
      data: { invitationExpiresAt: end, invitationNonce: newNonce() },
    })
    if (count === 0) throw new AppError('conflict', `\`${email}\` has just accepted the invitation`)
    await dropWaitingMails(ctx, email)
    await mailInvitations(ctx.tx, wordsOf(ctx, roles, ''), [{ id, email }], end)
    return {
      value: { id: input.id, email, expiresAt: end.toISOString() },
      targets: [targetOf({ id, email })],
      before: { expiresAt: invitationExpiresAt?.toISOString() ?? null }, after: { expiresAt: end.toISOString() },
    }
  },
})

/** Takes an invitation back; its link stops working and a mail that still waits is not sent. */
export const revokeInvitation = operation({
  event: 'invitation.revoke',
  permission: 'member:write',
  input: InvitationInput,
  run: async (ctx, input) => {
    const { id, email, directoryId } = await findInvitation(ctx, input.id)
    await requireUnmanaged(ctx, { name: email, directoryId }, 'whether they may enter')
    const roles = await findAssignments(ctx, id)
    const { count } = await ctx.tx.membership.deleteMany({ where: { organizationId: ctx.orgId, id, status: 'invited' } })
    if (count === 0) throw new AppError('conflict', `\`${email}\` has just accepted the invitation`)
    await dropWaitingMails(ctx, email)
    return { value: { id: input.id, email }, targets: [targetOf({ id, email })], before: { email, roles: roles.map(assignmentInWords) } }
  },
})

/** The invitation's link, to hand over by other means than mail. Whoever has it can accept, so the log tells who took it. */
export const copyInvitationLink = operation({
  event: 'invitation.copy-link',
  permission: 'member:write',
  input: InvitationInput,
  run: async (ctx, input) => {
    const { id, email, invitationNonce, invitationExpiresAt } = await openInvitation(ctx, input.id)
    if (invitationExpiresAt && invitationExpiresAt <= ctx.now) throw new AppError('conflict', `the invitation of \`${email}\` has expired; resend it to get a new link`)
    return {
      value: { id: input.id, email, link: invitationLink({ id, invitationNonce }), expiresAt: invitationExpiresAt?.toISOString() ?? null },
      targets: [targetOf({ id, email })],
    }
  },
})
