import type { DirectoryActor } from '@/lib/access/principals/actor'
import type { AuditEntry, Target } from '@/lib/boundary/audit'
import { removeGroup } from '@/lib/features/groups/removal'
import { assertAdministratorRemains } from '@/lib/features/members/last-administrator'
import { applyMappings } from '@/lib/features/provisioning/apply-mappings'
import { newId } from '@/lib/ids'
import { ScimError } from '@/lib/scim/error'
import type { JsonObject } from '@/lib/scim/json'
import type { MemberStep } from '@/lib/scim/member-changes'
import type { Projection } from '@/lib/scim/projection'
import { isUnchanged } from '@/lib/scim/resource'
import { changesOf, groupFacts } from './facts'
import { changeMembers, memberEvents } from './group-members'
import { groupVersion, writableOfGroup, type StoredGroup } from './group-rows'
import { findGroup, findStoredGroup } from './lists'
import { checkVersion, performScim, type DirectoryCtx } from './scim-operation'

const targetOf = ({ id, name }: { id: string; name: string }): Target => ({ type: 'group', id, name })

/** Names and external ids of groups exist once. @throws ScimError `uniqueness` */
async function requireFree(ctx: DirectoryCtx, { name, externalId }: { name: string; externalId: string | null }, own = ''): Promise<void> {
  const [known] = await ctx.tx.$queryRaw<{ directoryId: string | null }[]>`
    SELECT "directoryId" FROM "Group" WHERE "organizationId" = ${ctx.orgId} AND "resourceId" IS NULL AND lower("name") = lower(${name}) AND "id" <> ${own} LIMIT 1`
  if (known) {
    const hint = known.directoryId === null ? '; it was made here, and can be handed over to the directory under Settings, Provisioning' : ''
    throw new ScimError(409, 'uniqueness', `a group \`${name}\` exists already${hint}`)
  }
  if (externalId === null) return
  const other = await ctx.tx.group.findUnique({ where: { organizationId_externalId: { organizationId: ctx.orgId, externalId } }, select: { id: true } })
  if (other && other.id !== own) throw new ScimError(409, 'uniqueness', `another group has the external id \`${externalId}\``)
}

/** Only a group that this directory made or was handed is its to change. @throws ScimError 403 */
async function requireOwn(ctx: DirectoryCtx, group: StoredGroup): Promise<void> {
  if (group.directoryId === ctx.directoryId) return
  if (group.directoryId === null) throw new ScimError(403, undefined, `the group \`${group.name}\` was made here; an administrator can hand it over to ${ctx.principal.name} under Settings, Provisioning`)
  const other = await ctx.tx.directory.findUnique({ where: { organizationId_id: { organizationId: ctx.orgId, id: group.directoryId } }, select: { name: true } })
  throw new ScimError(403, undefined, `the group \`${group.name}\` is managed by ${other?.name ?? 'another directory'}`)
}

export type GroupOptions = { ifMatch?: string | undefined; projection: Projection }

/** A group of the directory with its people. Roles come with it where a mapping was prepared for it. */
export const provisionGroup = (actor: DirectoryActor, resource: JsonObject, members: readonly string[], projection: Projection): Promise<JsonObject> =>
  performScim('group.create', actor, async (ctx) => {
    const facts = groupFacts(resource)
    const { name, externalId, profile } = facts
    await requireFree(ctx, facts)
    const id = newId('group')
    await ctx.tx.group.create({
      data: { id, organizationId: ctx.orgId, name, externalId, directoryId: ctx.directoryId, createdAt: ctx.now, modifiedAt: ctx.now, ...(Object.keys(profile).length > 0 && { profile }) }, select: { id: true },
    })
    const changed = await changeMembers(ctx, id, members.length === 0 ? [] : [{ op: 'add', ids: members }])
    const mapped = await applyMappings(ctx, { groupIds: [id], membershipIds: changed.added.map((each) => each.id) })
    const group = targetOf({ id, name })
    return {
      value: await findGroup(ctx, id, projection),
      events: [{ event: 'group.create', targets: [group], after: { name, externalId } }, ...memberEvents(group, changed), ...mapped],
    }
  })

async function writeGroup(ctx: DirectoryCtx, group: StoredGroup, before: JsonObject, after: JsonObject): Promise<AuditEntry[]> {
  const facts = groupFacts(after)
  const { name, externalId, profile } = facts
  const next: JsonObject = { ...profile, displayName: name, ...(externalId !== null && { externalId }) }
  if (isUnchanged(before, next)) return []
  await requireFree(ctx, facts, group.id)
  await ctx.tx.group.update({ where: { organizationId_id: { organizationId: ctx.orgId, id: group.id } }, data: { name, externalId, profile }, select: { id: true } })
  const told = changesOf(before, next)
  return [{ event: 'group.update', targets: [targetOf({ id: group.id, name })], before: { name: group.name, ...told.before }, after: { name, ...told.after } }]
}

type GroupChange = { after: (before: JsonObject) => JsonObject; members: readonly MemberStep[] }

/** Replaces or changes a group; nothing is written where that changes nothing. Gives back its tag, and the whole of it when asked for. */
export const changeGroup = (actor: DirectoryActor, id: string, { after, members }: GroupChange, { ifMatch, projection }: GroupOptions, isShown: boolean): Promise<{ version: string; resource: JsonObject | null }> =>
  performScim('group.update', actor, async (ctx) => {
    const group = await findStoredGroup(ctx, id)
    checkVersion(ifMatch, groupVersion(group))
    await requireOwn(ctx, group)
    const before = writableOfGroup(group)
    const renamed = await writeGroup(ctx, group, before, after(before))
    const changed = await changeMembers(ctx, id, members)
    const affected = [...changed.added, ...changed.removed].map((each) => each.id)
    const mapped = renamed.length > 0 || affected.length > 0 ? await applyMappings(ctx, { groupIds: renamed.length > 0 ? [id] : [], membershipIds: affected, regroupedId: renamed.length > 0 ? id : null }) : []
    if (changed.removed.length > 0) await assertAdministratorRemains(ctx)
    const now = await findStoredGroup(ctx, id)
    return {
      value: { version: groupVersion(now), resource: isShown ? await findGroup(ctx, id, projection) : null },
      events: [...renamed, ...memberEvents(targetOf(now), changed), ...mapped],
    }
  })

/** Ends a group with its roles and its policy; its people stay users. */
export const deprovisionGroup = (actor: DirectoryActor, id: string, ifMatch: string | undefined): Promise<void> =>
  performScim('group.delete', actor, async (ctx) => {
    const group = await findStoredGroup(ctx, id)
    checkVersion(ifMatch, groupVersion(group))
    await requireOwn(ctx, group)
    const members = await ctx.tx.groupMember.findMany({ where: { organizationId: ctx.orgId, groupId: id }, select: { membershipId: true } })
    const entry = await removeGroup(ctx, { ...group, description: '' })
    const mapped = await applyMappings(ctx, { groupIds: [], membershipIds: members.map(({ membershipId }) => membershipId) })
    return { value: undefined, events: [{ event: 'group.delete', ...entry }, ...mapped] }
  })
