import type { Ctx } from '@/lib/access/context'
import { Prisma } from '@/lib/generated/prisma/client'
import type { FilterSource } from '@/lib/scim/filter-sql'
import type { Json, JsonObject } from '@/lib/scim/json'
import { schemasOf } from '@/lib/scim/resource'
import { GROUP, GROUP_SCHEMA } from '@/lib/scim/schemas'
import { groupsBase, objectIn, usersBase } from './user-rows'

const { sql } = Prisma

/** A group as SCIM reads it. */
export type StoredGroup = {
  id: string
  name: string
  externalId: string | null
  profile: Prisma.JsonValue
  directoryId: string | null
  isAdmin: boolean
  resourceId: string | null
  revision: number
  createdAt: Date
  modifiedAt: Date
}

export const groupColumns = sql`g."id", g."name", g."externalId", g."profile", g."directoryId", g."isAdmin", g."resourceId", g."revision", g."createdAt", g."modifiedAt"`

/** What a directory may set of a group beside who is in it. */
export const writableOfGroup = ({ name, externalId, profile }: StoredGroup): JsonObject =>
  ({ displayName: name, ...(externalId !== null && { externalId }), ...objectIn(profile) })

/** The entity tag: the count of changes, so that it costs nothing to know however many are in the group. */
export const groupVersion = ({ revision }: Pick<StoredGroup, 'revision'>): string => `W/"r${revision}"`

export type MemberOfGroup = { groupId: string; id: string; display: string }

/** Who is in these groups, all in one query. */
export async function findMembersOf({ tx, orgId }: Ctx<'member:read'>, ids: readonly string[]): Promise<Map<string, MemberOfGroup[]>> {
  const rows = ids.length === 0 ? [] : await tx.$queryRaw<MemberOfGroup[]>`
    SELECT gm."groupId", m."id", CASE WHEN m."name" = '' THEN m."email" ELSE m."name" END AS "display"
    FROM "GroupMember" gm JOIN "Membership" m ON m."organizationId" = gm."organizationId" AND m."id" = gm."membershipId"
    WHERE gm."organizationId" = ${orgId} AND gm."groupId" = ANY(${[...ids]}) ORDER BY m."id"`
  const members = new Map<string, MemberOfGroup[]>()
  for (const row of rows) {
    const list = members.get(row.groupId)
    if (list) list.push(row)
    else members.set(row.groupId, [row])
  }
  return members
}

export const memberElement = ({ id, display }: Pick<MemberOfGroup, 'id' | 'display'>): JsonObject => ({ value: id, $ref: usersBase() + id, display, type: 'User' })

/** A group as SCIM shows it (RFC 7643 §4.2); null members: they were not asked for. */
export function groupResource(group: StoredGroup, members: readonly MemberOfGroup[] | null): JsonObject {
  const { displayName, externalId, ...profile } = writableOfGroup(group)
  return {
    schemas: schemasOf(GROUP, profile), id: group.id, ...(externalId !== undefined && { externalId }), displayName: displayName ?? group.name, ...profile,
    ...(members !== null && members.length > 0 && { members: members.map((each): Json => memberElement(each)) }),
    meta: { resourceType: 'Group', created: group.createdAt.toISOString(), lastModified: group.modifiedAt.toISOString(), location: groupsBase() + group.id, version: groupVersion(group) },
  }
}

const text = (value: Prisma.Sql) => ({ type: 'text' as const, value })
const none: FilterSource['rows'] = () => undefined
const empty = sql`'{}'::jsonb`

/** Where filters over groups look. */
export function groupSource(): FilterSource {
  const columns: Record<string, ReturnType<FilterSource['column']>> = {
    id: text(sql`g."id"`),
    externalId: text(sql`g."externalId"`),
    displayName: { type: 'text', value: sql`g."name"`, lower: sql`lower(g."name")` },
    meta: text(sql`'meta'`),
    'meta.resourceType': text(sql`'Group'`),
    'meta.created': { type: 'time', value: sql`g."createdAt"` },
    'meta.lastModified': { type: 'time', value: sql`g."modifiedAt"` },
    'meta.location': text(sql`${groupsBase()}::text || g."id"`),
    'meta.version': text(sql`'W/"r' || g."revision" || '"'`),
  }
  const ofMember: Record<string, ReturnType<FilterSource['column']>> = {
    value: text(sql`m."id"`), display: text(sql`CASE WHEN m."name" = '' THEN m."email" ELSE m."name" END`), type: text(sql`'User'`), $ref: text(sql`${usersBase()}::text || m."id"`),
  }
  return {
    column: (path) => (Object.hasOwn(columns, path) ? columns[path] : undefined),
    rows: (name) => {
      if (name === 'schemas') return { from: sql`(SELECT ${GROUP_SCHEMA}::text AS "urn" UNION ALL SELECT k FROM jsonb_object_keys(coalesce(g."profile", '{}')) k WHERE k ILIKE 'urn:%') s`, where: sql`true`, inside: { column: (path) => (path === '' ? text(sql`s."urn"`) : undefined), rows: none, document: empty } }
      if (name !== 'members') return undefined
      return {
        from: sql`"GroupMember" gm JOIN "Membership" m ON m."organizationId" = gm."organizationId" AND m."id" = gm."membershipId"`,
        where: sql`gm."organizationId" = g."organizationId" AND gm."groupId" = g."id"`,
        inside: { column: (path) => (Object.hasOwn(ofMember, path) ? ofMember[path] : undefined), rows: none, document: empty },
      }
    },
    document: sql`coalesce(g."profile", '{}'::jsonb)`,
  }
}
