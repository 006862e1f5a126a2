import { requirePermission } from '@/lib/access/enter'
import { resourceIdInPolicies } from '@/lib/access/policies/names'
import { AppError } from '@/lib/errors'
import { groupNodeType } from '@/lib/features/groups/rules'
import { containing, searchWords } from '@/lib/features/members/rules'
import { Prisma } from '@/lib/generated/prisma/client'
import type { EditingCtx } from './editing'
import type { EntityChoice, ResourceChoice } from './editing-view'
import { refKey, type PolicyRef } from './naming'
import { findVisibleOwner, guardrailsOwner } from './queries'
import type { PolicyOwner } from './rules'

/** Names of resources by `refKey`. */
export type NamedResources = ReadonlyMap<string, string>

const FOUND_MAX = 30

/**
 * Whose text is edited: a group's, or with the organization's own id its guardrails.
 *
 * @throws AppError `not-found` when there is no such group, or the asker may not see it
 */
export async function findEditedOwner(ctx: EditingCtx, ownerId: string): Promise<PolicyOwner> {
  if (ownerId !== ctx.orgId) return findVisibleOwner(requirePermission(ctx, 'group:read'), ownerId)
  if (ctx.rights.holds('guardrail:write')) return guardrailsOwner(ctx.orgId)
  throw new AppError('not-found', `no group \`${ownerId}\``)
}

const findPlaceOf = async (ctx: EditingCtx, ownerId: string): Promise<string | null> => (await findEditedOwner(ctx, ownerId)).resourceId

/** The names of resources that a policy names, by our id or by the platform's own; of a group that belongs to a resource, only those there. */
export async function findNamed(ctx: EditingCtx, { resourceId }: PolicyOwner, refs: readonly PolicyRef[]): Promise<NamedResources> {
  const named = new Map<string, string>()
  if (refs.length === 0) return named
  const ids = [...new Set(refs.map(({ id }) => id))]
  const resources = await ctx.tx.$queryRaw<Found[]>`
    SELECT r."id", r."externalId", r."type", r."name" FROM "Resource" r
    WHERE r."organizationId" = ${ctx.orgId} AND (r."id" = ANY(${ids}) OR r."externalId" = ANY(${ids})) ${inside(ctx.orgId, resourceId)}`
  const groups = await ctx.tx.group.findMany({
    where: { organizationId: ctx.orgId, ...(resourceId !== null && { resourceId }), OR: [{ id: { in: ids } }, { externalId: { in: ids } }] },
    select: { id: true, externalId: true, name: true },
  })
  for (const { id, type, externalId, name } of [...resources, ...groups.map((group) => ({ ...group, type: groupNodeType(ctx.model) ?? 'group' }))]) {
    named.set(refKey({ type, id }), name)
    if (externalId !== null) named.set(refKey({ type, id: externalId }), name)
  }
  return named
}

const matching = (q: string): Prisma.Sql[] => searchWords(q).map((word) => Prisma.sql`AND r."name" ILIKE ${containing(word)}`)

/** All that lies at or below a resource, as a condition on `r`. */
const inside = (organizationId: string, rootId: string | null): Prisma.Sql => rootId === null ? Prisma.empty : Prisma.sql`
  AND r."id" IN (
    WITH RECURSIVE below AS (
      SELECT "id" FROM "Resource" WHERE "organizationId" = ${organizationId} AND "id" = ${rootId}
      UNION SELECT c."id" FROM "Resource" c JOIN below ON c."parentId" = below."id" WHERE c."organizationId" = ${organizationId})
    SELECT "id" FROM below)`

type Found = { id: string; externalId: string | null; type: string; name: string }

/** Names of what lies above each of these, from the top, without the organization. */
async function findPaths(ctx: EditingCtx, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await ctx.tx.$queryRaw<{ leaf: string; path: string }[]>`
    WITH RECURSIVE up AS (
      SELECT r."id" AS leaf, r."parentId" AS above, 0 AS step, ''::text AS name
      FROM "Resource" r WHERE r."organizationId" = ${ctx.orgId} AND r."id" = ANY(${[...ids]})
      UNION ALL SELECT up.leaf, p."parentId", up.step + 1, p."name"
      FROM up JOIN "Resource" p ON p."organizationId" = ${ctx.orgId} AND p."id" = up.above AND p."id" <> ${ctx.orgId})
    SELECT leaf, string_agg(name, ' / ' ORDER BY step DESC) AS path FROM up WHERE step > 0 GROUP BY leaf`
  return new Map(rows.map(({ leaf, path }) => [leaf, path]))
}

async function findGroups(ctx: EditingCtx, q: string, resourceId: string | null): Promise<Found[]> {
  const type = groupNodeType(ctx.model) ?? 'group'
  const rows = await ctx.tx.group.findMany({
    where: { organizationId: ctx.orgId, ...(resourceId !== null && { resourceId }), AND: searchWords(q).map((word) => ({ name: { contains: word.replace(/[\\%_]/g, '\\$&'), mode: 'insensitive' as const } })) },
    select: { id: true, externalId: true, name: true },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    take: FOUND_MAX,
  })
  return rows.map((row) => ({ ...row, type }))
}

/**
 * Resources to choose for a row of the form: of these types, and what lies above those types, by name; at most thirty. For a
 * group that belongs to a resource only those there.
 */
export async function searchPolicyResources(ctx: EditingCtx, { ownerId, q, types }: { ownerId: string; q: string; types: readonly string[] | 'any' }): Promise<ResourceChoice[]> {
  const resourceId = await findPlaceOf(ctx, ownerId)
  const groups = groupNodeType(ctx.model)
  const ofType = types === 'any' ? Prisma.empty : Prisma.sql`AND r."type" = ANY(${[...types]})`
  const rows = await ctx.tx.$queryRaw<Found[]>`
    SELECT r."id", r."externalId", r."type", r."name" FROM "Resource" r
    WHERE r."organizationId" = ${ctx.orgId} ${ofType} ${Prisma.join([Prisma.empty, ...matching(q)], ' ')} ${inside(ctx.orgId, resourceId)}
    ORDER BY r."name", r."id" LIMIT ${FOUND_MAX}`
  const found = groups !== null && (types === 'any' || types.includes(groups)) ? [...rows, ...(await findGroups(ctx, q, resourceId))] : rows
  const paths = await findPaths(ctx, found.map(({ id }) => id))
  const titles = new Map(ctx.model.resourceTypes.map(({ name, title }) => [name, title]))
  return found.slice(0, FOUND_MAX).map((row) => {
    const path = paths.get(row.id)
    const title = titles.get(row.type) ?? row.type
    return { type: row.type, id: resourceIdInPolicies(ctx.model, row), name: row.name, detail: path ? `${title} in ${path}` : title }
  })
}

/** What is near a group in its policy: the resource it belongs to, and itself where groups are resources of the model. */
export async function findNear(ctx: EditingCtx, ownerId: string): Promise<ResourceChoice[]> {
  const group = await ctx.tx.group.findUnique({
    where: { organizationId_id: { organizationId: ctx.orgId, id: ownerId } },
    select: { id: true, externalId: true, name: true, resource: { select: { id: true, externalId: true, type: true, name: true } } },
  })
  if (!group) return []
  const type = groupNodeType(ctx.model)
  const titleOf = (name: string) => ctx.model.resourceTypes.find((each) => each.name === name)?.title ?? name
  const found = [...(group.resource ? [group.resource] : []), ...(type === null ? [] : [{ id: group.id, externalId: null, type, name: group.name }])]
  return found.map((each) => ({ type: each.type, id: resourceIdInPolicies(ctx.model, each), name: each.name, detail: titleOf(each.type) }))
}

async function findPeople(ctx: EditingCtx, q: string): Promise<EntityChoice[]> {
  const rows = await ctx.tx.membership.findMany({
    where: { organizationId: ctx.orgId, status: { not: 'invited' }, AND: searchWords(q).map((word) => ({ searchText: { contains: word.toLowerCase().replace(/[\\%_]/g, '\\$&') } })) },
    select: { id: true, email: true, name: true },
    orderBy: [{ sortName: 'asc' }, { id: 'asc' }],
    take: FOUND_MAX,
  })
  return rows.map(({ id, email, name }) => ({ id, name: name || email, detail: name ? email : '' }))
}

async function findAccounts(ctx: EditingCtx, q: string): Promise<EntityChoice[]> {
  const rows = await ctx.tx.serviceAccount.findMany({
    where: { organizationId: ctx.orgId, AND: searchWords(q).map((word) => ({ name: { contains: word.replace(/[\\%_]/g, '\\$&'), mode: 'insensitive' as const } })) },
    select: { id: true, name: true, description: true },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    take: FOUND_MAX,
  })
  return rows.map(({ id, name, description }) => ({ id, name, detail: description }))
}

export type EntitySearch = { ownerId: string; q: string; finds: 'user' | 'group' | 'service_account' | 'resource'; type: string }

/** Entities whose id one may want to write in the code, by name; people only for whoever may see users. */
export async function searchEntities(ctx: EditingCtx, { ownerId, q, finds, type }: EntitySearch): Promise<EntityChoice[]> {
  if (finds === 'user') return ctx.rights.holds('member:read') ? findPeople(ctx, q) : []
  if (finds === 'service_account') return ctx.rights.holds('service-account:read') ? findAccounts(ctx, q) : []
  if (finds === 'group') return (await findGroups(ctx, q, await findPlaceOf(ctx, ownerId))).map((row) => ({ id: resourceIdInPolicies(ctx.model, row), name: row.name, detail: 'Group' }))
  return searchPolicyResources(ctx, { ownerId, q, types: [type] })
}
