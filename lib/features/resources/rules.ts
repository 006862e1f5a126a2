import type { AccessModel, AttributeType, ResourceType, TypeLimits } from '@/lib/access/models/access-model'
import { askableTypes } from '@/lib/access/models/resource-types'
import type { IdKind } from '@/lib/ids'

export const NAME_MAX = 200
export const ROOT_TYPE = 'organization'

/** A resource as a step of a path. */
export type Place = { type: string; id: string; name: string }

export type AttributeValue = string | number | boolean | string[]

/** A node of the tree as lists and pages show it. */
export type ResourceRow = {
  id: string
  type: string
  typeTitle: string
  name: string
  parent: { type: string; id: string } | null
  /** From the organization down to the resource itself; steps that the asker may not see are left out. */
  path: readonly Place[]
  externalId: string | null
  attributes: Readonly<Record<string, AttributeValue>>
  createdAt: string
}

/** What an access model does not know any more: a resource of a type that it dropped. */
const unknownType = (name: string): ResourceType => ({ name, title: name, plural: name, parents: [] })

export const typeOf = (model: AccessModel, name: string): ResourceType => model.resourceTypes.find((type) => type.name === name) ?? unknownType(name)

/** Types of which resources are made in the tree: neither the organization, nor what stands for its groups. */
export const madeTypes = (model: AccessModel): readonly ResourceType[] => model.resourceTypes.filter(({ name, standsFor }) => name !== ROOT_TYPE && standsFor === undefined)

/** Types that may lie directly under one. */
export const childTypes = (model: AccessModel, parentType: string): readonly ResourceType[] => madeTypes(model).filter(({ parents }) => parents.includes(parentType))

/** Names of types under which something may lie; the tree shows these. */
export const containerTypes = (model: AccessModel): readonly string[] => madeTypes(model).filter(({ name }) => childTypes(model, name).length > 0).map(({ name }) => name)

export const limitsOf = (model: AccessModel, type: string): TypeLimits => model.rules.limits?.[type] ?? {}

export const idKindOf = (type: string): IdKind => (type === 'folder' ? 'folder' : type === 'cluster' ? 'cluster' : 'resource')

/** "a folder", "an account". */
export function withArticle(title: string): string {
  const word = /^[A-Z]{2}/.test(title) ? title : title.charAt(0).toLowerCase() + title.slice(1)
  return `${/^([aeiou]|SQL)/i.test(word) ? 'an' : 'a'} ${word}`
}

/** "1 folder", "12 clusters". */
export function countOf({ title, plural }: ResourceType, count: number): string {
  const word = count === 1 ? title : plural
  return `${count.toLocaleString('en')} ${/^[A-Z]{2}/.test(word) ? word : word.charAt(0).toLowerCase() + word.slice(1)}`
}

/** "2 folders and 1 cluster", in the order of the model. */
export function contentsInWords(model: AccessModel, counts: ReadonlyMap<string, number>): string {
  const order = new Map(model.resourceTypes.map(({ name }, index) => [name, index]))
  const parts = [...counts].sort(([a], [b]) => (order.get(a) ?? 999) - (order.get(b) ?? 999)).map(([type, count]) => countOf(typeOf(model, type), count))
  return parts.length < 2 ? (parts[0] ?? 'nothing') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`
}

/** Why a resource of one type cannot lie directly under another, or null. */
export function placementProblem(model: AccessModel, type: string, parentType: string): string | null {
  if (typeOf(model, type).parents.includes(parentType)) return null
  return `${withArticle(typeOf(model, type).title)} cannot lie directly under ${withArticle(typeOf(model, parentType).title)}`
}

/** Why a name is not possible for this type, or null. */
export function nameProblem(model: AccessModel, type: string, name: string): string | null {
  const { namePattern, nameRule } = limitsOf(model, type)
  if (namePattern === undefined || new RegExp(namePattern, 'u').test(name)) return null
  return nameRule === undefined ? `The name of ${withArticle(typeOf(model, type).title)} matches \`${namePattern}\`` : `Use ${nameRule}`
}

/** Why a resource cannot be renamed where it lies, or null. */
export function renameProblem(model: AccessModel, type: string, parentType: string): string | null {
  const { renamedUnder } = limitsOf(model, type)
  if (renamedUnder === undefined || renamedUnder.includes(parentType)) return null
  return `${withArticle(typeOf(model, type).title)} directly under ${withArticle(typeOf(model, parentType).title)} cannot be renamed`
}

/** Why a resource of this type cannot lie so deep, the organization being level 1, or null. */
export function depthProblem(model: AccessModel, type: string, depth: number): string | null {
  const { maxDepth } = limitsOf(model, type)
  if (maxDepth === undefined || depth <= maxDepth) return null
  const { plural } = typeOf(model, type)
  return `${plural.toLowerCase()} lie at most ${maxDepth} levels deep, the organization counted`
}

/** Why no more resources of this type can be made, or null. */
export function countProblem(model: AccessModel, type: string, count: number): string | null {
  const { maxCount } = limitsOf(model, type)
  return maxCount === undefined || count < maxCount ? null : `an organization has at most ${countOf(typeOf(model, type), maxCount)}`
}

/** What is to be moved: its type, where it lies, and of types with a limited depth the deepest below it, itself at 0. */
export type Moving = Pick<Place, 'id' | 'type' | 'name'> & { parentId: string | null; deepest: ReadonlyMap<string, number> }

/** Where it is to go: the resource with all above it, the organization first. */
export type Destination = Place & { path: readonly Place[] }

/** Why something cannot be moved somewhere, as far as the shape of the tree goes, or null. */
export function moveProblem(model: AccessModel, moving: Moving, destination: Destination): string | null {
  if (moving.parentId === null) return 'the organization is the root of the tree and cannot be moved'
  if (destination.id === moving.id) return `\`${moving.name}\` cannot lie in itself`
  if (destination.path.some(({ id }) => id === moving.id)) return `\`${destination.name}\` lies inside \`${moving.name}\``
  const placement = placementProblem(model, moving.type, destination.type)
  if (placement !== null) return placement
  const depths = [...moving.deepest].map(([type, height]) => depthProblem(model, type, destination.path.length + 1 + height))
  return depths.find((problem) => problem !== null) ?? null
}

export type Deed = 'create' | 'edit' | 'move' | 'delete'

/**
 * Where the model's permission for a deed is asked: at the first of the path to which it applies, or to something below it.
 *
 * @param path from where the deed happens up to the organization
 * @returns null when the model asks nothing; a scope of null means that it can be held nowhere here
 */
export function guardOf(model: AccessModel, deed: Deed, type: string, path: readonly Pick<Place, 'id' | 'type'>[]): { permission: string; scope: string | null } | null {
  const permission = typeOf(model, type).guards?.[deed]
  if (permission === undefined) return null
  const askable = askableTypes(model).get(permission)
  return { permission, scope: path.find((step) => askable?.has(step.type))?.id ?? null }
}

/** Declared attributes of a type, in the model's order. */
export const attributesOf = (model: AccessModel, type: string): readonly (readonly [string, AttributeType])[] => Object.entries(typeOf(model, type).attributes ?? {})
