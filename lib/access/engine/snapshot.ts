import type { AccessModel } from '@/lib/access/models/access-model'
import { CellTable } from './cells'
import { IndexPool, IntColumn, IntLists, TimeColumn } from './columns'
import { IdTable } from './id-table'
import { ABSENT, Vocabulary, type RoleContents } from './vocabulary'

export const KINDS = ['unknown', 'user', 'group', 'service_account', 'token'] as const
export type PrincipalKind = (typeof KINDS)[number]

/** Deepest tree that is walked: more than any model allows, and an end should rows ever form a circle. */
export const DEPTH_MAX = 256

export type Role = {
  name: string
  builtIn: boolean
  /** Undefined while the role is only spoken of, or is not in the model. */
  contents: RoleContents | undefined
  /** Nodes it is restricted to. */
  chosen: readonly number[] | null
  /** By scope type, what it permits there; filled when first asked. */
  masks: number[]
  /** Of a restricted role: where it counts and what it permits there, for the tree of `positionsAt`. */
  positions: ReadonlyMap<number, number>
  positionsAt: number
}

export class Principals {
  readonly ids = new IdTable()
  readonly kinds = new IntColumn(0)
  readonly active = new IntColumn(0)
  readonly edges = new IndexPool()
  readonly edgeGroups = new IntColumn(-1)
  readonly edgeMembers = new IntColumn(-1)
  readonly groupsOf = new IntLists()
  readonly membersOf = new IntLists()

  kindOf(principal: number): PrincipalKind {
    return KINDS[this.kinds.get(principal)] ?? 'unknown'
  }

  isActive(principal: number): boolean {
    return this.active.get(principal) === 1
  }
}

export class Tree {
  readonly ids = new IdTable()
  readonly types = new IntColumn(ABSENT)
  readonly parents = new IntColumn(-1)
  readonly children = new IntLists()
  readonly names: string[] = []
  /** Rises with every change of shape. */
  shape = 0

  isPresent(node: number): boolean {
    return this.types.get(node) !== ABSENT
  }

  /** Fills `path` with a node and all above it, and answers how many. */
  walkUp(node: number, path: Int32Array): number {
    let length = 0
    for (let at = node; at >= 0 && length < DEPTH_MAX; at = this.parents.get(at)) path[length++] = at
    return length
  }

  /** A node and all above it, nearest first. */
  pathOf(node: number): number[] {
    const path = new Int32Array(DEPTH_MAX)
    return [...path.subarray(0, this.walkUp(node, path))]
  }
}

export class Assignments {
  readonly ids = new IdTable()
  readonly roles = new IntColumn(-1)
  readonly cells = new IntColumn(-1)
  readonly expiries = new TimeColumn()
  /** By cell: its first assignment; by assignment: the next of the same cell. */
  readonly firsts = new IntColumn(-1)
  readonly nexts = new IntColumn(-1)
}

/**
 * Who holds what where in one organization, as numbers in typed arrays. Changed in place by `applyChanges`; everything
 * else only reads it. It does no I/O and knows no clock: each question brings its moment.
 */
export class Snapshot {
  version = 0
  readonly vocabulary: Vocabulary
  readonly principals = new Principals()
  readonly tree = new Tree()
  readonly assignments = new Assignments()
  readonly cells = new CellTable()
  readonly roleIds = new IdTable()
  readonly roles: Role[] = []
  readonly root: number
  /** What every active user holds at the organization. */
  readonly floor: number
  readonly floorName: string | null

  constructor(model: AccessModel, readonly organizationId: string) {
    this.vocabulary = new Vocabulary(model)
    this.root = this.tree.ids.intern(organizationId)
    this.floorName = model.roles.find(({ floor }) => floor)?.name ?? null
    const contents = this.floorName === null ? undefined : this.vocabulary.builtIn(this.floorName)
    this.floor = contents ? maskAt(this.vocabulary, contents, this.vocabulary.typeOf('organization')) : 0
  }

  /** What a role permits where it is held at a scope of this type, for roles without chosen resources. */
  roleMask(role: number, type: number): number {
    const state = this.roles[role]
    if (!state?.contents || type < 0) return 0
    return (state.masks[type] ??= maskAt(this.vocabulary, state.contents, type))
  }

  /** Bytes of the typed arrays; names, and ids of other forms than ours, come on top. */
  get bytes(): number {
    const { principals: p, tree: t, assignments: a } = this
    const parts = [p.ids, p.kinds, p.active, p.edgeGroups, p.edgeMembers, p.groupsOf, p.membersOf, t.ids, t.types, t.parents,
      t.children, a.ids, a.roles, a.cells, a.expiries, a.firsts, a.nexts, this.cells, this.roleIds]
    return parts.reduce((sum, { bytes }) => sum + bytes, 0)
  }
}

/** A permission that cannot be asked at or below a scope does not count there, and brings nothing with it. */
function maskAt(vocabulary: Vocabulary, contents: RoleContents, type: number): number {
  const own = vocabulary.masks.intersection(contents.ownAt(type), vocabulary.askableAt(type))
  return vocabulary.masks.union(vocabulary.expand(own), contents.coreAt(type))
}
