import type { Ctx } from '@/lib/access/context'
import { previewModel } from '@/lib/access/model-preview'
import type { AccessModel } from '@/lib/access/models/access-model'
import { indexStore } from '@/lib/access/snapshots/index-store'
import type { AccessShift, ModelImpact } from './impact-lines'
import { findInventory } from './inventory'
import { findBrokenPolicies } from './policies'
import { breaksBy, conflictsWith, goneRoles, lostPlaces, namedChanges, type Inventory } from './rules'

export type Impact = Omit<ModelImpact, 'shifts' | 'shiftCount'> & { inventory: Inventory }

/** What stands in the way of a new model, and what it breaks. */
export async function findImpact(ctx: Ctx, after: AccessModel): Promise<Impact> {
  const inventory = await findInventory(ctx)
  const policies = await findBrokenPolicies(ctx, after)
  return {
    inventory,
    changes: namedChanges(ctx.model, after),
    refused: [...conflictsWith(after, inventory), ...policies.guardrails],
    breaks: [...breaksBy(after, inventory), ...policies.groups],
  }
}

/** Names of users, groups and service accounts by id. */
async function namesOf({ tx, orgId }: Ctx, ids: readonly string[]): Promise<ReadonlyMap<string, { type: string; name: string }>> {
  const where = { organizationId: orgId, id: { in: [...ids] } }
  const members = await tx.membership.findMany({ where, select: { id: true, name: true, email: true } })
  const groups = await tx.group.findMany({ where, select: { id: true, name: true } })
  const accounts = await tx.serviceAccount.findMany({ where, select: { id: true, name: true } })
  const found = new Map<string, { type: string; name: string }>()
  for (const { id, name, email } of members) found.set(id, { type: 'user', name: name || email })
  for (const { id, name } of groups) found.set(id, { type: 'group', name })
  for (const { id, name } of accounts) found.set(id, { type: 'service_account', name })
  return found
}

/** Who gains and who loses what under a new model, as the organization is now. */
export async function findShifts(ctx: Ctx, after: AccessModel, inventory: Inventory): Promise<{ shifts: AccessShift[]; shiftCount: number }> {
  const store = indexStore()
  const index = await store.atLeast(ctx.orgId, 0)
  const change = { model: after, goneRoleIds: new Set(goneRoles(after, inventory).map(({ id }) => id)), lostPlaces: lostPlaces(after, inventory) }
  const { shifts, count } = previewModel(index, await store.rows(ctx.orgId), change, ctx.now.getTime())
  const names = await namesOf(ctx, shifts.map(({ principalId }) => principalId))
  return {
    shiftCount: count,
    shifts: shifts.map(({ principalId, scope, gains, loses }) => ({
      principal: { id: principalId, ...(names.get(principalId) ?? { type: 'user', name: principalId }) },
      scope: scope.id === ctx.orgId ? { ...scope, name: ctx.organization.name } : scope, gains, loses,
    })),
  }
}
