import { z } from 'zod'
import { NAME_MAX } from './rules'

/** One line without control characters, which PostgreSQL refuses in a text. */
const oneLine = (max: number) => z.string().max(max, `At most ${max} characters`).regex(/^\P{Cc}*$/u, 'This is one line of text')

export const ResourceId = oneLine(80)

/** A resource by its id, or as the pair that the API answers with. */
export const ResourceRef = z.union([
  ResourceId.transform((id) => ({ id, type: undefined })),
  z.strictObject({ type: z.string().max(80), id: ResourceId }),
], { error: 'Name a resource by its id, or as `{ type, id }`' })

export type ResourceRef = z.output<typeof ResourceRef>

const Name = z.string().trim().min(1, 'Give it a name').max(NAME_MAX, `A name has at most ${NAME_MAX} characters`).regex(/^\P{Cc}*$/u, 'A name is one line of text')

/** The platform's own id; what has the form of one of ours would never be looked up as such. */
const ExternalId = oneLine(200).trim().min(1, 'An external id is not empty').refine((id) => !/^[a-z]{3}_[0-9a-f]{8}-/.test(id), 'This has the form of one of our own ids')

const AttributeValue = z.union([z.string().max(2000), z.number(), z.boolean(), z.array(z.string().max(200)).max(100), z.null()], {
  error: 'Give a text, a number, true or false, or a list of texts',
})

/** Values by name; null takes one away. What they must be, the access model says. */
export const AttributesInput = z.record(z.string().max(64), AttributeValue)

const ParentInput = ResourceRef.nullable().default(null)

export const CreateResourceInput = z.strictObject({
  type: z.string().min(1, 'Choose what to make').max(80),
  name: Name,
  /** Null: at the top, under the organization. */
  parent: ParentInput,
  externalId: ExternalId.nullish(),
  attributes: AttributesInput.default({}),
})

/** The type that a view of the tree is of: a resource of another type does not exist there. */
const OfType = z.string().max(80).optional()

export const UpdateResourceInput = z.strictObject({
  id: ResourceId,
  type: OfType,
  name: Name.optional(),
  /** Null takes it away. */
  externalId: ExternalId.nullish(),
  /** Those named are set, or with null taken away; the others stay. */
  attributes: AttributesInput.optional(),
  parent: ResourceRef.nullish(),
})

export const MoveResourceInput = z.strictObject({
  id: ResourceId,
  type: OfType,
  parent: ParentInput,
  /** Only says whose access would change. */
  dryRun: z.boolean().default(false),
})

export const ResourceInput = z.strictObject({ id: ResourceId, type: OfType })

export const RESOURCE_SORTS = ['name', '-name'] as const

/** What narrows and orders a list of resources. */
export const ResourceFilter = z.strictObject({
  /** A piece of a name or of a path with slashes, an id, or an external id. */
  q: z.string().trim().max(200).default(''),
  types: z.array(z.string().max(80)).max(20).default([]),
  /** Directly under this resource. */
  parentId: ResourceId.optional(),
  sort: z.enum(RESOURCE_SORTS).default('name'),
})

export type ResourceFilter = z.output<typeof ResourceFilter>

const Cursor = z.string().min(1).max(2000)

/** Levels of the tree to read: what lies directly under each. The organization's own id stands for the top. */
export const TreeLevelsInput = z.strictObject({
  parentIds: z.array(ResourceId).max(100),
  /** Goes on with the one level asked for. */
  cursor: Cursor.optional(),
  /** Says of every node why this resource could not be moved there. */
  movingId: ResourceId.optional(),
})

/** The top of the tree and other open levels; for a picker, with what is being moved. */
export const TreeInput = z.strictObject({ openIds: z.array(ResourceId).max(200).default([]), movingId: ResourceId.optional() })

export const TreePathInput = z.strictObject({ id: ResourceId })

export const MoveTargetSearchInput = z.strictObject({ movingId: ResourceId, q: z.string().trim().max(200) })

export const PreviewMoveInput = z.strictObject({ id: ResourceId, parentId: ResourceId })

