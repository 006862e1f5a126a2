import { createHash } from 'node:crypto'
import type { Ctx } from '@/lib/access/context'
import { absoluteUrl } from '@/lib/env'
import { Prisma } from '@/lib/generated/prisma/client'
import { isObject, type Json, type JsonObject } from '@/lib/scim/json'
import { schemasOf } from '@/lib/scim/resource'
import { USER, USER_SCHEMA } from '@/lib/scim/schemas'
import type { FilterSource } from '@/lib/scim/filter-sql'

const { sql } = Prisma

/** A membership as SCIM reads it. */
export type StoredUser = {
  id: string
  email: string
  name: string
  status: 'invited' | 'active' | 'suspended'
  externalId: string | null
  userName: string | null
  profile: Prisma.JsonValue
  directoryId: string | null
  source: string
  accountId: string | null
  createdAt: Date
  modifiedAt: Date
}

export const userColumns = sql`m."id", m."email", m."name", m."status"::text AS "status", m."externalId", m."userName", m."profile", m."directoryId", m."source", m."accountId",
  m."createdAt", m."modifiedAt"`

export const usersBase = (): string => absoluteUrl('/scim/v2/Users/')
export const groupsBase = (): string => absoluteUrl('/scim/v2/Groups/')

/** JSON out of the database, which holds what was put there as such. */
export const objectIn = (value: unknown): JsonObject => (isObject(value) ? value : {})

/** What is said of somebody of whom no directory has said anything yet. */
function ownProfile({ email, name }: StoredUser): JsonObject {
  return { ...(name !== '' && { name: { formatted: name }, displayName: name }), emails: [{ value: email, type: 'work', primary: true }] }
}

/** The same in SQL, so that filters see what answers show. */
const documentSql = sql`coalesce(m."profile", CASE WHEN m."name" = '' THEN '{}'::jsonb ELSE jsonb_build_object('name', jsonb_build_object('formatted', m."name"), 'displayName', m."name") END
  || jsonb_build_object('emails', jsonb_build_array(jsonb_build_object('value', m."email", 'type', 'work', 'primary', true))))`

/** What a directory may set of a person, as it is now: the piece that PUT replaces and PATCH changes. */
export function writableOf(user: StoredUser): JsonObject {
  return {
    userName: user.userName ?? user.email, ...(user.externalId !== null && { externalId: user.externalId }), active: user.status !== 'suspended',
    ...(user.profile === null ? ownProfile(user) : objectIn(user.profile)),
  }
}

export type GroupOfUser = { membershipId: string; id: string; name: string }

/** Groups of these people, all in one query. */
export async function findGroupsOf({ tx, orgId }: Ctx<'member:read'>, ids: readonly string[]): Promise<Map<string, GroupOfUser[]>> {
  const rows = ids.length === 0 ? [] : await tx.$queryRaw<GroupOfUser[]>`
    SELECT gm."membershipId", g."id", g."name" FROM "GroupMember" gm JOIN "Group" g ON g."organizationId" = gm."organizationId" AND g."id" = gm."groupId"
    WHERE gm."organizationId" = ${orgId} AND gm."membershipId" = ANY(${[...ids]}) ORDER BY g."id"`
  const groups = new Map<string, GroupOfUser[]>()
  for (const row of rows) groups.set(row.membershipId, [...(groups.get(row.membershipId) ?? []), row])
  return groups
}

/** A person as SCIM shows them (RFC 7643 §4.1), with an entity tag over all of it. */
export function userResource(user: StoredUser, groups: readonly GroupOfUser[]): JsonObject {
  const { userName, externalId, active, ...profile } = writableOf(user)
  const shown: JsonObject = {
    schemas: schemasOf(USER, profile), id: user.id, ...(externalId !== undefined && { externalId }), userName: userName ?? user.email, ...profile, active: active ?? true,
    ...(groups.length > 0 && { groups: groups.map(({ id, name }): Json => ({ value: id, $ref: groupsBase() + id, display: name, type: 'direct' })) }),
  }
  const hash = createHash('sha256').update(JSON.stringify(shown)).digest('base64url').slice(0, 22)
  return {
    ...shown,
    meta: { resourceType: 'User', created: user.createdAt.toISOString(), lastModified: user.modifiedAt.toISOString(), location: usersBase() + user.id, version: `W/"${hash}"` },
  }
}

export const versionOf = (resource: JsonObject): string => {
  const { meta } = resource
  return isObject(meta) && typeof meta['version'] === 'string' ? meta['version'] : ''
}

const text = (value: Prisma.Sql) => ({ type: 'text' as const, value })
const none: FilterSource['rows'] = () => undefined
const empty = sql`'{}'::jsonb`

/** Where filters over people look. */
export function userSource(): FilterSource {
  const columns: Record<string, ReturnType<FilterSource['column']>> = {
    id: text(sql`m."id"`),
    externalId: text(sql`m."externalId"`),
    userName: { type: 'text', value: sql`coalesce(m."userName", m."email")`, lower: sql`lower(coalesce(m."userName", m."email"))` },
    active: { type: 'flag', value: sql`m."status" <> 'suspended'` },
    meta: text(sql`'meta'`),
    'meta.resourceType': text(sql`'User'`),
    'meta.created': { type: 'time', value: sql`m."createdAt"` },
    'meta.lastModified': { type: 'time', value: sql`m."modifiedAt"` },
    'meta.location': text(sql`${usersBase()}::text || m."id"`),
  }
  const ofGroup: Record<string, ReturnType<FilterSource['column']>> = { value: text(sql`g."id"`), display: text(sql`g."name"`), type: text(sql`'direct'`), $ref: text(sql`${groupsBase()}::text || g."id"`) }
  return {
    column: (path) => (Object.hasOwn(columns, path) ? columns[path] : undefined),
    rows: (name) => {
      if (name === 'schemas') return { from: sql`(SELECT ${USER_SCHEMA}::text AS "urn" UNION ALL SELECT k FROM jsonb_object_keys(${documentSql}) k WHERE k ILIKE 'urn:%') s`, where: sql`true`, inside: { column: (path) => (path === '' ? text(sql`s."urn"`) : undefined), rows: none, document: empty } }
      if (name !== 'groups') return undefined
      return {
        from: sql`"GroupMember" gm JOIN "Group" g ON g."organizationId" = gm."organizationId" AND g."id" = gm."groupId"`,
        where: sql`gm."organizationId" = m."organizationId" AND gm."membershipId" = m."id"`,
        inside: { column: (path) => (Object.hasOwn(ofGroup, path) ? ofGroup[path] : undefined), rows: none, document: empty },
      }
    },
    document: documentSql,
  }
}
