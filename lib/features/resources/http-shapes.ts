import { z } from 'zod'
import type { Ctx } from '@/lib/access/context'
import type { CorePermission } from '@/lib/access/permissions'
import { idText, pageQuery, TimeText } from '@/lib/boundary/http-schema'
import { describeResource, findResource } from './queries'
import type { ResourceRow } from './rules'
import { RESOURCE_SORTS, ResourceFilter, ResourceId } from './schema'

export const EXAMPLE_ORGANIZATION = { type: 'organization', id: 'org_019a0b6e-5b00-7aaa-8b10-2a3b4c5d6e7f', name: 'Acme' }
export const EXAMPLE_FOLDER = { type: 'folder', id: 'fld_019a0b6e-7001-7bbb-8c10-2a3b4c5d6e7f', name: 'prod' }
const EXAMPLE_CLUSTER = { type: 'cluster', id: 'cls_019a0b6e-7002-7bbb-8c10-2a3b4c5d6e7f', name: 'orders' }

const refOf = ({ type, id }: { type: string; id: string }) => ({ type, id })

export const folderExample = {
  ...EXAMPLE_FOLDER, parent: refOf(EXAMPLE_ORGANIZATION), path: [EXAMPLE_ORGANIZATION, EXAMPLE_FOLDER],
  externalId: null, attributes: { labels: ['team:core'] }, createdAt: '2026-11-22T09:30:00.000Z',
}

export const clusterExample = {
  ...EXAMPLE_CLUSTER, parent: refOf(EXAMPLE_FOLDER), path: [EXAMPLE_ORGANIZATION, EXAMPLE_FOLDER, EXAMPLE_CLUSTER],
  externalId: 'orders-1', attributes: { region: 'eu-west-1' }, createdAt: '2026-11-22T09:30:00.000Z',
}

export const PlaceShape = z.object({ type: z.string(), id: z.string(), name: z.string() })

const AttributeShape = z.union([z.string(), z.number(), z.boolean(), z.array(z.string())])

/** A node of the tree, as every route answers it. */
export const ResourceShape = z.object({
  id: idText(EXAMPLE_FOLDER.id, 'Id of the resource: `fld_…` for folders, `cls_…` for clusters, `res_…` for everything else.'),
  type: z.string().meta({ description: 'One of the resource types of the organization’s access model.' }),
  name: z.string(),
  parent: z.object({ type: z.string(), id: z.string() }).nullable().meta({ description: 'What it lies directly under; null for the organization only.' }),
  path: z.array(PlaceShape).meta({ description: 'From the organization down to the resource itself. Steps that the caller may not see are left out.' }),
  externalId: z.string().nullable().meta({ description: 'The id by which the platform’s own programs know it; unique among resources of its type.' }),
  attributes: z.record(z.string(), AttributeShape).meta({ description: 'Values of the attributes that the access model declares for its type, which policies may read.' }),
  createdAt: TimeText,
}).meta({ id: 'Resource', description: 'A typed node in the organization’s tree.' })

export const toResource = ({ id, type, name, parent, path, externalId, attributes, createdAt }: ResourceRow): z.input<typeof ResourceShape> => ({
  id, type, name, parent, path: [...path], externalId, attributes: { ...attributes }, createdAt,
})

export const Params = z.object({ id: ResourceId.min(1).meta({ description: 'Id of the resource.', example: EXAMPLE_FOLDER.id }) })
export const byId = ({ params }: { params: { id: string } }) => ({ id: params.id })

export const listQuery = {
  ...pageQuery,
  q: ResourceFilter.shape.q.meta({ description: 'A piece of the name, of the path with slashes (`prod/eu`; with a slash first from the top), an id, or an external id.' }),
  sort: z.enum(RESOURCE_SORTS).default('name').meta({ description: '`name`; a minus before it turns the order around.', example: 'name' }),
}

export const contentsQuery = { ...pageQuery, q: listQuery.q }

/** The answer of a change: the resource as it is now, for whoever was allowed to change it. */
export const answerResource = async <P extends CorePermission>(ctx: Ctx<P>, { id }: { id: string }) => toResource(await describeResource(ctx, id))

/** What `If-Match` is compared with; a resource of another type than the address says does not exist. */
export const versionedAs = (type?: string) => ({
  schema: ResourceShape,
  table: 'Resource' as const,
  permission: 'resource:read' as const,
  idOf: ({ id }: { id: string }) => id,
  read: async (ctx: Ctx<'resource:read'>, { id }: { id: string }) => toResource(await findResource(ctx, id, type)),
})
