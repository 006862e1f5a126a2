import type { Narrowing } from './engine/decide'
import type { IdTable } from './engine/id-table'
import type { AccessIndex } from './snapshots/access-index'
import { isCredentialGood } from './snapshots/known-credentials'

/** A principal or resource as a program names it: `id` is ours when it has our form, else what the program calls it. */
export type Named = { type: string; id: string }

export type NamedResource = Named & { properties?: Readonly<Record<string, unknown>> | undefined }

const OURS = /^[a-z]{3}_[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

/** Whether an id is ours. Most that are stand in the table, which tells faster than their form does. */
const isOurs = (ids: IdTable, id: string): boolean => ids.find(id) >= 0 || OURS.test(id)

/** Our id of what a program names. */
const ownId = (ids: IdTable, directory: AccessIndex['directory'], type: string, id: string): string | undefined =>
  isOurs(ids, id) ? id : directory.find(type, id)

/** Whose rights are asked about, and what of them a credential may use. */
export type Subject = { principalId: string; narrowing?: Narrowing }

/** What programs are told that a credential is, in `whoami` and by introspection; an access token has the id of its source. */
const CREDENTIAL_TYPES: ReadonlySet<string> = new Set(['api_key', 'service_account_key', 'token', 'trusted_issuer', 'access_token'])

/** A credential as subject: its principal's rights, narrowed; undefined when it is no longer good. */
function subjectOfCredential({ directory }: AccessIndex, type: string, id: string, at: number): Subject | undefined {
  const credential = directory.credential(id)
  if (!credential || (credential.type !== type && type !== 'access_token') || !isCredentialGood(credential, at)) return undefined
  const { principalId, narrowing } = credential
  return { principalId, ...(narrowing && { narrowing }) }
}

/**
 * Whose rights a subject has: a user, group, service account or token has its own, a key those of its owner as far as it is
 * not narrowed.
 *
 * @returns undefined when there is none of this type, or the credential is no longer good
 */
export function findSubject(index: AccessIndex, { type, id }: Named, at: number): Subject | undefined {
  if (CREDENTIAL_TYPES.has(type)) return subjectOfCredential(index, type, id, at)
  const { directory, snapshot: { principals } } = index
  const own = ownId(principals.ids, directory, type, id)
  if (own === undefined) return undefined
  const principal = principals.ids.find(own)
  return principal >= 0 && principals.isKnown(principal) && principals.kindOf(principal) === type ? { principalId: own } : undefined
}

/** Where a question about a resource is asked: at the resource, or at the one under which an unregistered one would lie. */
export type Place = { resourceId: string; unregisteredType?: string }

function findNode({ directory, snapshot: { tree, vocabulary } }: AccessIndex, { type, id }: Named): string | undefined {
  const own = ownId(tree.ids, directory, type, id)
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

/**
 * In which ids a question is to be answered: whoever names a subject or a resource by the platform's own id, or a person by
 * address, is told the platform's ids; ours of what has none, or one that would be read as ours.
 */
export function answersIn({ directory, snapshot: { principals, tree } }: AccessIndex, { id: asked }: Named): (id: string) => string {
  if (isOurs(principals.ids, asked) || isOurs(tree.ids, asked)) return (id) => id
  return (id) => {
    const external = directory.externalIdOf(id)
    return external === null || OURS.test(external) ? id : external
  }
}
