import type { DirectoryActor } from '@/lib/access/principals/actor'
import type { AuditEntry } from '@/lib/boundary/audit'
import { AppError } from '@/lib/errors'
import { newNonce, mailInvitations, invitationEnd } from '@/lib/features/invitations/insert'
import { endMembership, keepOut, letIn, lockPerson, personTarget } from '@/lib/features/members/life'
import { insertAssignments } from '@/lib/features/roles/insert'
import { resolveAssignments } from '@/lib/features/roles/queries'
import type { Prisma } from '@/lib/generated/prisma/client'
import { newId } from '@/lib/ids'
import { ScimError } from '@/lib/scim/error'
import type { JsonObject } from '@/lib/scim/json'
import { isUnchanged } from '@/lib/scim/resource'
import { changesOf, personFacts, type PersonFacts } from './facts'
import { policyOfLeavers } from './leavers'
import { findStoredUser, findUser } from './lists'
import { checkVersion, performScim, type DirectoryCtx } from './scim-operation'
import { versionOf, writableOf, type StoredUser } from './user-rows'

const taken = (what: string, value: string): ScimError => new ScimError(409, 'uniqueness', `another user has the ${what} \`${value.slice(0, 200)}\``)

/** Names under which people are found exist once in an organization. @throws ScimError `uniqueness` */
async function requireFree(ctx: DirectoryCtx, { userName, externalId, email }: Pick<PersonFacts, 'userName' | 'externalId' | 'email'>, own = ''): Promise<void> {
  const [known] = await ctx.tx.$queryRaw<{ id: string; isName: boolean; isAddress: boolean }[]>`
    SELECT "id", lower(coalesce("userName", "email")) = lower(${userName}) AS "isName", "email" = ${email} AS "isAddress" FROM "Membership"
    WHERE "organizationId" = ${ctx.orgId} AND "id" <> ${own} AND (lower(coalesce("userName", "email")) = lower(${userName}) OR "email" = ${email}) LIMIT 1`
  if (known?.isName) throw taken('user name', userName)
  if (known?.isAddress) throw taken('e-mail address', email)
  if (externalId === null) return
  const other = await ctx.tx.membership.findUnique({ where: { organizationId_externalId: { organizationId: ctx.orgId, externalId } }, select: { id: true } })
  if (other && other.id !== own) throw taken('external id', externalId)
}

async function requireRoom(ctx: DirectoryCtx): Promise<void> {
  const { memberLimit } = ctx.organization
  if (memberLimit === null || (await ctx.tx.membership.count({ where: { organizationId: ctx.orgId } })) < memberLimit) return
  throw new AppError('limit-reached', `the organization has reached its limit of ${memberLimit} users`)
}

/** JSON as Prisma wants it: nothing at all is told as such. */
const stored = (profile: JsonObject) => (Object.keys(profile).length === 0 ? {} : profile) satisfies Prisma.InputJsonObject

async function mailsInvitations(ctx: DirectoryCtx): Promise<boolean> {
  const directory = await ctx.tx.directory.findUniqueOrThrow({ where: { organizationId_id: { organizationId: ctx.orgId, id: ctx.directoryId } }, select: { sendsInvitations: true } })
  return directory.sendsInvitations
}

/** An invitation as anybody else gets it, from the directory: nobody is made a member of anything without their doing. */
async function invite(ctx: DirectoryCtx, person: { id: string; email: string }, roleTitles: readonly string[]): Promise<void> {
  const words = { organizationId: ctx.orgId, organizationName: ctx.organization.name, inviter: { id: null, name: ctx.principal.name }, roleTitles, message: '' }
  await mailInvitations(ctx.tx, words, [person], invitationEnd(ctx.now))
}

/** The role that everybody who comes in gets, where the access model has one. */
async function giveDefaultRole(ctx: DirectoryCtx, membershipId: string): Promise<string[]> {
  const { defaultRole } = ctx.model.rules
  const roles = defaultRole === null ? [] : await resolveAssignments(ctx, [{ role: defaultRole }])
  await insertAssignments(ctx, [membershipId], roles)
  return roles.map(({ roleTitle }) => roleTitle)
}

/**
 * Brings a person: a membership without an account, whether or not the address has one elsewhere. They come in by the
 * mailed link or by single sign-on, and until then the membership is an invitation.
 */
export const provisionUser = (actor: DirectoryActor, resource: JsonObject): Promise<JsonObject> =>
  performScim('member.bring', actor, async (ctx) => {
    const facts = personFacts(resource)
    const { userName, externalId, email, name, profile, isActive, hasAddress } = facts
    await requireFree(ctx, facts)
    await requireRoom(ctx)
    const id = newId('user')
    const isMailed = isActive && hasAddress && (await mailsInvitations(ctx))
    await ctx.tx.membership.create({
      data: {
        id, organizationId: ctx.orgId, email, name, externalId, userName, profile: stored(profile), directoryId: ctx.directoryId, status: isActive ? 'invited' : 'suspended',
        source: 'scim', invitedByName: ctx.principal.name, invitationNonce: newNonce(), createdAt: ctx.now, modifiedAt: ctx.now,
        ...(isActive ? {} : { suspendedAt: ctx.now }), ...(isMailed && { invitationExpiresAt: invitationEnd(ctx.now) }),
      },
      select: { id: true },
    })
    const roleTitles = await giveDefaultRole(ctx, id)
    if (isMailed) await invite(ctx, { id, email }, roleTitles)
    const after = { userName, email, externalId, active: isActive, ...(roleTitles.length > 0 && { roles: roleTitles }) }
    return { value: await findUser(ctx, id), events: [{ event: 'member.bring', targets: [personTarget({ id, email })], after }] }
  })

/** A person another directory decides about is not this one's to change. @throws ScimError 403 */
async function requireOwn(ctx: DirectoryCtx, { directoryId }: { directoryId: string | null }, what: string): Promise<void> {
  if (directoryId === null || directoryId === ctx.directoryId) return
  const other = await ctx.tx.directory.findUnique({ where: { organizationId_id: { organizationId: ctx.orgId, id: directoryId } }, select: { name: true } })
  throw new ScimError(403, undefined, `the ${what} is managed by ${other?.name ?? 'another directory'}`)
}

/** Writes what a directory says of somebody now. The address follows only while nobody has come, and the directory brought them. */
async function writePerson(ctx: DirectoryCtx, user: StoredUser, facts: PersonFacts): Promise<void> {
  const { userName, externalId, email, name, profile, hasAddress } = facts
  const follows = user.accountId === null && user.source === 'scim'
  const moves = follows && email !== user.email
  const isMailed = moves && hasAddress && user.status === 'invited' && (await mailsInvitations(ctx))
  await ctx.tx.membership.update({
    where: { organizationId_id: { organizationId: ctx.orgId, id: user.id } },
    data: {
      userName, externalId, profile: stored(profile), directoryId: ctx.directoryId, ...(user.accountId === null && { name }), ...(moves && { email, invitationNonce: newNonce() }),
      ...(isMailed && { invitationExpiresAt: invitationEnd(ctx.now) }),
    },
    select: { id: true },
  })
  if (isMailed) await invite(ctx, { id: user.id, email }, [])
}

/** Makes of a person what they are to be. Nothing is written when that is what they are. */
async function change(ctx: DirectoryCtx, id: string, after: (before: JsonObject) => JsonObject): Promise<AuditEntry[]> {
  const person = await lockPerson(ctx, id)
  const user = await findStoredUser(ctx, id)
  await requireOwn(ctx, user, 'user')
  const before = writableOf(user)
  const wanted = after(before)
  const facts = personFacts(wanted, { isActive: user.status !== 'suspended' })
  const next: JsonObject = { ...facts.profile, userName: facts.userName, ...(facts.externalId !== null && { externalId: facts.externalId }), active: facts.isActive }
  const isNew = user.directoryId === null
  if (!isNew && isUnchanged(before, next)) return []
  const email = user.accountId === null && user.source === 'scim' ? facts.email : user.email
  await requireFree(ctx, { ...facts, email }, id)
  const { active: _was, ...told } = before
  const { active: _is, ...tellNext } = next
  const events: AuditEntry[] = []
  if (isNew || !isUnchanged(told, tellNext)) {
    await writePerson(ctx, user, facts)
    events.push({ event: 'member.update-profile', targets: [personTarget({ id, email })], ...changesOf(told, tellNext), ...(isNew && { detail: { takenOver: true } }) })
  }
  const moved = { ...person, email }
  return [...events, ...(facts.isActive ? await letIn(ctx, moved) : await keepOut(ctx, moved))]
}

export type ChangeOptions = { ifMatch?: string | undefined }

/** Replaces or changes a person; `after` tells what they are to be from what they are. */
export const changeUser = (actor: DirectoryActor, id: string, after: (before: JsonObject) => JsonObject, { ifMatch }: ChangeOptions = {}): Promise<JsonObject> =>
  performScim('member.update-profile', actor, async (ctx) => {
    checkVersion(ifMatch, versionOf(await findUser(ctx, id)))
    const events = await change(ctx, id, after)
    return { value: await findUser(ctx, id), events }
  })

/** Ends a membership as the organization wants it: keys are revoked or handed over, and nobody is asked. */
export const deprovisionUser = (actor: DirectoryActor, id: string, { ifMatch }: ChangeOptions = {}): Promise<void> =>
  performScim('member.remove', actor, async (ctx) => {
    checkVersion(ifMatch, versionOf(await findUser(ctx, id)))
    const person = await lockPerson(ctx, id)
    await requireOwn(ctx, person, 'user')
    const { entry } = await endMembership(ctx, person, await policyOfLeavers(ctx, id))
    return { value: undefined, events: [entry] }
  })
