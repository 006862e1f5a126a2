import { rightsOf } from '@/lib/access/rights'
import { indexStore } from '@/lib/access/snapshots/index-store'
import { BREAK_GLASS_METHOD } from '@/lib/access/way-in'
import type { Ctx } from '@/lib/access/context'
import { operation } from '@/lib/boundary/operation'
import { AppError } from '@/lib/errors'
import { lockOrganization } from '@/lib/features/members/last-administrator'
import { giverOf } from '@/lib/features/roles/insert'
import { makeRecoveryCodes } from '@/lib/features/second-factors/recovery-codes'
import { newId } from '@/lib/ids'
import { findHolder } from './queries'
import { HolderInput, NothingInput } from './schema'

/** Few hold such codes: each is a way around the identity provider. */
export const HOLDERS_MAX = 10

const targetOf = ({ userId, email }: { userId: string; email: string }) => [{ type: 'user', id: userId, name: email }]

/** A code leads no further than its holder's rights, so it is for whoever may change the sign-in settings. @throws AppError `not-found`, `conflict` */
async function requireCandidate({ tx, orgId, now }: Ctx, id: string): Promise<{ userId: string; email: string }> {
  const member = await tx.membership.findUnique({ where: { organizationId_id: { organizationId: orgId, id } }, select: { email: true, status: true } })
  if (!member) throw new AppError('not-found', `no user \`${id}\``)
  if (member.status !== 'active') throw new AppError('conflict', `\`${member.email}\` is not active; only active administrators hold break-glass codes`)
  const { accessVersion } = await tx.organization.findUniqueOrThrow({ where: { id: orgId }, select: { accessVersion: true } })
  const index = await indexStore().atLeast(orgId, Number(accessVersion))
  if (!rightsOf(index, id, now).holds('sign-in:write')) throw new AppError('conflict', `\`${member.email}\` may not change the sign-in settings (\`sign-in:write\`), and a code would open nothing for them`)
  return { userId: id, email: member.email }
}

/** Chooses an administrator to hold break-glass codes. They make the codes themselves. @throws AppError `conflict`, `limit-reached` */
export const addHolder = operation({
  event: 'break-glass.add-holder',
  permission: 'sign-in:write',
  input: HolderInput,
  recent: true,
  run: async (ctx, { userId }) => {
    // Of two choices at once the second counts the first.
    await lockOrganization(ctx.tx, ctx.orgId)
    const candidate = await requireCandidate(ctx, userId)
    if ((await ctx.tx.breakGlassHolder.count({ where: { organizationId: ctx.orgId } })) >= HOLDERS_MAX) throw new AppError('limit-reached', `at most ${HOLDERS_MAX} administrators hold break-glass codes`)
    const { id: chosenById, name: chosenByName } = giverOf(ctx)
    const { count } = await ctx.tx.breakGlassHolder.createMany({ data: [{ organizationId: ctx.orgId, membershipId: userId, chosenById, chosenByName, chosenAt: ctx.now }], skipDuplicates: true })
    if (count === 0) throw new AppError('already-exists', `\`${candidate.email}\` may hold break-glass codes already`)
    return { value: { userId }, targets: targetOf(candidate) }
  },
})

/** Takes the codes of a holder, and ends what they have opened. @throws AppError `not-found` */
export const removeHolder = operation({
  event: 'break-glass.remove-holder',
  permission: 'sign-in:write',
  input: HolderInput,
  recent: true,
  run: async (ctx, { userId }) => {
    const holder = await findHolder(ctx, userId)
    await ctx.tx.breakGlassHolder.delete({ where: { organizationId_membershipId: { organizationId: ctx.orgId, membershipId: userId } } })
    const { count } = await ctx.tx.session.updateMany({
      where: { organizationId: ctx.orgId, method: BREAK_GLASS_METHOD, endedAt: null, account: { memberships: { some: { organizationId: ctx.orgId, id: userId } } } }, data: { endedAt: ctx.now, endReason: 'break-glass-removed' },
    })
    return { value: { userId }, targets: targetOf(holder), before: { codesLeft: holder.codesLeft }, detail: { sessionsEnded: count } }
  },
})

/** Whether somebody is at the browser who may make codes for themselves. @throws AppError `conflict` */
async function requireOwnHolder(ctx: Ctx): Promise<{ userId: string; email: string }> {
  const { actor, membership } = ctx
  if (actor.type !== 'session' || membership === null) throw new AppError('conflict', 'break-glass codes are made by their holder, in a browser')
  const holder = await ctx.tx.breakGlassHolder.findUnique({ where: { organizationId_membershipId: { organizationId: ctx.orgId, membershipId: membership.id } }, select: { membershipId: true } })
  if (!holder) throw new AppError('conflict', 'an administrator has to choose you as a holder of break-glass codes first')
  const { hasSecondFactor } = await ctx.tx.account.findUniqueOrThrow({ where: { id: actor.accountId }, select: { hasSecondFactor: true } })
  if (!hasSecondFactor) throw new AppError('conflict', 'a break-glass code works together with your password and a second factor; set up a second factor on the Security page of your account first')
  return { userId: membership.id, email: membership.email }
}

/** Ten new codes for oneself, shown once; earlier ones stop working. @throws AppError `conflict` */
export const makeCodes = operation({
  event: 'break-glass.make-codes',
  permission: 'sign-in:write',
  input: NothingInput,
  recent: true,
  run: async (ctx) => {
    const self = await requireOwnHolder(ctx)
    const { codes, rows } = await makeRecoveryCodes()
    const own = { organizationId: ctx.orgId, membershipId: self.userId }
    // Held only after the slow hashes: of two that make codes at once, those of the later are good and no others.
    await ctx.tx.$executeRaw`SELECT 1 FROM "BreakGlassHolder" WHERE "organizationId" = ${own.organizationId} AND "membershipId" = ${own.membershipId} FOR UPDATE`
    await ctx.tx.breakGlassCode.deleteMany({ where: own })
    await ctx.tx.breakGlassCode.createMany({ data: rows.map(({ label, hash }) => ({ id: newId('breakGlassCode'), ...own, label, codeHash: hash, createdAt: ctx.now })) })
    return { value: { codes }, targets: targetOf(self) }
  },
})
