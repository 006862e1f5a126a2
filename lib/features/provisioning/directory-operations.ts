import type { Ctx } from '@/lib/access/context'
import { requirePermission } from '@/lib/access/enter'
import type { AuditJson } from '@/lib/boundary/audit'
import { operation } from '@/lib/boundary/operation'
import { AppError } from '@/lib/errors'
import { requireGroupHeld } from '@/lib/features/groups/grants'
import { findGroupFacts } from '@/lib/features/groups/queries'
import { requireUnlocked } from '@/lib/features/groups/rules'
import { assertAdministratorRemains, lockOrganization } from '@/lib/features/members/last-administrator'
import { lockPerson, personTarget } from '@/lib/features/members/life'
import { requireAccountHeld } from '@/lib/features/service-accounts/queries'
import { applyMappings } from './apply-mappings'
import { DirectoryInput, HandOverGroupInput, ReleaseGroupInput, ReleaseMemberInput, UpdateDirectoryInput } from './schema'
import { directoryTarget, lockDirectory, type LockedDirectory } from './token-operations'

type Settings = Pick<LockedDirectory, 'name' | 'kind' | 'leaverKeys' | 'handoverToId' | 'sendsInvitations'>

/** Keys that are handed over get the account's rights, so whoever decides that must hold them. @throws AppError */
async function requireHandover(ctx: Ctx, { leaverKeys, handoverToId }: Settings): Promise<void> {
  if (leaverKeys !== 'hand-over') return
  const wrong = (message: string) => new AppError('invalid-input', `\`handoverTo\`: ${message}`, { fields: [{ path: 'handoverTo', message }] })
  if (handoverToId === null) throw wrong('Choose the service account that gets the keys')
  requirePermission(ctx, 'service-account:write', ctx.orgId)
  const account = await ctx.tx.serviceAccount.findUnique({ where: { organizationId_id: { organizationId: ctx.orgId, id: handoverToId } }, select: { id: true } })
  if (!account) throw new AppError('not-found', `no service account \`${handoverToId}\``)
  await requireAccountHeld(ctx, handoverToId)
}

const settingsIn = ({ name, kind, leaverKeys, handoverToId, sendsInvitations }: Settings): AuditJson => ({ name, kind, leaverKeys, handoverTo: handoverToId, sendsInvitations })

/** Name, guide, what becomes of leavers' keys, and whether people are mailed. */
export const updateDirectory = operation({
  event: 'directory.update',
  permission: 'provisioning:write',
  input: UpdateDirectoryInput,
  run: async (ctx, { id, handoverTo, ...changes }) => {
    const before = await lockDirectory(ctx, id)
    const after: Settings = {
      name: changes.name ?? before.name, kind: changes.kind ?? before.kind, leaverKeys: changes.leaverKeys ?? before.leaverKeys,
      handoverToId: handoverTo === undefined ? before.handoverToId : handoverTo, sendsInvitations: changes.sendsInvitations ?? before.sendsInvitations,
    }
    const told = { before: settingsIn(before), after: settingsIn(after) }
    if (JSON.stringify(told.before) === JSON.stringify(told.after)) return { value: { id }, events: [] }
    if (after.leaverKeys !== before.leaverKeys || after.handoverToId !== before.handoverToId) await requireHandover(ctx, after)
    await ctx.tx.directory.update({ where: { organizationId_id: { organizationId: ctx.orgId, id } }, data: after, select: { id: true } })
    return { value: { id }, targets: [directoryTarget(after.name === before.name ? before : { id, name: after.name })], ...told }
  },
})

/** Ends a directory: its tokens, mappings and the roles they gave go; people and groups stay, and are decided about here again. */
export const deleteDirectory = operation({
  event: 'directory.delete',
  permission: 'provisioning:write',
  input: DirectoryInput,
  run: async (ctx, { id }) => {
    await lockOrganization(ctx.tx, ctx.orgId)
    const directory = await lockDirectory(ctx, id)
    const where = { organizationId: ctx.orgId, directoryId: id }
    const members = await ctx.tx.groupMember.findMany({ where: { organizationId: ctx.orgId, group: { directoryId: id } }, select: { membershipId: true } })
    const groups = await ctx.tx.group.findMany({ where, select: { id: true } })
    const mappings = await ctx.tx.provisioningMapping.findMany({ where, select: { id: true } })
    const users = await ctx.tx.membership.updateMany({ where, data: { directoryId: null } })
    await ctx.tx.group.updateMany({ where, data: { directoryId: null } })
    // Without a directory no mapping is about them any more.
    const unmapped = await applyMappings(ctx, { groupIds: groups.map((each) => each.id), membershipIds: members.map(({ membershipId }) => membershipId) })
    await ctx.tx.directory.delete({ where: { organizationId_id: { organizationId: ctx.orgId, id } }, select: { id: true } })
    await assertAdministratorRemains(ctx)
    const released = { users: users.count, groups: groups.length, mappings: mappings.length }
    return { value: { id, ...released }, events: [{ targets: [directoryTarget(directory)], before: { name: directory.name }, detail: released }, ...unmapped] }
  },
})

/** Lets a directory decide who is in a group from now on. What the group gives must be the giver's own, since the directory gives it on. */
export const handOverGroup = operation({
  event: 'group.hand-over',
  permission: 'provisioning:write',
  input: HandOverGroupInput,
  run: async (ctx, { id, directoryId }) => {
    await lockOrganization(ctx.tx, ctx.orgId)
    const group = await findGroupFacts(ctx, id)
    const directory = await lockDirectory(ctx, directoryId)
    if (group.directoryId === directoryId) return { value: { id }, events: [] }
    if (group.directoryId !== null) throw new AppError('managed', `\`${group.name}\` is managed by another directory; release it first`)
    requireUnlocked(group, 'it')
    requirePermission(ctx, 'group:write', group.resourceId ?? ctx.orgId)
    await requireGroupHeld(ctx, group)
    await ctx.tx.group.update({ where: { organizationId_id: { organizationId: ctx.orgId, id } }, data: { directoryId }, select: { id: true } })
    const mapped = await applyMappings(ctx, { groupIds: [id], membershipIds: [], regroupedId: id })
    return { value: { id }, events: [{ targets: [{ type: 'group', id, name: group.name }, directoryTarget(directory)], after: { managedBy: directory.name } }, ...mapped] }
  },
})

/** Takes a group back: people here decide about it, and roles that came from mappings go. */
export const releaseGroup = operation({
  event: 'group.release',
  permission: 'provisioning:write',
  input: ReleaseGroupInput,
  run: async (ctx, { id }) => {
    await lockOrganization(ctx.tx, ctx.orgId)
    const group = await findGroupFacts(ctx, id)
    if (group.directoryId === null) return { value: { id }, events: [] }
    const directory = await lockDirectory(ctx, group.directoryId)
    await ctx.tx.group.update({ where: { organizationId_id: { organizationId: ctx.orgId, id } }, data: { directoryId: null }, select: { id: true } })
    const unmapped = await applyMappings(ctx, { groupIds: [id], membershipIds: [], regroupedId: id })
    return { value: { id }, events: [{ targets: [{ type: 'group', id, name: group.name }, directoryTarget(directory)], before: { managedBy: directory.name } }, ...unmapped] }
  },
})

/** Takes a person back, say to keep them out at once. The directory takes them over again with its next change of them. */
export const releaseMember = operation({
  event: 'member.release',
  permission: 'provisioning:write',
  input: ReleaseMemberInput,
  run: async (ctx, { id }) => {
    await lockOrganization(ctx.tx, ctx.orgId)
    const person = await lockPerson(ctx, id)
    if (person.directoryId === null) return { value: { id }, events: [] }
    const directory = await lockDirectory(ctx, person.directoryId)
    await ctx.tx.membership.update({ where: { organizationId_id: { organizationId: ctx.orgId, id } }, data: { directoryId: null }, select: { id: true } })
    return { value: { id }, targets: [personTarget(person), directoryTarget(directory)], before: { managedBy: directory.name } }
  },
})
