import { z } from 'zod'
import { defineRead, defineRoute } from '@/lib/boundary/http'
import { listOf, manyOf } from '@/lib/boundary/http-schema'
import { REHEARSAL, RehearsedQuery } from '@/lib/features/access-preview/schema'
import { tellPreview } from '@/lib/features/access-preview/tell'
import { answerResource, byId, clusterExample, contentsQuery, EXAMPLE_FOLDER, EXAMPLE_ORGANIZATION, listQuery, Params, PlaceShape, ResourceShape, toResource, versionedAs } from './http-shapes'
import { moveRoute } from './http-move'
import { createResource, deleteResource, updateResource } from './operations'
import { findResource, listAncestors, listContents, listResources } from './queries'
import { UpdateResourceInput, ResourceFilter } from './schema'

const tag = 'Resources'
const resource = versionedAs()

const Query = z.strictObject({
  ...listQuery,
  type: manyOf(z.string().max(80)).meta({ description: 'Only resources of these types. Repeat it, or separate by commas.', example: ['cluster'] }),
  parent: ResourceFilter.shape.parentId.meta({ description: 'Id of a resource: only what lies directly under it.', example: EXAMPLE_FOLDER.id }),
})

export const resourceRoutes = [
  defineRead({
    path: '/resources',
    tag,
    summary: 'List resources',
    description: 'Resources of the tree that the caller may see, by name. The organization itself is not among them.',
    permission: 'resource:read',
    query: Query,
    output: listOf(ResourceShape),
    example: { data: [clusterExample], nextCursor: null },
    read: async (ctx, { query: { limit, cursor, type, parent, q, sort } }) => {
      const { rows, nextCursor } = await listResources(ctx, { q, sort, types: type, parentId: parent }, { limit, after: cursor, isCounted: false })
      return { data: rows.map(toResource), nextCursor }
    },
  }),
  defineRoute({
    method: 'post',
    path: '/resources',
    tag,
    summary: 'Create a resource',
    description: 'Needs what the access model asks for making this type under that parent, too. Whoever makes it gets the role the model keeps for makers, such as Cluster Admin.',
    operation: createResource,
    bodyExample: { type: 'folder', name: 'prod', parent: null },
    status: 201,
    output: ResourceShape,
    example: clusterExample,
    answer: answerResource,
    location: ({ id }) => `/resources/${id}`,
    errors: ['not-found', 'already-exists', 'limit-reached'],
  }),
  defineRead({
    path: '/resources/{id}',
    tag,
    summary: 'Show a resource',
    permission: 'resource:read',
    params: Params,
    output: ResourceShape,
    example: clusterExample,
    hasVersion: true,
    read: async (ctx, { params: { id } }) => toResource(await findResource(ctx, id)),
  }),
  defineRoute({
    method: 'patch',
    path: '/resources/{id}',
    tag,
    summary: 'Change a resource',
    description: `Renames it, changes its external id (null takes it away) and the attributes that are named (null takes one away), and moves it when another \`parent\` is named; \`parent: null\` is the top. ${REHEARSAL}`,
    operation: updateResource,
    query: RehearsedQuery,
    rehearsal: tellPreview,
    params: Params,
    body: UpdateResourceInput.omit({ id: true, type: true }),
    bodyExample: { name: 'orders-2', attributes: { region: 'eu-west-2' } },
    input: ({ params, body: { parent, ...rest } }) => ({ ...rest, id: params.id, ...(parent !== undefined && { parent: given(parent) }) }),
    resource,
    answer: answerResource,
    example: clusterExample,
    errors: ['conflict', 'already-exists'],
  }),
  defineRoute({
    method: 'delete',
    path: '/resources/{id}',
    tag,
    summary: 'Delete a resource',
    description: 'Only one that holds nothing and on which no policy, guardrail, group mapping or application token stands (409). Role assignments made on it go with it; the audit log keeps them.',
    operation: deleteResource,
    params: Params,
    input: byId,
    status: 204,
    resource,
    errors: ['conflict'],
  }),
  defineRead({
    path: '/resources/{id}/children',
    tag,
    summary: 'List what lies under a resource',
    description: 'What lies directly under it, type by type in the order of the access model, then by name. The organization’s id, or `root`, is the top of the tree; there, whoever may see only parts of it gets the topmost of those.',
    permission: 'resource:read',
    params: Params,
    query: z.strictObject({ ...contentsQuery, type: Query.shape.type }),
    output: listOf(ResourceShape),
    example: { data: [clusterExample], nextCursor: null },
    read: async (ctx, { params: { id }, query: { limit, cursor, q, type } }) => {
      const { rows, nextCursor } = await listContents(ctx, id === 'root' ? ctx.orgId : id, { q, types: type }, { limit, after: cursor, isCounted: false })
      return { data: rows.map(toResource), nextCursor }
    },
  }),
  defineRead({
    path: '/resources/{id}/ancestors',
    tag,
    summary: 'List what a resource lies in',
    description: 'All above it that the caller may see, the organization first. There are few, so the list is whole.',
    permission: 'resource:read',
    params: Params,
    output: z.object({ data: z.array(PlaceShape), nextCursor: z.null() }),
    example: { data: [EXAMPLE_ORGANIZATION, EXAMPLE_FOLDER], nextCursor: null },
    read: async (ctx, { params: { id } }) => ({ data: await listAncestors(ctx, id), nextCursor: null }),
  }),
  moveRoute({ path: '/resources/{id}/move', tag, example: clusterExample }),
]

/** A parsed reference as the operation takes it. */
function given(ref: { id: string; type?: string | undefined } | null): string | { type: string; id: string } | null {
  if (ref === null) return null
  return ref.type === undefined ? ref.id : { type: ref.type, id: ref.id }
}
