import type { Ctx, Entered } from '@/lib/access/context'
import type { Target } from '@/lib/boundary/audit'
import { operation } from '@/lib/boundary/operation'
import { AppError } from '@/lib/errors'
import { assertAdministratorRemains, lockOrganization } from '@/lib/features/members/last-administrator'
import { requireUnmanaged } from '@/lib/features/provisioning/managed'
import { giverOf } from '@/lib/features/roles/insert'
import { newId } from '@/lib/ids'
import { requireGroupHeld } from './grants'
import { removeGroup } from './removal'
import { findGroupFacts, type GroupFacts } from './queries'
import { groupHomeType, groupScope, requireUnlocked, type GroupPlace } from './rules'
import { CreateGroupInput, GroupInput, GroupMembersInput, UpdateGroupInput } from './schema'

const targetOf = ({ id, name }: { id: string; name: string }): Target => ({ type: 'group', id, name })

/** Where a group's own permissions are asked. */
const scopeOf = async ({ id }: { id: string }, entered: Entered): Promise<string> => groupScope(entered.model, entered.orgId, await findGroupFacts(entered, id))

const nameTaken = (name: string) => new AppError('already-exists', `a group \`${name}\` exists already`, { fields: [{ path: 'name', message: 'A group of this name exists already; choose another' }] })

/** Looked up while the organization is locked, so that the answer holds until commit. */
async function requireFreeName(ctx: Ctx, name: string, resourceId: string | null, own?: string): Promise<void> {
  const taken = await ctx.tx.group.findFirst({
    where: { organizationId: ctx.orgId, resourceId, name: { equals: name.replace(/[\\%_]/g, (sign) => `\\${sign}`), mode: 'insensitive' }, ...(own !== undefined && { id: { not: own } }) },
    select: { id: true },
  })
  if (taken) throw nameTaken(name)
}

/** The resource a new group belongs to: as the access model ties groups to one, or none. */
async function findHome(ctx: Ctx, resourceId: string | null | undefined): Promise<GroupPlace | null> {
  const wrong = (message: string) => new AppError('invalid-input', `\`resource\`: ${message}`, { fields: [{ path: 'resource', message }] })
  const type = groupHomeType(ctx.model)
  if (type === null) {
    if (resourceId === null || resourceId === undefined || resourceId === ctx.orgId) return null
    throw wrong(`In the ${ctx.model.title} model groups belong to the organization`)
  }
  const title = ctx.model.resourceTypes.find(({ name }) => name === type)?.title.toLowerCase() ?? type
  if (resourceId === null || resourceId === undefined) throw wrong(`In the ${ctx.model.title} model a group belongs to a ${title}; name one`)
  const home = await ctx.tx.resource.findUnique({ where: { organizationId_id: { organizationId: ctx.orgId, id: resourceId } }, select: { id: true, type: true, name: true } })
  if (!home) throw new AppError('not-found', `no resource \`${resourceId}\``)
  if (home.type !== type) throw wrong(`A group belongs to a ${title}, not to a resource of type ${home.type}`)
  return home
}

/** A group without members, roles or policy: it gives nothing yet. */
export const createGroup = operation({
  event: 'group.create',
  permission: 'group:write',
  input: CreateGroupInput,
  scope: ({ resource }) => resource ?? undefined,
  run: async (ctx, { name, description, resource }) => {
    await lockOrganization(ctx.tx, ctx.orgId)
    const home = await findHome(ctx, resource)
    const resourceId = home?.id ?? null
    await requireFreeName(ctx, name, resourceId)
    const id = newId('group')
    await ctx.tx.group.create({ data: { id, organizationId: ctx.orgId, name, description, resourceId, createdAt: ctx.now } })
    return {
      value: { id, name, description, resource: home, createdAt: ctx.now },
      targets: [targetOf({ id, name })], after: { name, description, ...(home && { resource: home.name }) },
    }
  },
})

/** Another name or description. A locked group keeps its name. */
export const updateGroup = operation({
  event: 'group.update',
  permission: 'group:write',
  input: UpdateGroupInput,
  scope: scopeOf,
  run: async (ctx, { id, name, description }) => {
    await lockOrganization(ctx.tx, ctx.orgId)
    const group = await findGroupFacts(ctx, id)
    const after = { name: name ?? group.name, description: description ?? group.description }
    if (after.name === group.name && after.description === group.description) return { value: { id, ...after }, events: [] }
    requireUnlocked(group, 'its name')
    if (after.name !== group.name) await requireUnmanaged(ctx, group, 'its name')
    if (after.name !== group.name) await requireFreeName(ctx, after.name, group.resourceId, id)
    await ctx.tx.group.update({ where: { organizationId_id: { organizationId: ctx.orgId, id } }, data: after, select: { id: true } })
    return { value: { id, ...after }, targets: [targetOf({ id, name: after.name })], before: { name: group.name, description: group.description }, after }
  },
})

/** Ends a group: its roles and its policy go with it, its members stay users. Refused while a policy or a guardrail names it. */
export const deleteGroup = operation({
  event: 'group.delete',
  permission: 'group:write',
  recent: true,
  input: GroupInput,
  scope: scopeOf,
  run: async (ctx, { id }) => {
    await lockOrganization(ctx.tx, ctx.orgId)
    const group = await findGroupFacts(ctx, id)
    requireUnlocked(group, 'it')
    await requireUnmanaged(ctx, group, 'it')
    const { members, ...told } = await removeGroup(ctx, group)
    return { value: { id, members }, ...told }
  },
})

type Person = { id: string; email: string }

const inWords = (people: readonly Person[]): string => (people.length === 1 ? (people[0]?.email ?? '') : `${people.length} people`)

const changeOf = (group: GroupFacts, people: readonly Person[]) => ({
  targets: [targetOf(group), ...people.map(({ id, email }): Target => ({ type: 'user', id, name: email }))], detail: { people: inWords(people) },
})

/** Brings people into a group, who then hold what it gives: so whoever does it must hold all of that. Those inside already stay. */
export const addGroupMembers = operation({
  event: 'group.add-members',
  permission: 'group:write',
  input: GroupMembersInput,
  scope: scopeOf,
  run: async (ctx, { id, userIds }) => {
    await lockOrganization(ctx.tx, ctx.orgId)
    const group = await findGroupFacts(ctx, id)
    await requireUnmanaged(ctx, group, 'who is in it')
    const wanted = [...new Set(userIds)]
    const people = await ctx.tx.membership.findMany({ where: { organizationId: ctx.orgId, id: { in: wanted } }, select: { id: true, email: true }, orderBy: { id: 'asc' } })
    const missing = wanted.find((userId) => !people.some((person) => person.id === userId))
    if (missing !== undefined) throw new AppError('not-found', `no user \`${missing}\``)
    const inside = await ctx.tx.groupMember.findMany({ where: { organizationId: ctx.orgId, groupId: id, membershipId: { in: wanted } }, select: { membershipId: true } })
    const added = people.filter((person) => !inside.some(({ membershipId }) => membershipId === person.id))
    if (added.length === 0) return { value: { id, added: 0 }, events: [] }
    await requireGroupHeld(ctx, group)
    const { name } = giverOf(ctx)
    await ctx.tx.groupMember.createMany({ data: added.map((person) => ({ organizationId: ctx.orgId, groupId: id, membershipId: person.id, addedByName: name, createdAt: ctx.now })) })
    return { value: { id, added: added.length }, ...changeOf(group, added) }
  },
})

/** Takes people out of a group, and with it what they held through it. */
export const removeGroupMembers = operation({
  event: 'group.remove-members',
  permission: 'group:write',
  input: GroupMembersInput,
  scope: scopeOf,
  run: async (ctx, { id, userIds }) => {
    await lockOrganization(ctx.tx, ctx.orgId)
    const group = await findGroupFacts(ctx, id)
    await requireUnmanaged(ctx, group, 'who is in it')
    const inside = await ctx.tx.groupMember.findMany({
      where: { organizationId: ctx.orgId, groupId: id, membershipId: { in: userIds } }, select: { membership: { select: { id: true, email: true } } }, orderBy: { membershipId: 'asc' },
    })
    const people = inside.map(({ membership }) => membership)
    const missing = userIds.find((userId) => !people.some((person) => person.id === userId))
    if (missing !== undefined) throw new AppError('not-found', `\`${missing}\` is not in \`${group.name}\``)
    await ctx.tx.groupMember.deleteMany({ where: { organizationId: ctx.orgId, groupId: id, membershipId: { in: userIds } } })
    await assertAdministratorRemains(ctx)
    return { value: { id, removed: people.length }, ...changeOf(group, people) }
  },
})
