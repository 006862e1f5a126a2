import type { KnownKey } from './snapshots/rows-from-database'
import type { AccessIndex } from './snapshots/access-index'

/** A principal or resource as a program names it: `id` is ours when it has our form, else what the program calls it. */
export type Named = { type: string; id: string }

export type NamedResource = Named & { properties?: Readonly<Record<string, unknown>> | undefined }

const OURS = /^[a-z]{3}_[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

/** Whether a key may still be used, as far as the key itself goes. */
export const isKeyGood = ({ status, expiresAt }: KnownKey, at: number): boolean => status === 'active' && (expiresAt === null || expiresAt > at)

/**
 * Whose rights a subject has: a user, group, service account or token has its own, an API key those of its owner.
 *
 * @returns the principal's id; undefined when there is none of this type, or the key is no longer good
 */
export function findPrincipal({ directory, snapshot: { principals } }: AccessIndex, { type, id }: Named, at: number): string | undefined {
  if (type === 'api_key') {
    const key = directory.key(id)
    return key && isKeyGood(key, at) ? key.membershipId : undefined
  }
  const own = OURS.test(id) ? id : directory.find(type, id)
  if (own === undefined) return undefined
  const principal = principals.ids.find(own)
  return principal >= 0 && principals.isKnown(principal) && principals.kindOf(principal) === type ? own : undefined
}

/** Where a question about a resource is asked: at the resource, or at the one under which an unregistered one would lie. */
export type Place = { resourceId: string; unregisteredType?: string }

function findNode({ directory, snapshot: { tree, vocabulary } }: AccessIndex, { type, id }: Named): string | undefined {
  const own = OURS.test(id) ? id : directory.find(type, id)
  if (own === undefined) return undefined
  const node = tree.ids.find(own)
  return node >= 0 && tree.isPresent(node) && vocabulary.typeNames[tree.typeOf(node)] === type ? own : undefined
}

function parentOf(properties: NamedResource['properties']): Named | undefined {
  const parent = properties?.['parent']
  if (typeof parent !== 'object' || parent === null || !('type' in parent) || !('id' in parent)) return undefined
  const { type, id } = parent
  return typeof type === 'string' && typeof id === 'string' ? { type, id } : undefined
}

/**
 * Where a resource lies. One that only the program knows is placed by `properties.parent`; one of our form is in the tree
 * or is nowhere.
 */
export function findPlace(index: AccessIndex, resource: NamedResource): Place | undefined {
  const resourceId = findNode(index, resource)
  if (resourceId !== undefined) return { resourceId }
  const parent = OURS.test(resource.id) ? undefined : parentOf(resource.properties)
  const parentId = parent && findNode(index, parent)
  return parentId === undefined ? undefined : { resourceId: parentId, unregisteredType: resource.type }
}
