import { applyChange } from './changes'
import { addTouched, Pairs } from './preview-pairs'
import type { Change } from './rows'
import { searchActions } from './search'
import type { PrincipalKind, Snapshot } from './snapshot'
import { undoOf } from './undo'

/** What one principal would gain and lose at a resource, and so below it; permissions by name. */
export type AccessShift = { principalId: string; kind: PrincipalKind; resourceId: string; gained: string[]; lost: string[] }

export type AccessPreview = {
  /** Holders of the roles concerned first, then those who have them through groups. Only who gains or loses something. */
  shifts: AccessShift[]
  /** How many principals were looked at. */
  lookedAt: number
  /** Members of groups, and others concerned, who were not looked at one by one, since there are too many; their groups were. */
  unseenMembers: number
  /** What was asked about, and where. */
  asked: { permissions: ReadonlySet<string>; resourceIds: ReadonlySet<string> }
}

/** Most members of groups that are looked at one by one. */
export const MEMBERS_MAX = 1_000

/** What beside role grants has a say, policies and guardrails, as they are before the changes and as they will be. */
export type Judge = {
  /** Adds where they make a difference, as the snapshot stands. Answers how many principals it left out. */
  touch: (pairs: Pairs) => number
  /** Permissions that may differ whatever roles give. */
  concerned: readonly string[]
  before: (principalId: string, permission: string, resourceId: string) => boolean
  after: (principalId: string, permission: string, resourceId: string) => boolean
  /** Most questions that are asked of each side. */
  questionsMax: number
}

type Pair = readonly [principal: number, node: number]

/** Those who have it through a group, as pairs of their own; how many were left out. */
function addMembers({ principals }: Snapshot, pairs: Pairs): { members: Pairs; left: number } {
  const members = new Pairs()
  const seen = new Set<number>()
  const left = new Set<number>()
  for (const [group, node] of pairs.list()) {
    for (let edge = principals.membersOf.first(group); edge >= 0; edge = principals.membersOf.next(edge)) {
      const member = principals.edgeMembers.get(edge)
      if (!seen.has(member) && seen.size >= MEMBERS_MAX) left.add(member)
      else {
        seen.add(member)
        members.add(member, node)
      }
    }
  }
  return { members, left: left.size }
}

/** What is held at each pair, by name. */
type Held = readonly ReadonlySet<string>[]

const heldByRoles = (snapshot: Snapshot, pairs: readonly Pair[], at: number): Held =>
  pairs.map(([principal, node]) =>
    new Set(searchActions(snapshot, { principalId: snapshot.principals.ids.idAt(principal), resourceId: snapshot.tree.ids.idAt(node), at })))

/** Applies changes, looks, and takes them back, whatever happens. */
function asIf<T>(snapshot: Snapshot, changes: readonly Change[], look: () => T): T {
  const undo: (() => void)[] = []
  try {
    for (const change of changes) {
      undo.push(undoOf(snapshot, change))
      applyChange(snapshot, change)
    }
    return look()
  } finally {
    for (const back of undo.reverse()) back()
  }
}

/** What differs by roles at a pair. */
function differing({ had, has }: { had: Held; has: Held }, index: number): string[] {
  const [before, after] = [had[index] ?? new Set<string>(), has[index] ?? new Set<string>()]
  return [...[...before].filter((name) => !after.has(name)), ...[...after].filter((name) => !before.has(name))]
}

/** Of what differs by roles, and what may differ by policies, what is held in the end; in the order of the pairs, as many as may be asked. */
function judged(snapshot: Snapshot, pairs: readonly Pair[], sides: { had: Held; has: Held }, judge: Judge, changes: readonly Change[]): { had: Held; has: Held } {
  const asked: string[][] = []
  let questions = 0
  for (const [index] of pairs.entries()) {
    const names = [...new Set([...differing(sides, index), ...judge.concerned])]
    questions += names.length
    if (questions > judge.questionsMax) break
    asked.push(names)
  }
  const ask = (holds: Judge['before']): Held => asked.map((names, index) => {
    const [principal = -1, node = -1] = pairs[index] ?? []
    const [principalId, resourceId] = [snapshot.principals.ids.idAt(principal), snapshot.tree.ids.idAt(node)]
    return new Set(names.filter((name) => holds(principalId, name, resourceId)))
  })
  return { had: ask(judge.before), has: asIf(snapshot, changes, () => ask(judge.after)) }
}

function shiftOf({ principals, tree }: Snapshot, [principal, node]: Pair, had: ReadonlySet<string>, has: ReadonlySet<string>): AccessShift[] {
  const gained = [...has].filter((name) => !had.has(name))
  const lost = [...had].filter((name) => !has.has(name))
  if (gained.length === 0 && lost.length === 0) return []
  return [{ principalId: principals.ids.idAt(principal), kind: principals.kindOf(principal), resourceId: tree.ids.idAt(node), gained, lost }]
}

const once = (pairs: readonly Pair[]): Pair[] => [...new Map(pairs.map((pair) => [pair.join(' '), pair])).values()]

/**
 * Who would gain and who would lose what by changes that were not made: each principal concerned, at the topmost
 * resources where it matters. By role grants, and with a judge by what else has a say. The snapshot is as before afterwards.
 *
 * @param at epoch milliseconds: assignments that ended by then count on neither side
 */
export function previewChanges(snapshot: Snapshot, changes: readonly Change[], at: number, judge?: Judge): AccessPreview {
  const holders = new Pairs()
  const touch = (): number => {
    changes.forEach((change) => addTouched(snapshot, holders, change))
    return judge?.touch(holders) ?? 0
  }
  const unasked = Math.max(touch(), asIf(snapshot, changes, touch))
  const { members, left } = addMembers(snapshot, holders)
  const pairs = once([...holders.list(), ...members.list()])
  const byRoles = { had: heldByRoles(snapshot, pairs, at), has: asIf(snapshot, changes, () => heldByRoles(snapshot, pairs, at)) }
  const { had, has } = judge ? judged(snapshot, pairs, byRoles, judge, changes) : byRoles
  const looked = new Set(pairs.slice(0, had.length).map(([principal]) => principal))
  const unlooked = new Set(pairs.slice(had.length).map(([principal]) => principal).filter((principal) => !looked.has(principal)))
  const byPrincipal = new Map<string, AccessShift[]>()
  for (const [index, held] of had.entries()) {
    const pair = pairs[index]
    for (const shift of pair ? shiftOf(snapshot, pair, held, has[index] ?? new Set()) : [])
      byPrincipal.set(shift.principalId, [...(byPrincipal.get(shift.principalId) ?? []), shift])
  }
  const asked = { permissions: new Set([...(judge?.concerned ?? []), ...pairs.flatMap((_, index) => differing(byRoles, index))]), resourceIds: new Set(pairs.map(([, node]) => snapshot.tree.ids.idAt(node))) }
  return { shifts: [...byPrincipal.values()].flatMap((own) => topmost(snapshot, own)), lookedAt: looked.size, unseenMembers: left + unasked + unlooked.size, asked }
}

const isSame = (one: readonly string[], other: readonly string[]): boolean => one.length === other.length && one.every((name) => other.includes(name))

/** Of one principal's, those that say more than one at a resource above. */
function topmost({ tree }: Snapshot, shifts: readonly AccessShift[]): AccessShift[] {
  const isBelow = (one: AccessShift, other: AccessShift) => one !== other && tree.isAtOrBelow(tree.ids.find(one.resourceId), tree.ids.find(other.resourceId))
  return shifts.filter((one) => !shifts.some((other) => isBelow(one, other) && isSame(one.gained, other.gained) && isSame(one.lost, other.lost)))
}
