import type { Ctx } from '@/lib/access/context'
import type { Target } from '@/lib/boundary/audit'
import { namesOf, resourceIdInPolicies } from '@/lib/access/policies/names'
import { tokenName } from '@/lib/access/principals/credential-row'
import { AppError } from '@/lib/errors'
import { findPoliciesNaming } from '@/lib/features/policies/naming'
import { placeOfMappings } from '@/lib/features/roles/group-mappings'
import type { Place } from './rules'

/** What goes with a resource: who held which role on it, and its locked group. */
export type Gone = { targets: Target[]; roles: string[] }

type Holder = { email?: string; name?: string } | null

const holderOf = (...holders: Holder[]): string => holders.map((holder) => holder?.email ?? holder?.name).find((name) => name !== undefined) ?? 'somebody'

/**
 * What a policy or a guardrail names stays: its text could not be saved again otherwise, and a forbid would end unseen.
 *
 * @throws AppError `conflict` saying which
 */
export async function requireUnnamed(ctx: Ctx, found: Place & { externalId: string | null }): Promise<void> {
  const naming = await findPoliciesNaming(ctx, resourceIdInPolicies(ctx.model, found), namesOf(ctx.model).typeOf(found.type))
  const born = await ctx.tx.group.findMany({ where: { organizationId: ctx.orgId, resourceId: found.id, isAdmin: true }, select: { id: true } })
  for (const { id } of born) naming.push(...(await findPoliciesNaming(ctx, id)))
  const [first, ...others] = new Set(naming)
  if (first === undefined) return
  throw new AppError('conflict', `\`${found.name}\` is named in ${[first, ...others].join(' and ')}; take it out there first`)
}

/** @throws AppError `conflict` while any of these are there */
function requireGone(name: string, kind: string, there: readonly string[]): void {
  if (there.length === 0) return
  const [named, more, isOne] = [there.slice(0, 3).map((each) => `\`${each}\``).join(', '), there.length - 3, there.length === 1]
  throw new AppError('conflict', `\`${name}\` still has ${isOne ? `the ${kind}` : `${kind}s`} ${named}${more > 0 ? ` and ${more} more` : ''}; delete ${isOne ? 'it' : 'them'} first`)
}

/**
 * Takes away what belongs to a resource that is to be deleted.
 *
 * @throws AppError `conflict` while groups other than its locked one belong to it, application tokens hold their role here, or mappings give roles here
 */
export async function deleteBelongings(ctx: Ctx, { id, name }: Place): Promise<Gone> {
  const groups = await ctx.tx.group.findMany({ where: { organizationId: ctx.orgId, resourceId: id }, select: { id: true, name: true, isAdmin: true }, orderBy: { name: 'asc' } })
  requireGone(name, 'group', groups.filter(({ isAdmin }) => !isAdmin).map((group) => group.name))
  const mapped = await placeOfMappings(ctx, id)
  if (mapped !== null) throw new AppError('conflict', `\`${name}\` ${mapped}`)
  const tokens = await ctx.tx.applicationToken.findMany({ where: { organizationId: ctx.orgId, scopeId: id }, select: { description: true, publicId: true }, orderBy: { id: 'asc' }, take: 1000 })
  requireGone(name, 'application token', tokens.map(tokenName))
  const held = await ctx.tx.roleAssignment.findMany({
    where: { organizationId: ctx.orgId, scopeId: id },
    select: { role: { select: { title: true } }, membership: { select: { email: true } }, group: { select: { name: true } }, serviceAccount: { select: { name: true } } },
    orderBy: { id: 'asc' }, take: 200,
  })
  await ctx.tx.roleAssignment.deleteMany({ where: { organizationId: ctx.orgId, scopeId: id } })
  await ctx.tx.group.deleteMany({ where: { organizationId: ctx.orgId, id: { in: groups.map((group) => group.id) } } })
  return {
    targets: groups.map((group) => ({ type: 'group', id: group.id, name: group.name })),
    roles: held.map(({ role, membership, group, serviceAccount }) => `${role.title}: ${holderOf(membership, group, serviceAccount)}`),
  }
}
