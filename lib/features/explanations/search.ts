import type { Ctx } from '@/lib/access/context'
import { CORE_PREFIX } from '@/lib/access/models/catalogue'
import { CORE_PERMISSIONS, corePermissionNames } from '@/lib/access/permissions'
import { indexStore } from '@/lib/access/snapshots/index-store'
import { findWho, placeOf } from './names'

/** One thing to pick; `detail` tells apart what has the same name. */
export type Found = { value: string; label: string; detail: string }

const FOUND_MAX = 20
const escapeLike = (text: string): string => text.replaceAll('\0', '').replace(/[\\%_]/g, '\\$&')

/** The one thing an id or an address names. */
async function findExactly(ctx: Ctx<'decision:ask'>, text: string): Promise<Found[]> {
  const index = await indexStore().atLeast(ctx.orgId, 0)
  const id = index.directory.find('user', text) ?? text
  const found = await findWho(ctx, index, id)
  return found ? [{ value: id, label: found.who.name, detail: [found.who.kind, found.who.detail].filter(Boolean).join(', ') }] : []
}

/**
 * Users, groups, service accounts and keys by a part of their name or address. Who may ask only below some resource
 * finds by the whole id or address only, as the decision API does.
 */
export async function searchPrincipals(ctx: Ctx<'decision:ask'>, { q }: { q: string }): Promise<Found[]> {
  const { tx, orgId, rights } = ctx
  if (!rights.holds('decision:ask') || /^[a-z]{3}_[0-9a-f-]{36}$/.test(q)) return findExactly(ctx, q)
  const pattern = `%${escapeLike(q.toLowerCase())}%`
  return tx.$queryRaw<Found[]>`
    (SELECT "id" AS "value", coalesce(nullif("name", ''), "email") AS "label", CASE WHEN "name" = '' THEN 'User' ELSE 'User, ' || "email" END || CASE WHEN "status" = 'active' THEN '' ELSE ', ' || "status"::text END AS "detail"
      FROM "Membership" WHERE "organizationId" = ${orgId} AND "searchText" LIKE ${pattern} ORDER BY "sortName", "id" LIMIT ${FOUND_MAX})
    UNION ALL (SELECT "id", "name", 'Group' FROM "Group" WHERE "organizationId" = ${orgId} AND lower("name") LIKE ${pattern} ORDER BY "name", "id" LIMIT ${FOUND_MAX})
    UNION ALL (SELECT "id", "name", 'Service account' FROM "ServiceAccount" WHERE "organizationId" = ${orgId} AND lower("name") LIKE ${pattern} ORDER BY "name", "id" LIMIT ${FOUND_MAX})
    UNION ALL (SELECT k."id", k."name", 'Key of ' || coalesce(m."email", s."name") FROM "ApiKey" k
      LEFT JOIN "Membership" m ON m."organizationId" = k."organizationId" AND m."id" = k."membershipId"
      LEFT JOIN "ServiceAccount" s ON s."organizationId" = k."organizationId" AND s."id" = k."serviceAccountId"
      WHERE k."organizationId" = ${orgId} AND k."status" <> 'revoked' AND lower(k."name") LIKE ${pattern} ORDER BY k."name", k."id" LIMIT ${FOUND_MAX})
    UNION ALL (SELECT "id", coalesce(nullif("description", ''), "publicId"), 'Application token' FROM "ApplicationToken"
      WHERE "organizationId" = ${orgId} AND "status" <> 'revoked' AND lower("description") LIKE ${pattern} ORDER BY "description", "id" LIMIT ${FOUND_MAX})`
}

/** Every word typed is in the title, the name or the group of what is found. */
export function searchActions({ model }: Pick<Ctx, 'model'>, { q }: { q: string }): Found[] {
  const words = q.toLowerCase().split(/\s+/).filter(Boolean)
  const all = [
    ...model.permissions.map(({ name, title, group }) => ({ name, title, group })),
    ...corePermissionNames.map((name) => ({ name: CORE_PREFIX + name, title: CORE_PERMISSIONS[name].title, group: `Gatehouse: ${CORE_PERMISSIONS[name].group}` })),
  ]
  return all.filter(({ name, title, group }) => words.every((word) => `${title} ${name} ${group}`.toLowerCase().includes(word)))
    .slice(0, 60).map(({ name, title, group }) => ({ value: name, label: title, detail: `${group} · ${name}` }))
}

/** Resources by a part of their name, or by id, with the path that leads to each; only those the reader may ask about. */
export async function searchResources(ctx: Ctx<'decision:ask'>, { q }: { q: string }): Promise<Found[]> {
  const { tx, orgId, rights } = ctx
  const { snapshot: { tree } } = await indexStore().atLeast(orgId, 0)
  const rows = await tx.$queryRaw<{ id: string; type: string; name: string }[]>`
    SELECT "id", "type", "name" FROM "Resource" WHERE "organizationId" = ${orgId} AND ("id" = ${q} OR lower("name") LIKE ${`%${escapeLike(q.toLowerCase())}%`})
    ORDER BY "id" <> ${orgId}, lower("name"), "id" LIMIT 100`
  const pathOf = (id: string): string => {
    const node = tree.ids.find(id)
    return node < 0 ? '' : tree.pathOf(node).slice(1).reverse().map((each) => tree.names[each] ?? '').join(' / ')
  }
  return rows.filter(({ id }) => rights.holds('decision:ask', id)).slice(0, FOUND_MAX).map((row) => {
    const place = placeOf(ctx, row)
    return { value: row.id, label: place.name, detail: [place.typeTitle, pathOf(row.id)].filter(Boolean).join(' in ') }
  })
}
