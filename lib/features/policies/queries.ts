import { z } from 'zod'
import type { Ctx } from '@/lib/access/context'
import { AppError } from '@/lib/errors'
import { findGroupFacts, findVisibleGroup } from '@/lib/features/groups/queries'
import { decodeCursor, listFingerprint, toPage, type Page } from '@/lib/pagination'
import { countChanges } from './line-diff'
import type { PolicyOwner, PolicyTestRow, PolicyVersionDetail, PolicyVersionRow, StoredPolicy } from './rules'

type Inside = Pick<Ctx, 'tx' | 'orgId'>

export const guardrailsOwner = (orgId: string): PolicyOwner => ({ ownerId: orgId, name: 'guardrails', kind: 'guardrails', resourceId: null })

/** A group as the owner of its policy. @throws AppError `not-found` */
export async function findGroupOwner(ctx: Inside, groupId: string): Promise<PolicyOwner & { isAdmin: boolean }> {
  const { name, resourceId, isAdmin } = await findGroupFacts(ctx, groupId)
  return { ownerId: groupId, name, kind: 'group', resourceId, isAdmin }
}

/** The same, when the asker may see the group. @throws AppError `not-found` */
export async function findVisibleOwner(ctx: Ctx<'group:read'>, groupId: string): Promise<PolicyOwner & { isAdmin: boolean }> {
  await findVisibleGroup(ctx, groupId)
  return findGroupOwner(ctx, groupId)
}

/** The text of a group's policy, or with the organization's id of its guardrails; version 0 and empty before the first is saved. */
export async function findPolicy(ctx: Inside, ownerId: string): Promise<StoredPolicy> {
  const found = await ctx.tx.policy.findUnique({
    where: { organizationId_ownerId: { organizationId: ctx.orgId, ownerId } }, select: { text: true, version: true, savedByName: true, savedAt: true },
  })
  return found ? { ownerId, ...found, savedAt: found.savedAt.toISOString() } : { ownerId, text: '', version: 0, savedByName: '', savedAt: null }
}

const ContextJson = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())])).catch({})

/** Tests kept with a policy, in the order they were written. */
export async function findPolicyTests(ctx: Inside, ownerId: string): Promise<PolicyTestRow[]> {
  const rows = await ctx.tx.policyTest.findMany({ where: { organizationId: ctx.orgId, ownerId }, orderBy: { id: 'asc' } })
  return rows.map(({ id, name, principalId, action, resourceType, resourceId, context, isAllowed }) =>
    ({ id, name, principalId, action, resource: { type: resourceType, id: resourceId }, context: ContextJson.parse(context), isAllowed }))
}

const versionColumns = { version: true, text: true, note: true, overrideReason: true, savedByName: true, savedAt: true } as const

type StoredVersion = { version: number; text: string; note: string; overrideReason: string; savedByName: string; savedAt: Date }

const toVersionRow = ({ version, note, overrideReason, savedByName, savedAt, text }: StoredVersion, before: string): PolicyVersionRow =>
  ({ version, note, overrideReason, savedByName, savedAt: savedAt.toISOString(), lines: countChanges(before, text) })

/** Every version a policy ever had, newest first. @throws AppError `invalid-input` for a cursor of another list */
export async function listPolicyVersions(ctx: Inside, ownerId: string, { limit, after: cursor }: { limit: number; after?: string | undefined }): Promise<Page<PolicyVersionRow>> {
  const fingerprint = listFingerprint(['policy-versions', ctx.orgId, ownerId])
  const after = cursor === undefined ? undefined : decodeCursor(cursor, fingerprint)
  // One more, for whether there are more and for what the last of the page changed.
  const stored = await ctx.tx.policyVersion.findMany({
    where: { organizationId: ctx.orgId, ownerId, ...(after && { version: { lt: Number(after[0]) } }) }, select: versionColumns, orderBy: { version: 'desc' }, take: limit + 1,
  })
  const page = toPage(stored, { limit, ...(after && { after }) }, fingerprint, ({ version }) => [String(version)])
  return { ...page, rows: page.rows.map((row, place) => toVersionRow(row, stored[place + 1]?.text ?? '')) }
}

/** One version, with the text before it. @throws AppError `not-found` */
export async function findPolicyVersion(ctx: Inside, ownerId: string, version: number): Promise<PolicyVersionDetail> {
  const [found, before] = await ctx.tx.policyVersion.findMany({
    where: { organizationId: ctx.orgId, ownerId, version: { lte: version } }, select: versionColumns, orderBy: { version: 'desc' }, take: 2,
  })
  if (found?.version !== version) throw new AppError('not-found', `no version \`${version}\` of this policy`)
  const { version: current } = await findPolicy(ctx, ownerId)
  return { ...toVersionRow(found, before?.text ?? ''), text: found.text, before: before?.text ?? '', isCurrent: current === version }
}
