import type { DerivedAttribute } from '@/lib/access/models/access-model'
import { attributeReaders, type AttributeReaders } from '@/lib/access/policies/attributes'
import type { Entities } from '@/lib/access/policies/entities'
import { namesOf, principalRef, PRINCIPAL_KINDS, resourceIdInPolicies, type CedarNames } from '@/lib/access/policies/names'
import { EntityRef, type CedarRecord, type CedarValue } from '@/lib/access/policies/values'
import { GROUP } from './engine/snapshot'
import type { AccessIndex } from './snapshots/access-index'

const EMPTY: CedarRecord = new Map()

/** What a question brings about its own subject and resource, beside what is stored. */
export type Brought = {
  principal?: { ref: EntityRef; attributes: CedarRecord }
  /** `parent`: of a resource that was never registered, the node it would lie under. */
  resource?: { ref: EntityRef; attributes: CedarRecord; parent?: number }
  /** A group that the principal counts as a member of, whether it is or not: for trying a policy out. */
  memberOf?: string
}

/** Stored JSON is read once, not with each question. */
const readOnce = new WeakMap<object, CedarRecord>()

const isSame = (one: EntityRef, other: EntityRef) => one.id === other.id && one.type === other.type

/** Users, groups, service accounts, tokens and the tree of an organization's index, as policies look them up. */
export class IndexEntities implements Entities {
  private readonly names: CedarNames
  private readonly readers: AttributeReaders

  constructor(private readonly index: AccessIndex, private readonly brought: Brought = {}) {
    this.names = namesOf(index.model)
    this.readers = attributeReaders(index.model)
  }

  attributesOf(entity: EntityRef): CedarRecord | undefined {
    const node = this.nodeOf(entity)
    if (node >= 0) return this.merged(entity, this.ofNode(node))
    const { principal, resource } = this.brought
    if (resource?.parent !== undefined && isSame(entity, resource.ref)) return this.ofUnregistered(resource.ref, resource.parent, resource.attributes)
    if (this.principalOf(entity) < 0) return undefined
    return principal && isSame(entity, principal.ref) ? principal.attributes : EMPTY
  }

  isBelow(entity: EntityRef, ancestor: EntityRef): boolean {
    const { tree } = this.index.snapshot
    const above = this.nodeOf(ancestor)
    const start = this.startOf(entity)
    if (start >= 0) return above >= 0 && tree.isAtOrBelow(start, above)
    return this.groupIdsOf(entity).some((groupId) => {
      if (groupId === ancestor.id && this.isGroup(ancestor)) return true
      const node = above < 0 ? -1 : tree.ids.find(groupId)
      return node >= 0 && tree.isPresent(node) && tree.isAtOrBelow(node, above)
    })
  }

  tagsOf(entity: EntityRef): CedarRecord | undefined {
    return this.startOf(entity) >= 0 || this.principalOf(entity) >= 0 ? EMPTY : undefined
  }

  parentsOf(entity: EntityRef): readonly EntityRef[] {
    const { tree } = this.index.snapshot
    const node = this.nodeOf(entity)
    const parent = node >= 0 ? tree.parentOf(node) : this.startOf(entity)
    if (parent >= 0 && tree.isPresent(parent)) return [this.refOf(parent)]
    return node >= 0 ? [] : this.groupIdsOf(entity).map((id) => principalRef(this.index.model, 'group', id))
  }

  /** A node of the tree as policies name it. */
  refOf(node: number): EntityRef {
    const { directory, model, snapshot: { tree, vocabulary } } = this.index
    const type = this.names.typeOf(vocabulary.typeNames[tree.typeOf(node)] ?? '') ?? `${this.names.namespace}::Unknown`
    const id = tree.ids.idAt(node)
    return new EntityRef(type, model.rules.policiesNameExternalIds ? resourceIdInPolicies(model, { id, externalId: directory.externalIdOf(id) }) : id)
  }

  /** The node of the tree that policies name so, or -1. */
  nodeOf(entity: EntityRef): number {
    const meaning = this.names.meaningOf(entity.type)
    if (meaning?.kind !== 'resource') return -1
    const { directory, model, snapshot: { tree, vocabulary } } = this.index
    let id: string | undefined = entity.id
    if (model.rules.policiesNameExternalIds) {
      const known = directory.find(meaning.type, entity.id)
      // What has an id of the platform's own goes by it, and by nothing else.
      if (known === undefined || this.isGroup(entity)) id = this.isGroup(entity) || directory.externalIdOf(entity.id) === null ? entity.id : undefined
      else id = known
    }
    const node = id === undefined ? -1 : tree.ids.find(id)
    return node >= 0 && tree.isPresent(node) && vocabulary.typeNames[tree.typeOf(node)] === meaning.type ? node : -1
  }

  /** Where an entity's way up begins: its own node, or the one an unregistered resource would lie under. */
  private startOf(entity: EntityRef): number {
    const node = this.nodeOf(entity)
    const { resource } = this.brought
    return node < 0 && resource?.parent !== undefined && isSame(entity, resource.ref) ? resource.parent : node
  }

  private isGroup({ type }: EntityRef): boolean {
    return type === this.names.principalTypes.group
  }

  /** The number of a principal that the organization has, or -1. */
  private principalOf({ type, id }: EntityRef): number {
    const kind = PRINCIPAL_KINDS.find((each) => this.names.principalTypes[each] === type)
    const { principals } = this.index.snapshot
    const principal = kind === undefined ? -1 : principals.ids.find(id)
    return principal >= 0 && principals.kindOf(principal) === kind ? principal : -1
  }

  private groupIdsOf(entity: EntityRef): string[] {
    const { principals } = this.index.snapshot
    const principal = this.principalOf(entity)
    if (principal < 0) return []
    const found: string[] = []
    for (let entry = 0; entry < principals.groupsOf.count(principal); entry++) {
      const group = principals.groupsOf.get(principal, entry, GROUP)
      if (principals.isActive(group)) found.push(principals.ids.idAt(group))
    }
    const { memberOf, principal: asked } = this.brought
    if (memberOf !== undefined && asked && isSame(entity, asked.ref) && !found.includes(memberOf)) found.push(memberOf)
    return found
  }

  /** What the question says of its resource goes beside what is stored, and never over it. */
  private merged(entity: EntityRef, stored: CedarRecord): CedarRecord {
    const { resource } = this.brought
    if (!resource || resource.attributes.size === 0 || !isSame(entity, resource.ref)) return stored
    return new Map([...resource.attributes, ...stored])
  }

  private ofNode(node: number): CedarRecord {
    const { directory, snapshot: { tree, vocabulary } } = this.index
    const type = vocabulary.typeNames[tree.typeOf(node)] ?? ''
    const id = tree.ids.idAt(node)
    const json = directory.attributesOf(id)
    let record = readOnce.get(json)
    if (!record) {
      record = this.readers.ofResource(type)(json)
      readOnce.set(json, record)
    }
    return this.derived(type, node, id, record)
  }

  private ofUnregistered({ type, id }: EntityRef, parent: number, attributes: CedarRecord): CedarRecord {
    const meaning = this.names.meaningOf(type)
    return meaning?.kind === 'resource' ? this.derived(meaning.type, parent, id, attributes) : attributes
  }

  /** Attributes that follow from where a resource lies; they are true whatever is stored. */
  private derived(type: string, start: number, id: string, record: CedarRecord): CedarRecord {
    const declared = this.index.model.resourceTypes.find(({ name }) => name === type)?.derived
    if (!declared) return record
    const found = new Map(record)
    for (const [name, attribute] of Object.entries(declared)) {
      const value = this.derive(attribute, start, id)
      if (value !== null) found.set(name, value)
    }
    return found
  }

  private derive(attribute: DerivedAttribute, start: number, id: string): CedarValue | null {
    const { directory, snapshot: { tree, vocabulary } } = this.index
    if (attribute.as === 'locked') return directory.isLockedGroup(id)
    const node = tree.pathOf(start).find((each) => vocabulary.typeNames[tree.typeOf(each)] === attribute.of)
    if (node === undefined) return null
    return attribute.as === 'name' ? (tree.names[node] ?? '') : this.refOf(node).id
  }
}
