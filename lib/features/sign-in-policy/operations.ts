import type { Ctx } from '@/lib/access/context'
import { operation } from '@/lib/boundary/operation'
import { AppError } from '@/lib/errors'
import { lockOrganization } from '@/lib/features/members/last-administrator'
import { resolveAssignments } from '@/lib/features/roles/queries'
import { requireHeld } from '@/lib/features/roles/rules'
import { findSignInPolicy, findSsoOnlyEffects, type SsoOnlyEffects } from './queries'
import { UpdateSignInPolicyInput } from './schema'

/** The default role. It must be the giver's own, since it is given to whoever comes in. @throws AppError */
export async function findDefault(ctx: Ctx, role: string): Promise<{ id: string; title: string }> {
  const [resolved] = await resolveAssignments(ctx, [{ role }], () => 'defaultRole')
  if (!resolved) throw new AppError('not-found', `no role \`${role}\``)
  requireHeld(ctx.rights, [resolved])
  return { id: resolved.roleId, title: resolved.roleTitle }
}

/** SSO-only begins where somebody has shown that they come in. @throws AppError `conflict` */
export async function requireTested(ctx: Ctx): Promise<NonNullable<SsoOnlyEffects['testedHere']>> {
  if (ctx.actor.type !== 'session') throw new AppError('conflict', 'SSO-only is switched on in the console, by somebody who has tested a connection in that browser')
  const { testedHere } = await findSsoOnlyEffects(ctx)
  if (testedHere === null) throw new AppError('conflict', 'enable a connection and test it in this browser, as yourself, before you switch SSO-only on; otherwise you could be locked out')
  return testedHere
}

/** The session of whoever switches it on goes on as one that came through the connection they tested. */
async function carryOver(ctx: Ctx, { id, kind }: { id: string; kind: string }): Promise<void> {
  if (ctx.actor.type !== 'session' || ctx.actor.through) return
  await ctx.tx.session.update({ where: { id: ctx.actor.sessionId }, data: { organizationId: ctx.orgId, connectionId: id, method: kind }, select: { id: true } })
  // The same request shows the page again, as whom it found at its beginning.
  Object.assign(ctx.actor, { method: kind, through: { organizationId: ctx.orgId, connectionId: id } })
}

/**
 * Changes how people sign in. SSO-only closes the organization at once to sessions that came another way; keys and tokens
 * are never asked.
 */
export const updateSignInPolicy = operation({
  event: 'sign-in-policy.update',
  permission: 'sign-in:write',
  mayBeThroughGlass: true,
  recent: ({ ssoOnly }) => ssoOnly !== undefined,
  input: UpdateSignInPolicyInput,
  run: async (ctx, { ssoOnly, autoprovision, defaultRole }) => {
    await lockOrganization(ctx.tx, ctx.orgId)
    const before = await findSignInPolicy(ctx)
    const isSwitchedOn = ssoOnly === true && !before.ssoOnly
    const effects = isSwitchedOn ? await findSsoOnlyEffects(ctx) : null
    if (isSwitchedOn) await carryOver(ctx, await requireTested(ctx))
    await ctx.tx.organization.update({
      where: { id: ctx.orgId },
      data: {
        isSsoOnly: ssoOnly ?? before.ssoOnly, isAutoprovisioned: autoprovision ?? before.autoprovision,
        ...(defaultRole !== undefined && { autoprovisionRoleId: defaultRole === null ? null : (await findDefault(ctx, defaultRole)).id }),
      },
      select: { id: true },
    })
    const after = await findSignInPolicy(ctx)
    const words = ({ ssoOnly: only, autoprovision: auto, defaultRole: role }: typeof after) => ({ ssoOnly: only ? 'on' : 'off', autoprovision: auto ? 'on' : 'off', defaultRole: role?.title ?? null })
    if (JSON.stringify(before) === JSON.stringify(after)) return { value: after, events: [] }
    return {
      value: after, targets: [{ type: 'organization', id: ctx.orgId, name: ctx.organization.name }], before: words(before), after: words(after),
      ...(effects && { detail: { signedOut: effects.signedOut.count, withoutConnection: effects.withoutConnection.count } }),
    }
  },
})
