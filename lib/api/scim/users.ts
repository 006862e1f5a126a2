import { read } from '@/lib/boundary/perform'
import { changeUser, deprovisionUser, provisionUser } from '@/lib/features/scim/user-writes'
import { findUser, listUsers } from '@/lib/features/scim/lists'
import { versionOf } from '@/lib/features/scim/user-rows'
import { isObject, type JsonObject } from '@/lib/scim/json'
import { applyPatch } from '@/lib/scim/patch'
import { readPatch } from '@/lib/scim/patch-operations'
import { project } from '@/lib/scim/projection'
import { readResource } from '@/lib/scim/resource'
import { USER } from '@/lib/scim/schemas'
import type { ScimAnswer } from './answer'
import type { ScimCall } from './call'
import { listResponse } from './discovery'
import { filterOf, projectionOf, readQuery, readSearch, type Query } from './query'

const locationOf = ({ meta }: JsonObject): string => (isObject(meta) && typeof meta['location'] === 'string' ? meta['location'] : '')

/** One resource with its tag; nothing more when the caller has this version (RFC 7644 §3.14). */
export function shown(call: ScimCall, resource: JsonObject, projected: JsonObject, status = 200): ScimAnswer {
  const etag = versionOf(resource)
  const known = call.header('if-none-match')
  const plain = (tag: string): string => tag.trim().replace(/^W\//, '')
  const isKnown = call.method === 'GET' && known !== undefined && (known.trim() === '*' || known.split(',').some((tag) => plain(tag) === plain(etag)))
  const headers = { etag, location: locationOf(resource), 'content-location': locationOf(resource) }
  return isKnown ? { status: 304, headers: { etag } } : { status, headers, body: projected }
}

const projectionIn = (call: ScimCall) => projectionOf(USER, readQuery(call.query))
const answered = (call: ScimCall, resource: JsonObject, status?: number): ScimAnswer => shown(call, resource, project(resource, projectionIn(call)), status)

async function list(call: ScimCall, query: Query): Promise<ScimAnswer> {
  const projection = projectionOf(USER, query)
  const filter = filterOf(USER, query)
  const { total, resources } = await read(call.actor, call.actor.organizationId, 'member:read', (ctx) => listUsers(ctx, { filter, skip: query.startIndex - 1, take: query.count, projection }))
  return { status: 200, body: listResponse(total, query.startIndex, resources.map((each) => project(each, projection))) }
}

export const listUserRoute = (call: ScimCall) => list(call, readQuery(call.query))
export const searchUserRoute = (call: ScimCall) => list(call, readSearch(call.body))

export const findUserRoute = async (call: ScimCall): Promise<ScimAnswer> =>
  answered(call, await read(call.actor, call.actor.organizationId, 'member:read', (ctx) => findUser(ctx, call.id)))

export async function createUserRoute(call: ScimCall): Promise<ScimAnswer> {
  projectionIn(call)
  return answered(call, await provisionUser(call.actor, readResource(USER, call.body)), 201)
}

/** Replaces (RFC 7644 §3.5.1): what is not sent is gone, but for whether they may enter and what the provider calls them. */
export async function replaceUserRoute(call: ScimCall): Promise<ScimAnswer> {
  projectionIn(call)
  const sent = readResource(USER, call.body)
  const clearsId = isObject(call.body) && call.body['externalId'] === null
  const after = ({ externalId, active }: JsonObject): JsonObject =>
    ({ ...(externalId !== undefined && !clearsId && { externalId }), ...(active !== undefined && { active }), ...sent })
  return answered(call, await changeUser(call.actor, call.id, after, { ifMatch: call.header('if-match') }))
}

export async function patchUserRoute(call: ScimCall): Promise<ScimAnswer> {
  projectionIn(call)
  const operations = readPatch(call.body, USER)
  return answered(call, await changeUser(call.actor, call.id, (before) => applyPatch(USER, before, operations), { ifMatch: call.header('if-match') }))
}

export async function deleteUserRoute(call: ScimCall): Promise<ScimAnswer> {
  await deprovisionUser(call.actor, call.id, { ifMatch: call.header('if-match') })
  return { status: 204 }
}
