import type { CedarRecord, EntityRef } from './values'

/** What an evaluation looks up. Answers must not change while one runs. */
export interface Entities {
  /** Undefined when there is no such entity: reading an attribute of it is then an error, `has` and `in` are false. */
  attributesOf(entity: EntityRef): CedarRecord | undefined
  /** Whether `entity` is a member of `ancestor`, at any distance. Asked only of two different entities. */
  isBelow(entity: EntityRef, ancestor: EntityRef): boolean
  /** Undefined when there is no such entity. */
  tagsOf(entity: EntityRef): CedarRecord | undefined
  /** Asked only where a policy is left to Cedar itself. */
  parentsOf(entity: EntityRef): readonly EntityRef[]
}

export type Request = { principal: EntityRef; action: EntityRef; resource: EntityRef; context: CedarRecord }

export type Entity = { ref: EntityRef; attributes?: CedarRecord; parents?: readonly EntityRef[]; tags?: CedarRecord }

const EMPTY: CedarRecord = new Map()
const NONE: readonly EntityRef[] = []

export const keyOf = ({ type, id }: EntityRef): string => `${type}\u0000${id}`

/** Entities held in memory, for trying policies out and for tests. */
export class EntityList implements Entities {
  private readonly byKey: ReadonlyMap<string, Entity>
  private readonly above = new Map<string, ReadonlySet<string>>()

  constructor(entities: Iterable<Entity>) {
    this.byKey = new Map([...entities].map((entity) => [keyOf(entity.ref), entity]))
  }

  attributesOf(entity: EntityRef): CedarRecord | undefined {
    const found = this.byKey.get(keyOf(entity))
    return found && (found.attributes ?? EMPTY)
  }

  tagsOf(entity: EntityRef): CedarRecord | undefined {
    const found = this.byKey.get(keyOf(entity))
    return found && (found.tags ?? EMPTY)
  }

  parentsOf(entity: EntityRef): readonly EntityRef[] {
    return this.byKey.get(keyOf(entity))?.parents ?? NONE
  }

  isBelow(entity: EntityRef, ancestor: EntityRef): boolean {
    return this.ancestorsOf(entity).has(keyOf(ancestor))
  }

  private ancestorsOf(entity: EntityRef): ReadonlySet<string> {
    const key = keyOf(entity)
    const known = this.above.get(key)
    if (known) return known
    const found = new Set<string>()
    const climb = (ref: EntityRef): void => this.parentsOf(ref).forEach((parent) => {
      const parentKey = keyOf(parent)
      if (found.has(parentKey)) return
      found.add(parentKey)
      climb(parent)
    })
    climb(entity)
    this.above.set(key, found)
    return found
  }
}
