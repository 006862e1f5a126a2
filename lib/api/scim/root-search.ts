import { read } from '@/lib/boundary/perform'
import { listGroups, listUsers } from '@/lib/features/scim/lists'
import { isScimError } from '@/lib/scim/error'
import { parseFilter, type Filter } from '@/lib/scim/filter'
import { project } from '@/lib/scim/projection'
import { GROUP, USER, type ResourceKind } from '@/lib/scim/schemas'
import type { ScimAnswer } from './answer'
import type { ScimCall } from './call'
import { listResponse } from './discovery'
import { projectionOf, readQuery, readSearch, type Query } from './query'

/** A filter may name what only one kind has: then no resource of the other kind is found. */
function filterFor(kind: ResourceKind, filter: string | null): Filter | null | 'nothing' {
  if (filter === null) return null
  try {
    return parseFilter(filter, kind)
  } catch (error) {
    if (isScimError(error) && /has no attribute/.test(error.message)) return 'nothing'
    throw error
  }
}

/** People and groups in one list, people first (RFC 7644 §3.4.2.1). */
async function search(call: ScimCall, query: Query): Promise<ScimAnswer> {
  const [ofUsers, ofGroups] = [filterFor(USER, query.filter), filterFor(GROUP, query.filter)]
  if (ofUsers === 'nothing' && ofGroups === 'nothing') parseFilter(query.filter ?? '', USER)
  const skip = query.startIndex - 1
  const { total, resources } = await read(call.actor, call.actor.organizationId, 'member:read', async (ctx) => {
    const [userShape, groupShape] = [projectionOf(USER, query), projectionOf(GROUP, query)]
    const none = { total: 0, resources: [] }
    const users = ofUsers === 'nothing' ? none : await listUsers(ctx, { filter: ofUsers, skip, take: query.count, projection: userShape })
    const rest = { skip: Math.max(0, skip - users.total), take: query.count - users.resources.length }
    const groups = ofGroups === 'nothing' ? none : await listGroups(ctx, { filter: ofGroups, ...rest, projection: groupShape })
    return { total: users.total + groups.total, resources: [...users.resources.map((each) => project(each, userShape)), ...groups.resources.map((each) => project(each, groupShape))] }
  })
  return { status: 200, body: listResponse(total, query.startIndex, resources) }
}

export const listRootRoute = (call: ScimCall) => search(call, readQuery(call.query))
export const searchRootRoute = (call: ScimCall) => search(call, readSearch(call.body))
