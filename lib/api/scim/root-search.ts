import { read } from '@/lib/boundary/perform'
import { listGroups, listUsers } from '@/lib/features/scim/lists'
import { parseFilter, type Filter } from '@/lib/scim/filter'
import { project } from '@/lib/scim/projection'
import { GROUP, KINDS, USER, type ResourceKind } from '@/lib/scim/schemas'
import type { ScimAnswer } from './answer'
import type { ScimCall } from './call'
import { listResponse } from './discovery'
import { projectionOf, readQuery, readSearch, type Query } from './query'

/** People and groups in one list, people first (RFC 7644 §3.4.2.1). */
async function search(call: ScimCall, query: Query): Promise<ScimAnswer> {
  const { filter } = query
  const filterFor = (kind: ResourceKind): Filter | null => (filter === null ? null : parseFilter(filter, kind, { others: KINDS }))
  const [ofUsers, ofGroups] = [filterFor(USER), filterFor(GROUP)]
  const skip = query.startIndex - 1
  const { total, resources } = await read(call.actor, call.actor.organizationId, 'member:read', async (ctx) => {
    const [userShape, groupShape] = [projectionOf(USER, query), projectionOf(GROUP, query)]
    const users = await listUsers(ctx, { filter: ofUsers, skip, take: query.count, projection: userShape })
    const rest = { skip: Math.max(0, skip - users.total), take: query.count - users.resources.length }
    const groups = await listGroups(ctx, { filter: ofGroups, ...rest, projection: groupShape })
    return { total: users.total + groups.total, resources: [...users.resources.map((each) => project(each, userShape)), ...groups.resources.map((each) => project(each, groupShape))] }
  })
  return { status: 200, body: listResponse(total, query.startIndex, resources) }
}

export const listRootRoute = (call: ScimCall) => search(call, readQuery(call.query))
export const searchRootRoute = (call: ScimCall) => search(call, readSearch(call.body))
