import type { Ctx } from '@/lib/access/context'
import type { AuditEntry, Target } from '@/lib/boundary/audit'
import { operation } from '@/lib/boundary/operation'
import { AppError } from '@/lib/errors'
import { assertAdministratorRemains, lockOrganization } from '@/lib/features/members/last-administrator'
import { newId } from '@/lib/ids'
import { applyAttributes } from './attributes'
import { makeBelongings } from './born'
import { requireGuard } from './guards'
import { planMove, type PlannedMove } from './moves'
import { findPath } from './paths'
import { countChildren, countOfType, findNamed } from './queries'
import {
  contentsInWords, countProblem, depthProblem, idKindOf, madeTypes, nameProblem, placementProblem, renameProblem, typeOf, type AttributeValue, type Place,
} from './rules'
import { CreateResourceInput, MoveResourceInput, ResourceInput, UpdateResourceInput } from './schema'
import { deleteBelongings, requireUnnamed } from './removal'

const wrong = (path: string, message: string): AppError => new AppError('invalid-input', `\`${path}\`: ${message}`, { fields: [{ path, message }] })

/** @throws AppError `invalid-input` naming the field, when there is a problem */
function refuseFor(path: string, problem: string | null): void {
  if (problem !== null) throw wrong(path, problem.charAt(0).toUpperCase() + problem.slice(1))
}

const kindOf = (ctx: Ctx, type: string): string => typeOf(ctx.model, type).title.toLowerCase()
const targetOf = ({ type, id, name }: Place): Target => ({ type, id, name })

/** What of a stored resource a change looks at. */
type Found = Place & { parentId: string | null; externalId: string | null; attributes: Record<string, AttributeValue>; path: Place[] }

/** A resource whose row is held until the transaction ends. The organization's lock, taken before, keeps the tree as it is. */
async function lockResource(ctx: Ctx, { id, type }: { id: string; type?: string | undefined }): Promise<Found> {
  const [found] = await ctx.tx.$queryRaw<Omit<Found, 'path'>[]>`
    SELECT "id", "type", "name", "parentId", "externalId", "attributes" FROM "Resource" WHERE "organizationId" = ${ctx.orgId} AND "id" = ${id} FOR UPDATE`
  if (!found || (type !== undefined && type !== found.type)) throw new AppError('not-found', `no ${type ?? 'resource'} \`${id}\``)
  if (found.parentId === null) throw new AppError('conflict', 'the organization is the root of the tree; it is changed in the settings of the organization')
  return { ...found, path: await findPath(ctx, id) }
}

/** Named users exist in the organization. */
async function requireUsers(ctx: Ctx, users: readonly string[], problems: readonly { path: string; message: string }[]): Promise<void> {
  if (problems.length > 0) throw new AppError('invalid-input', problems.map(({ path, message }) => `\`${path}\`: ${message}`).join('; '), { fields: problems })
  const known = await ctx.tx.membership.count({ where: { organizationId: ctx.orgId, id: { in: [...users] } } })
  if (known !== new Set(users).size) throw wrong('attributes', 'A user that is named does not exist')
}

/** Makes a resource. Whoever makes it gets the role the model keeps for makers; where groups belong to such a resource, its locked group is born with it. */
export const createResource = operation({
  event: 'resource.create',
  permission: 'resource:write',
  input: CreateResourceInput,
  scope: ({ parent }) => parent?.id,
  run: async (ctx, { type, name, parent: ref, externalId = null, attributes }) => {
    await lockOrganization(ctx.tx, ctx.orgId)
    const parent = await findNamed(ctx, ref)
    const { model } = ctx
    if (!madeTypes(model).some((each) => each.name === type)) throw wrong('type', `The ${model.title} model has no resources of type \`${type}\` to be made`)
    const path = await findPath(ctx, parent.id)
    requireGuard(ctx, 'create', type, path)
    refuseFor('parent', placementProblem(model, type, parent.type) ?? depthProblem(model, type, path.length + 1))
    refuseFor('name', nameProblem(model, type, name))
    const { values, problems, users } = applyAttributes(model, type, {}, attributes)
    await requireUsers(ctx, users, problems)
    const full = countProblem(model, type, await countOfType(ctx, type))
    if (full !== null) throw new AppError('limit-reached', full)
    const made: Place = { id: newId(idKindOf(type)), type, name }
    await ctx.tx.resource.create({ data: { ...made, organizationId: ctx.orgId, parentId: parent.id, externalId, attributes: values, createdAt: ctx.now } })
    const born = await makeBelongings(ctx, made)
    return {
      value: { id: made.id, type, name },
      targets: [targetOf(made), ...born.targets],
      after: { name, parent: parent.name, ...(externalId !== null && { externalId }), ...(Object.keys(values).length > 0 && { attributes: values }) },
      detail: { kind: kindOf(ctx, type), ...born.detail },
    }
  },
})

type Changes = { name?: string | undefined; externalId?: string | null | undefined; attributes?: Record<string, AttributeValue | null> | undefined }

type Planned = { data: { name: string; externalId: string | null; attributes: Record<string, AttributeValue> }; entry: AuditEntry }

/** A new name and what else a resource is to carry, checked. Null when nothing is different. */
async function planChanges(ctx: Ctx, found: Found, changes: Changes): Promise<Planned | null> {
  const { model } = ctx
  const { values, problems, users } = applyAttributes(model, found.type, found.attributes, changes.attributes ?? {})
  const [name, externalId] = [changes.name ?? found.name, changes.externalId === undefined ? found.externalId : changes.externalId]
  const isRenamed = name !== found.name
  const isSame = !isRenamed && externalId === found.externalId && JSON.stringify(values) === JSON.stringify(found.attributes) && problems.length === 0
  if (isSame) return null
  requireGuard(ctx, 'edit', found.type, found.path)
  const parentType = found.path.at(-2)?.type ?? ''
  if (isRenamed) refuseFor('name', nameProblem(model, found.type, name))
  const fixed = isRenamed ? renameProblem(model, found.type, parentType) : null
  if (fixed !== null) throw new AppError('conflict', fixed)
  await requireUsers(ctx, users, problems)
  const data = { name, externalId, attributes: values }
  const told = (row: Planned['data']) => ({
    name: row.name, ...(externalId !== found.externalId && { externalId: row.externalId }), ...(changes.attributes && { attributes: row.attributes }),
  })
  return { data, entry: { targets: [targetOf({ ...found, name })], before: told(found), after: told(data), detail: { kind: kindOf(ctx, found.type) } } }
}

const write = (ctx: Ctx, { id }: Found, data: Partial<Planned['data']> & { parentId?: string }) =>
  ctx.tx.resource.update({ where: { organizationId_id: { organizationId: ctx.orgId, id } }, data, select: { id: true } })

const movedEntry = (ctx: Ctx, found: Found, { from, to, preview: { shifts } }: PlannedMove): AuditEntry => ({
  event: 'resource.move', targets: [targetOf(found), targetOf(to)], before: { parent: from.name }, after: { parent: to.name },
  detail: { kind: kindOf(ctx, found.type), name: found.name, gained: shifts.filter(({ gained }) => gained.length > 0).length, lost: shifts.filter(({ lost }) => lost.length > 0).length },
})

/** Renames, changes external id and attributes, and moves when another parent is named. */
export const updateResource = operation({
  event: 'resource.update',
  permission: 'resource:write',
  input: UpdateResourceInput,
  scope: ({ id }) => id,
  run: async (ctx, { id, type, parent: ref, ...changes }) => {
    await lockOrganization(ctx.tx, ctx.orgId)
    const found = await lockResource(ctx, { id, type })
    const changed = await planChanges(ctx, found, changes)
    const now = { ...found, name: changed?.data.name ?? found.name }
    const moved = ref === undefined ? null : await planMove(ctx, now, await findNamed(ctx, ref))
    // One write, so that neither the new name at the old place nor the old name at the new one can be in the way.
    if (changed || moved) await write(ctx, found, { ...changed?.data, ...(moved && { parentId: moved.to.id }) })
    return { value: { id, type: found.type, name: now.name }, events: [...(changed ? [changed.entry] : []), ...(moved ? [movedEntry(ctx, now, moved)] : [])] }
  },
})

/** Puts a resource, with all that lies in it, under another. Whose access changes is told; with `dryRun` nothing else is done. */
export const moveResource = operation({
  event: 'resource.move',
  permission: 'resource:write',
  input: MoveResourceInput,
  scope: ({ id }) => id,
  run: async (ctx, { id, type, parent: ref, dryRun }) => {
    await lockOrganization(ctx.tx, ctx.orgId)
    const found = await lockResource(ctx, { id, type })
    const moved = await planMove(ctx, found, await findNamed(ctx, ref))
    if (moved && !dryRun) await write(ctx, found, { parentId: moved.to.id })
    const value = { id, type: found.type, name: found.name, dryRun, preview: moved?.preview ?? null, from: found.path.at(-2)?.id ?? ctx.orgId }
    return { value, events: moved === null || dryRun ? [] : [movedEntry(ctx, found, moved)] }
  },
})

/** Deletes a resource that holds nothing. Role assignments made on it go with it, and its locked group where it was born with one. */
export const deleteResource = operation({
  event: 'resource.delete',
  permission: 'resource:write',
  recent: true,
  input: ResourceInput,
  scope: ({ id }) => id,
  run: async (ctx, { id, type }) => {
    await lockOrganization(ctx.tx, ctx.orgId)
    const found = await lockResource(ctx, { id, type })
    requireGuard(ctx, 'delete', found.type, found.path)
    const children = await countChildren(ctx, id)
    if (children.size > 0) throw new AppError('conflict', `\`${found.name}\` is not empty: it holds ${contentsInWords(ctx.model, children)}; move or delete them first`)
    await requireUnnamed(ctx, found)
    const gone = await deleteBelongings(ctx, found)
    await ctx.tx.resource.delete({ where: { organizationId_id: { organizationId: ctx.orgId, id } } })
    await assertAdministratorRemains(ctx)
    return {
      value: { id, type: found.type, name: found.name },
      targets: [targetOf(found), ...gone.targets],
      before: { name: found.name, parent: found.path.at(-2)?.name ?? '', ...(gone.roles.length > 0 && { roles: gone.roles }) },
      detail: { kind: kindOf(ctx, found.type) },
    }
  },
})
