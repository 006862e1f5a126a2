import type { AccessModel } from '@/lib/access/models/access-model'
import { CellTable } from './cells'
import { IndexPool, IntColumn, IntLists, TimeColumn } from './columns'
import { IdTable } from './id-table'
import { Runs } from './runs'
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

const bytesOf = (parts: readonly { bytes: number }[]): number => parts.reduce((sum, { bytes }) => sum + bytes, 0)

/** Words of an entry of `groupsOf`: the group, and the edge that joins the two. */
export const GROUP = 0
export const EDGE = 1

export class Principals {
  readonly ids = new IdTable()
  /** Twice the index of the kind, and one more for an active principal. */
  private readonly states = new IntColumn(0)
  readonly edges = new IndexPool()
  readonly edgeMembers = new IntColumn(-1)
  readonly groupsOf = new Runs(2)
  /** Edges by group. */
  readonly membersOf = new IntLists()

  write(principal: number, kind: PrincipalKind, isActive: boolean): void {
    this.states.set(principal, KINDS.indexOf(kind) * 2 + (isActive ? 1 : 0))
  }

  kindOf(principal: number): PrincipalKind {
    return KINDS[this.states.get(principal) >> 1] ?? 'unknown'
  }

  isKnown(principal: number): boolean {
    return this.states.get(principal) > 1
  }

  isActive(principal: number): boolean {
    return (this.states.get(principal) & 1) === 1
  }

  /** Whether a member is in a group. */
  isMember(member: number, group: number): boolean {
    return this.entryOf(member, group) >= 0
  }

  /** The number of a group's entry among a member's groups, or -1. */
  entryOf(member: number, group: number): number {
    const count = member < 0 ? 0 : this.groupsOf.count(member)
    for (let entry = 0; entry < count; entry++) if (this.groupsOf.get(member, entry, GROUP) === group) return entry
    return -1
  }

  get bytes(): number {
    return bytesOf([this.ids, this.states, this.edgeMembers, this.groupsOf, this.membersOf])
  }
}

export class Tree {
  readonly ids = new IdTable()
  /** Two words a node, side by side since both are asked of a resource: its type, and the node above. */
  private readonly nodes = new IntColumn(-1)
  readonly children = new IntLists()
  readonly names: string[] = []
  /** Rises with every change of shape. */
  shape = 0

  /** The index of a node's type, or `ABSENT`, or `UNKNOWN_TYPE`. */
  typeOf(node: number): number {
    return this.nodes.get(node * 2)
  }

  /** The node above, or -1. */
  parentOf(node: number): number {
    return this.nodes.get(node * 2 + 1)
  }

  isPresent(node: number): boolean {
    return this.typeOf(node) !== ABSENT
  }

  /** A node and all above it, nearest first. */
  pathOf(node: number): number[] {
    const path: number[] = []
    for (let at = node; at >= 0 && path.length < DEPTH_MAX; at = this.parentOf(at)) path.push(at)
    return path
  }

  /** Whether a node is another or lies below it. */
  isAtOrBelow(node: number, above: number): boolean {
    let steps = 0
    for (let at = node; at >= 0 && steps < DEPTH_MAX; at = this.parentOf(at), steps++) if (at === above) return true
    return false
  }

  place(node: number, type: number, parent: number, name: string): void {
    const before = this.parentOf(node)
    if (before >= 0) this.children.remove(before, node)
    if (parent >= 0) this.children.add(parent, node)
    this.nodes.set(node * 2, type)
    this.nodes.set(node * 2 + 1, parent)
    this.names[node] = name
    this.shape++
  }

  get bytes(): number {
    return bytesOf([this.ids, this.nodes, this.children])
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

  get bytes(): number {
    return bytesOf([this.ids, this.roles, this.cells, this.expiries, this.firsts, this.nexts])
  }

  /** Every assignment of a cell. */
  *inCell(cell: number): Generator<number> {
    for (let each = this.firsts.get(cell); each >= 0; each = this.nexts.get(each)) yield each
  }
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
    return bytesOf([this.principals, this.tree, this.assignments, this.cells, this.roleIds])
  }
}

/** A permission that cannot be asked at or below a scope does not count there, and brings nothing with it. */
function maskAt(vocabulary: Vocabulary, contents: RoleContents, type: number): number {
  const own = vocabulary.masks.intersection(contents.ownAt(type), vocabulary.askableAt(type))
  return vocabulary.masks.union(vocabulary.expand(own), contents.coreAt(type))
}
