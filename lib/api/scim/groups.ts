import { read } from '@/lib/boundary/perform'
import { changeGroup, deprovisionGroup, provisionGroup } from '@/lib/features/scim/group-writes'
import { findGroup, listGroups } from '@/lib/features/scim/lists'
import { isObject, valueOf, type Json } from '@/lib/scim/json'
import { memberIds, memberSteps } from '@/lib/scim/member-changes'
import { applyPatch } from '@/lib/scim/patch'
import { readPatch } from '@/lib/scim/patch-operations'
import { project, type Projection } from '@/lib/scim/projection'
import { MEMBERS, readResource } from '@/lib/scim/resource'
import { GROUP } from '@/lib/scim/schemas'
import type { ScimAnswer } from './answer'
import type { ScimCall } from './call'
import { listResponse } from './discovery'
import { filterOf, projectionOf, readQuery, readSearch, type Query } from './query'
import { shown } from './users'

const projectionIn = (call: ScimCall): Projection => projectionOf(GROUP, readQuery(call.query))
const membersIn = (body: unknown): Json | undefined => (isObject(body) ? valueOf(body, MEMBERS) : undefined)

async function list(call: ScimCall, query: Query): Promise<ScimAnswer> {
  const projection = projectionOf(GROUP, query)
  const filter = filterOf(GROUP, query)
  const { total, resources } = await read(call.actor, call.actor.organizationId, 'member:read', (ctx) => listGroups(ctx, { filter, skip: query.startIndex - 1, take: query.count, projection }))
  return { status: 200, body: listResponse(total, query.startIndex, resources.map((each) => project(each, projection))) }
}

export const listGroupRoute = (call: ScimCall) => list(call, readQuery(call.query))
export const searchGroupRoute = (call: ScimCall) => list(call, readSearch(call.body))

export async function findGroupRoute(call: ScimCall): Promise<ScimAnswer> {
  const projection = projectionIn(call)
  const group = await read(call.actor, call.actor.organizationId, 'member:read', (ctx) => findGroup(ctx, call.id, projection))
  return shown(call, group, project(group, projection))
}

export async function createGroupRoute(call: ScimCall): Promise<ScimAnswer> {
  const projection = projectionIn(call)
  const group = await provisionGroup(call.actor, readResource(GROUP, call.body), memberIds(membersIn(call.body)), projection)
  return shown(call, group, project(group, projection), 201)
}

/** Replaces: whoever is not named is out. What the provider calls it stays unless it says otherwise. */
export async function replaceGroupRoute(call: ScimCall): Promise<ScimAnswer> {
  const projection = projectionIn(call)
  const sent = readResource(GROUP, call.body)
  const members = [{ op: 'replace' as const, ids: memberIds(membersIn(call.body)) }]
  const clearsId = isObject(call.body) && call.body['externalId'] === null
  const { resource } = await changeGroup(call.actor, call.id, { after: ({ externalId }) => ({ ...(externalId !== undefined && !clearsId && { externalId }), ...sent }), members }, { ifMatch: call.header('if-match'), projection }, true)
  return resource ? shown(call, resource, project(resource, projection)) : { status: 204 }
}

/** Answers with nothing but the tag, unless attributes are asked for: a group may have thousands of members (RFC 7644 §3.5.2). */
export async function patchGroupRoute(call: ScimCall): Promise<ScimAnswer> {
  const projection = projectionIn(call)
  const isAsked = projection.only !== null || projection.without.length > 0
  const operations = readPatch(call.body, GROUP)
  const change = { after: (before: Parameters<typeof applyPatch>[1]) => applyPatch(GROUP, before, operations), members: memberSteps(operations) }
  const { version, resource } = await changeGroup(call.actor, call.id, change, { ifMatch: call.header('if-match'), projection }, isAsked)
  return resource ? shown(call, resource, project(resource, projection)) : { status: 204, headers: { etag: version } }
}

export async function deleteGroupRoute(call: ScimCall): Promise<ScimAnswer> {
  await deprovisionGroup(call.actor, call.id, call.header('if-match'))
  return { status: 204 }
}
