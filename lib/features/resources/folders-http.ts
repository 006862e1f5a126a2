import { z } from 'zod'
import { defineRead, defineRoute } from '@/lib/boundary/http'
import type { ApiRoute, Call } from '@/lib/boundary/http-route'
import { listOf } from '@/lib/boundary/http-schema'
import { AppError, isAppError } from '@/lib/errors'
import { REHEARSAL, RehearsedQuery } from '@/lib/features/access-preview/schema'
import { tellPreview } from '@/lib/features/access-preview/tell'
import { answerResource, byId, clusterExample, contentsQuery, EXAMPLE_FOLDER, folderExample, listQuery, Params, ResourceShape, toResource, versionedAs } from './http-shapes'
import { moveRoute } from './http-move'
import { createResource, deleteResource, updateResource } from './operations'
import { findResource, listContents, listResources } from './queries'
import { CreateResourceInput, ResourceFilter, ResourceId, UpdateResourceInput } from './schema'

type View = { type: 'folder' | 'cluster'; base: '/folders' | '/clusters'; tag: string; example: z.input<typeof ResourceShape>; more: string }

/** What the views call a parent: an id, or `root`, nothing, or left out for the top of the tree. */
const ParentId = ResourceId.nullish().transform((id) => (id === undefined ? undefined : id === null || id === '' || id === 'root' ? null : id))
  .meta({ description: 'Id of what it lies directly under; `root`, null or left out: the top.', example: EXAMPLE_FOLDER.id })

/** Refusals name the fields that these addresses take. */
async function withParentId<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (!isAppError(error) || !error.extras.fields) throw error
    const fields = error.extras.fields.map(({ path, message }) => ({ path: path === 'parent' ? 'parentId' : path, message }))
    throw new AppError(error.code, error.message.replace('`parent`', '`parentId`'), { ...error.extras, fields })
  }
}

/** Who sent `parent`, which is not known here, is told of that word. */
const saysParent = ({ body }: Call): boolean => typeof body === 'object' && body !== null && 'parent' in body

const named = (route: ApiRoute): ApiRoute => ({ ...route, handle: (call: Call) => (saysParent(call) ? route.handle(call) : withParentId(route.handle(call))) })

/** The tree seen as resources of one type, under names of their own. */
function viewRoutes({ type, base, tag, example, more }: View): ApiRoute[] {
  const resource = versionedAs(type)
  const { name, externalId, attributes } = CreateResourceInput.shape
  return [
    defineRead({
      path: base,
      tag,
      summary: `List ${type}s`,
      description: `All ${type}s that the caller may see, by name. ${more}`,
      permission: 'resource:read',
      query: z.strictObject({ ...listQuery, parentId: ResourceFilter.shape.parentId.meta({ description: 'Only those directly under this resource; `root` is the top.', example: EXAMPLE_FOLDER.id }) }),
      output: listOf(ResourceShape),
      example: { data: [example], nextCursor: null },
      read: async (ctx, { query: { limit, cursor, parentId, q, sort } }) => {
        const filter = { q, sort, types: [type], parentId: parentId === 'root' ? ctx.orgId : parentId }
        const { rows, nextCursor } = await listResources(ctx, filter, { limit, after: cursor, isCounted: false })
        return { data: rows.map(toResource), nextCursor }
      },
    }),
    named(defineRoute({
      method: 'post',
      path: base,
      tag,
      summary: `Create a ${type}`,
      description: more,
      operation: createResource,
      body: z.strictObject({ name, parentId: ParentId, externalId, attributes }),
      bodyExample: { name: example.name, parentId: 'root' },
      input: ({ body: { parentId, ...rest } }) => ({ ...rest, type, parent: parentId ?? null }),
      status: 201,
      output: ResourceShape,
      example,
      answer: answerResource,
      location: ({ id }) => `${base}/${id}`,
      errors: ['not-found', 'already-exists', 'limit-reached'],
    })),
    defineRead({
      path: `${base}/{id}`,
      tag,
      summary: `Show a ${type}`,
      permission: 'resource:read',
      params: Params,
      output: ResourceShape,
      example,
      hasVersion: true,
      read: (ctx, { params }) => resource.read(ctx, params),
    }),
    named(defineRoute({
      method: 'patch',
      path: `${base}/{id}`,
      tag,
      summary: `Change a ${type}`,
      description: `Renames it, changes external id and attributes, and moves it when another \`parentId\` is named. ${REHEARSAL}`,
      operation: updateResource,
      query: RehearsedQuery,
      rehearsal: tellPreview,
      params: Params,
      body: z.strictObject({ name: UpdateResourceInput.shape.name, externalId, attributes: UpdateResourceInput.shape.attributes, parentId: ParentId }),
      bodyExample: { name: `${example.name}-2` },
      input: ({ params, body: { parentId, ...rest } }) => ({ ...rest, id: params.id, type, ...(parentId !== undefined && { parent: parentId }) }),
      resource,
      answer: answerResource,
      example,
      errors: ['conflict', 'already-exists'],
    })),
    defineRoute({
      method: 'delete',
      path: `${base}/{id}`,
      tag,
      summary: `Delete a ${type}`,
      description: 'Only one that holds nothing and on which no policy, guardrail, group mapping or application token stands (409). Role assignments made on it go with it; the audit log keeps them.',
      operation: deleteResource,
      params: Params,
      input: (sent) => ({ ...byId(sent), type }),
      status: 204,
      resource,
      errors: ['conflict'],
    }),
    moveRoute({ path: `${base}/{id}/move`, tag, example, type }),
  ]
}

const contentsRoute = defineRead({
  path: '/folders/{id}/contents',
  tag: 'Folders',
  summary: 'List the contents of a folder',
  description: 'What lies directly in it, folders first. `root` is the top of the tree.',
  permission: 'resource:read',
  params: Params,
  query: z.strictObject(contentsQuery),
  output: listOf(ResourceShape),
  example: { data: [folderExample, clusterExample], nextCursor: null },
  read: async (ctx, { params: { id }, query: { limit, cursor, q } }) => {
    const isRoot = id === 'root' || id === ctx.orgId
    if (!isRoot) await findResource(ctx, id, 'folder')
    const { rows, nextCursor } = await listContents(ctx, isRoot ? ctx.orgId : id, { q }, { limit, after: cursor, isCounted: false })
    return { data: rows.map(toResource), nextCursor }
  },
})

export const folderRoutes = [
  ...viewRoutes({ type: 'folder', base: '/folders', tag: 'Folders', example: folderExample, more: 'Names, depth and number of folders are limited where the access model says so.' }),
  contentsRoute,
  ...viewRoutes({ type: 'cluster', base: '/clusters', tag: 'Clusters', example: clusterExample, more: 'In models without clusters there are none, and none can be made (422).' }),
]
