import type { Ctx } from '@/lib/access/context'
import { barrierOf } from '@/lib/access/policies/barrier'
import { CORE_PREFIX } from '@/lib/access/models/catalogue'
import { readPolicyText } from '@/lib/access/policies/policy-text'
import type { AuditJson, Target } from '@/lib/boundary/audit'
import type { Outcome } from '@/lib/boundary/operation'
import { AppError } from '@/lib/errors'
import { assertAdministratorRemains } from '@/lib/features/members/last-administrator'
import { giverOf } from '@/lib/features/roles/insert'
import { newId } from '@/lib/ids'
import { checkOwnedText } from './checking'
import { requirePolicyHeld } from './held'
import { requireAgreement } from './judge'
import { changesInWords } from './line-diff'
import { findPolicy, findPolicyTests } from './queries'
import { requirePassed, requireValid, type PolicyOwner, type PolicyTestRow } from './rules'
import type { PolicyTestInput, Saving } from './schema'
import { indexOf, runTests } from './trial'

/** What a save answers. */
export type Saved = { ownerId: string; version: number; isChanged: boolean }

const targetOf = (ctx: Ctx, { kind, ownerId, name }: PolicyOwner): Target =>
  (kind === 'group' ? { type: 'group', id: ownerId, name } : { type: 'organization', id: ctx.orgId, name: ctx.organization.name })

/**
 * Statements whose gain the author must hold: those that were not there before; all of them when a forbid of before is gone,
 * since it held back others.
 */
function gained(before: string, after: string): ReadonlySet<number> | undefined {
  const slices = (text: string) => readPolicyText(text).statements.map(({ start, end, json, index }) => ({ text: text.slice(start, end), effect: json.effect, index }))
  const [old, now] = [slices(before), slices(after)]
  const texts = new Set(now.map(({ text }) => text))
  if (old.some(({ effect, text }) => effect === 'forbid' && !texts.has(text))) return undefined
  const known = new Set(old.map(({ text }) => text))
  return new Set(now.filter(({ text }) => !known.has(text)).map(({ index }) => index))
}

const sameTests = (one: readonly PolicyTestInput[], other: readonly PolicyTestRow[]): boolean =>
  JSON.stringify(one.map(plain)) === JSON.stringify(other.map(plain))

const plain = ({ name, principalId, action, resource: { type, id }, context, isAllowed }: PolicyTestInput | PolicyTestRow) => [name, principalId, action, type, id, Object.entries(context).sort(), isAllowed]

async function replaceTests(ctx: Ctx, ownerId: string, tests: readonly PolicyTestInput[]): Promise<void> {
  await ctx.tx.policyTest.deleteMany({ where: { organizationId: ctx.orgId, ownerId } })
  await ctx.tx.policyTest.createMany({
    data: tests.map(({ name, principalId, action, resource, context, isAllowed }) =>
      ({ id: newId('policy'), organizationId: ctx.orgId, ownerId, name, principalId, action, resourceType: resource.type, resourceId: resource.id, context, isAllowed })),
  })
}

/** Guardrails must leave an administrator, and their author the door through which they can be changed again. */
async function requireWayBack(ctx: Ctx, text: string): Promise<void> {
  await assertAdministratorRemains(ctx)
  const { type, id } = ctx.principal
  if (type === 'command' || type === 'directory') return
  const groups = await ctx.tx.groupMember.findMany({ where: { organizationId: ctx.orgId, membershipId: id }, select: { groupId: true } })
  const isBarred = barrierOf(ctx.model, text, ctx.orgId, ctx.request.address)
  if (!isBarred({ kind: type, id, groupIds: groups.map(({ groupId }) => groupId) }, `${CORE_PREFIX}guardrail:write`)) return
  throw new AppError('conflict', 'these guardrails would keep you yourself from changing them again; leave `gatehouse/guardrail:write` out of what they forbid')
}

/**
 * Saves a text, its tests with it when they are given: valid, naming only what the organization has, giving only what its
 * author holds, passing its tests, and decided by us as by Cedar. The organization must be locked.
 *
 * @throws AppError `precondition-failed` when another version was saved meanwhile, `invalid-input`, `forbidden`, `policy-tests-fail`,
 *   `last-administrator`
 */
export async function saveText(ctx: Ctx, owner: PolicyOwner, { text, version: expected, note, tests, overrideReason }: Saving): Promise<Outcome<Saved>> {
  const { ownerId } = owner
  const before = await findPolicy(ctx, ownerId)
  if (expected !== undefined && expected !== before.version)
    throw new AppError('precondition-failed', `version ${before.version} was saved meanwhile by ${before.savedByName || 'somebody else'}; look at it, then save again`)
  requireValid(text, (await checkOwnedText(ctx, owner, text)).problems)
  if (owner.kind === 'group') {
    const only = gained(before.text, text)
    await requirePolicyHeld(ctx, { resourceId: owner.resourceId, text, ...(only && { only }) })
  }
  const stored = await findPolicyTests(ctx, ownerId)
  const areTestsNew = tests !== undefined && !sameTests(tests, stored)
  const outcomes = await runTests(ctx, owner, text, tests ?? stored.map(({ id: _, ...test }) => test))
  requirePassed(outcomes, overrideReason)
  if (areTestsNew) await replaceTests(ctx, ownerId, tests)
  const failing = outcomes.filter(({ hasPassed }) => !hasPassed).length
  const target = targetOf(ctx, owner)
  if (text === before.text) {
    const value = { ownerId, version: before.version, isChanged: areTestsNew }
    return areTestsNew ? { value, targets: [target], detail: { tests: tests.length } } : { value, events: [] }
  }
  requireAgreement(await indexOf(ctx), ctx.model, text)
  const version = before.version + 1
  const row = { text, version, savedByName: giverOf(ctx).name, savedAt: ctx.now }
  const key = { organizationId: ctx.orgId, ownerId }
  await ctx.tx.policy.upsert({ where: { organizationId_ownerId: key }, create: { ...key, ...row }, update: row, select: { version: true } })
  await ctx.tx.policyVersion.create({ data: { ...key, ...row, note, overrideReason: failing > 0 ? (overrideReason ?? '') : '' }, select: { version: true } })
  if (owner.kind === 'guardrails') await requireWayBack(ctx, text)
  const detail: AuditJson = {
    changes: changesInWords(before.text, text), ...(note !== '' && { note }), ...(areTestsNew && { tests: tests.length }),
    ...(failing > 0 && { failingTests: failing, overrideReason: overrideReason ?? '' }),
  }
  return { value: { ownerId, version, isChanged: true }, targets: [target], before: { version: before.version }, after: { version }, detail }
}

/** Replaces the tests and nothing else; they may fail on the text as it is. The organization must be locked. */
export async function saveTests(ctx: Ctx, owner: PolicyOwner, tests: readonly PolicyTestInput[]): Promise<Outcome<{ ownerId: string; tests: number }>> {
  const value = { ownerId: owner.ownerId, tests: tests.length }
  const stored = await findPolicyTests(ctx, owner.ownerId)
  if (sameTests(tests, stored)) return { value, events: [] }
  await replaceTests(ctx, owner.ownerId, tests)
  return { value, targets: [targetOf(ctx, owner)], before: { tests: stored.length }, after: { tests: tests.length } }
}
