import type { Ctx } from '@/lib/access/context'
import { accessOfOthers } from '@/lib/access/of-others'
import { AppError } from '@/lib/errors'
import { describePermissions, type PermissionGroup } from '@/lib/features/roles/describe'
import { Prisma } from '@/lib/generated/prisma/client'
import { membershipIdOf } from '@/lib/ids'
import { holderOf } from './principals'
import { findGroupsOf, isSeen, type SeenBy } from './queries'
import type { ReachGrant, ReachLevel, ReachNode } from './rules'

const { sql, join } = Prisma

/** Most places that are looked at, and most branches of one level. */
const SCOPES_MAX = 5000
const BRANCHES_MAX = 200

type Identities = { own: string; groups: ReadonlyMap<string, string> }

/** That assignment `a` is held by the principal or one of its groups, and runs. */
function heldSql({ orgId, now }: Ctx, { own, groups }: Identities): Prisma.Sql {
  const holder = holderOf(own)
  const self = 'groupId' in holder ? sql`a."groupId" = ${holder.groupId}` : 'serviceAccountId' in holder ? sql`a."serviceAccountId" = ${holder.serviceAccountId}` : sql`a."membershipId" = ${holder.membershipId}`
  const through = groups.size === 0 ? [] : [sql`a."groupId" = ANY(${[...groups.keys()]})`]
  return sql`a."organizationId" = ${orgId} AND (a."expiresAt" IS NULL OR a."expiresAt" > ${now}) AND (${join([self, ...through], ' OR ')})`
}

/** Places at which something is held, of those the asker may look at. */
async function findHeldScopes(ctx: Ctx, who: Identities, seenBy: SeenBy): Promise<string[]> {
  const rows = await ctx.tx.$queryRaw<{ scopeId: string }[]>`SELECT DISTINCT a."scopeId" FROM "RoleAssignment" a WHERE ${heldSql(ctx, who)} LIMIT ${SCOPES_MAX}`
  return rows.map(({ scopeId }) => scopeId).filter((scopeId) => isSeen(ctx, seenBy, scopeId))
}

type GrantRow = { id: string; scopeId: string; title: string; groupId: string | null; expiresAt: Date | null; resourceIds: string[] }

async function findGrants(ctx: Ctx, who: Identities, scopeIds: readonly string[]): Promise<Map<string, ReachGrant[]>> {
  const rows = await ctx.tx.$queryRaw<GrantRow[]>`
    SELECT a."id", a."scopeId", r."title", a."groupId", a."expiresAt", coalesce(r."resourceIds", '{}') AS "resourceIds" FROM "RoleAssignment" a
    JOIN "Role" r ON r."organizationId" = a."organizationId" AND r."id" = a."roleId"
    WHERE ${heldSql(ctx, who)} AND a."scopeId" = ANY(${[...scopeIds]}) ORDER BY a."id"`
  const chosen = await ctx.tx.resource.findMany({ where: { organizationId: ctx.orgId, id: { in: [...new Set(rows.flatMap(({ resourceIds }) => resourceIds))] } }, select: { id: true, name: true } })
  const names = new Map(chosen.map(({ id, name }) => [id, name]))
  const grants = new Map<string, ReachGrant[]>()
  for (const { id, scopeId, title, groupId, expiresAt, resourceIds } of rows) {
    const group = groupId === null ? undefined : who.groups.get(groupId)
    const grant = { id, title, via: groupId !== null && group !== undefined ? { id: groupId, name: group } : null, expiresAt: expiresAt?.toISOString() ?? null, only: resourceIds.map((each) => names.get(each) ?? each) }
    grants.set(scopeId, [...(grants.get(scopeId) ?? []), grant])
  }
  return grants
}

type Branch = { id: string; type: string; name: string; hasBelow: boolean }

/** Resources directly below one (or the organization itself, for null) on the way to where something is held. */
const findBranches = (ctx: Ctx, scopeIds: readonly string[], parentId: string | null): Promise<Branch[]> => ctx.tx.$queryRaw<Branch[]>`
  WITH RECURSIVE up AS (
    SELECT "id", "parentId" FROM "Resource" WHERE "organizationId" = ${ctx.orgId} AND "id" = ANY(${[...scopeIds]})
    UNION SELECT r."id", r."parentId" FROM "Resource" r JOIN up ON r."id" = up."parentId" WHERE r."organizationId" = ${ctx.orgId})
  SELECT r."id", r."type", r."name", EXISTS (SELECT 1 FROM up below WHERE below."parentId" = r."id") AS "hasBelow"
  FROM up JOIN "Resource" r ON r."organizationId" = ${ctx.orgId} AND r."id" = up."id"
  WHERE r."parentId" IS NOT DISTINCT FROM ${parentId}::text ORDER BY r."name", r."id" LIMIT ${BRANCHES_MAX + 1}`

/**
 * One level of what a principal can reach, as a tree: only branches where a role is held at or below, each with the roles
 * held right there, own ones and those through groups.
 *
 * @param parentId whose children; null: the organization itself
 * @param seenBy the permission by which the asker sees it, proven before; null when it is their own access
 */
export async function findReach(ctx: Ctx, principalId: string, parentId: string | null, seenBy: SeenBy): Promise<ReachLevel> {
  const who = { own: principalId, groups: await findGroupsOf(ctx, principalId) }
  const scopeIds = await findHeldScopes(ctx, who, seenBy)
  if (scopeIds.length === 0) return { nodes: [], isCut: false }
  const branches = await findBranches(ctx, scopeIds, parentId)
  const shown = branches.slice(0, BRANCHES_MAX)
  const seen = new Set(scopeIds)
  const grants = await findGrants(ctx, who, shown.map(({ id }) => id).filter((id) => seen.has(id)))
  const titles = new Map(ctx.model.resourceTypes.map(({ name, title }) => [name, title]))
  const nodes = shown.map((branch): ReachNode => ({ ...branch, typeTitle: titles.get(branch.type) ?? branch.type, grants: grants.get(branch.id) ?? [] }))
  return { nodes, isCut: branches.length > BRANCHES_MAX }
}

/**
 * Everything a principal may do at a resource, in words, policies and the floor role included.
 *
 * @throws AppError `not-found` for a resource where the asker may not look
 */
export async function findEffective(ctx: Ctx, principalId: string, resourceId: string, seenBy: SeenBy): Promise<PermissionGroup[]> {
  if (!ctx.rights.knows(resourceId) || !isSeen(ctx, seenBy, resourceId)) throw new AppError('not-found', `no resource \`${resourceId}\``)
  const access = await accessOfOthers(ctx)
  return describePermissions(ctx.model, new Set(access.permissionsAt(membershipIdOf(principalId), resourceId)))
}
