import type { Decision, Question } from './decide'
import { decide } from './decide'
import { gatherIdentities, identityAt, roleGives, walkPath } from './holdings'
import type { PrincipalKind, Snapshot } from './snapshot'

export type PathStep = { id: string; type: string; name: string }

export type Outcome =
  /** It is one of the reasons for the yes. */
  | 'grants'
  /** It would, but it has ended. */
  | 'expired'
  /** Its role permits this where held at another type of scope, not at this one. */
  | 'held-too-low'
  /** Its role permits this on chosen resources, this one not among them. */
  | 'not-chosen'
  /** Its role permits this, but is held elsewhere in the tree. */
  | 'elsewhere'
  /** It holds here, but its role does not permit this. */
  | 'lacks-permission'

/** One assignment that was looked at, or the floor role (then without an id). */
export type ConsideredAssignment = {
  assignmentId: string | null
  role: { id: string | null; name: string }
  holder: { id: string; kind: PrincipalKind }
  /** The group through which the principal has it; null when it is the principal's own. */
  viaGroup: string | null
  scope: PathStep
  /** Resources below the scope down to the one asked about; empty when held there, or not on the path. */
  inheritedThrough: PathStep[]
  expiresAt: number | null
  outcome: Outcome
}

/** A role that permits it, and the resources of the path at which it could be assigned to that end, nearest first. */
export type WouldGrant = { role: { id: string; name: string; builtIn: boolean }; scopes: PathStep[]; permissions: number }

export type Explanation = Decision & {
  principal: { id: string; kind: PrincipalKind; active: boolean } | null
  permission: string
  /** From the organization down to the resource. */
  path: PathStep[]
  /** Each assignment on the path; of those elsewhere, such as permit it, up to `NEAR_MAX`. */
  considered: ConsideredAssignment[]
  /** For a no: the roles that permit it, with the fewest other permissions first. */
  wouldGrant: WouldGrant[]
}

/** Most assignments elsewhere that are told, most that are looked at to find them, and most roles that would help. */
export const NEAR_MAX = 20
const LOOKED_AT_MAX = 2_000
const HELP_MAX = 10

/** With these, nothing was looked at. */
const UNASKABLE: ReadonlySet<string> = new Set(['unknown-permission', 'unknown-principal', 'unknown-resource', 'not-applicable'])

const stepOf = ({ tree, vocabulary }: Snapshot, node: number): PathStep => ({
  id: tree.ids.idAt(node),
  type: vocabulary.typeNames[tree.typeOf(node)] ?? 'unknown',
  name: tree.names[node] ?? '',
})

type Case = { snapshot: Snapshot; bit: number; at: number; principal: number; nodes: readonly number[] }

function outcomeOnPath({ snapshot, bit, at }: Case, assignment: number, scope: number): Outcome {
  const role = snapshot.assignments.roles.get(assignment)
  const state = snapshot.roles[role]
  const isNamed = state?.contents ? snapshot.vocabulary.masks.has(state.contents.anywhere, bit) : false
  if (roleGives(snapshot, role, scope, bit))
    return snapshot.assignments.expiries.get(assignment) > at ? 'grants' : 'expired'
  if (!isNamed) return 'lacks-permission'
  return state?.chosen ? 'not-chosen' : 'held-too-low'
}

function tell(one: Case, assignment: number, identity: number, scope: number, outcome: Outcome): ConsideredAssignment {
  const { assignments, roles, roleIds, principals } = one.snapshot
  const role = assignments.roles.get(assignment)
  const expiresAt = assignments.expiries.get(assignment)
  const place = one.nodes.indexOf(scope)
  return {
    assignmentId: assignments.ids.idAt(assignment),
    role: { id: roleIds.idAt(role), name: roles[role]?.name ?? '' },
    holder: { id: principals.ids.idAt(identity), kind: principals.kindOf(identity) },
    viaGroup: identity === one.principal ? null : principals.ids.idAt(identity),
    scope: stepOf(one.snapshot, scope),
    inheritedThrough: one.nodes.slice(0, Math.max(0, place)).reverse().map((node) => stepOf(one.snapshot, node)),
    expiresAt: expiresAt === Infinity ? null : expiresAt,
    outcome,
  }
}

/** Every assignment of the principal and its groups at the resource and above. */
function onPath(one: Case, identities: readonly number[]): ConsideredAssignment[] {
  const { cells } = one.snapshot
  return one.nodes.flatMap((scope) => identities.flatMap((identity) => {
    const cell = cells.find(identity, scope)
    if (cell < 0) return []
    return [...one.snapshot.assignments.inCell(cell)].map((assignment) =>
      tell(one, assignment, identity, scope, outcomeOnPath(one, assignment, scope)))
  }))
}

/** Assignments elsewhere whose roles permit it: what came near. */
function elsewhere(one: Case, identities: readonly number[]): ConsideredAssignment[] {
  const { cells, assignments, vocabulary, roles, tree } = one.snapshot
  const found: ConsideredAssignment[] = []
  let looked = 0
  for (const identity of identities) {
    for (const cell of cells.cellsOf(identity)) {
      if (found.length >= NEAR_MAX || ++looked > LOOKED_AT_MAX) return found
      const scope = cells.scopeOf(cell)
      if (one.nodes.includes(scope) || !tree.isPresent(scope)) continue
      const permitting = [...one.snapshot.assignments.inCell(cell)].filter((assignment) => {
        const contents = roles[assignments.roles.get(assignment)]?.contents
        const isRunning = assignments.expiries.get(assignment) > one.at
        return isRunning && contents !== undefined && vocabulary.masks.has(contents.anywhere, one.bit)
      })
      found.push(...permitting.map((assignment) => tell(one, assignment, identity, scope, 'elsewhere')))
    }
  }
  return found
}

function byFloor({ snapshot, bit, principal, nodes }: Case): ConsideredAssignment[] {
  const { principals, vocabulary, root, floorName } = snapshot
  if (floorName === null || principals.kindOf(principal) !== 'user' || nodes.at(-1) !== root) return []
  return [{
    assignmentId: null,
    role: { id: null, name: floorName },
    holder: { id: principals.ids.idAt(principal), kind: 'user' },
    viaGroup: null,
    scope: stepOf(snapshot, root),
    inheritedThrough: nodes.slice(0, -1).reverse().map((node) => stepOf(snapshot, node)),
    expiresAt: null,
    outcome: vocabulary.masks.has(snapshot.floor, bit) ? 'grants' : 'lacks-permission',
  }]
}

/** Types of scope at which a role may be assigned. */
function assignableAt({ vocabulary: { model, typeNames } }: Snapshot, name: string, builtIn: boolean): readonly string[] {
  return builtIn
    ? (model.roles.find((role) => role.name === name && !role.floor)?.assignableAt ?? [])
    : (model.rules.customRolesAssignableAt ?? typeNames)
}

function wouldGrant({ snapshot, bit, nodes }: Case): WouldGrant[] {
  const { roles, roleIds, tree, vocabulary } = snapshot
  const helping = roles.flatMap(({ name, builtIn, contents }, role): WouldGrant[] => {
    if (!contents || !vocabulary.masks.has(contents.anywhere, bit)) return []
    const types = assignableAt(snapshot, name, builtIn)
    const scopes = nodes.filter((node) =>
      types.includes(vocabulary.typeNames[tree.typeOf(node)] ?? '') && roleGives(snapshot, role, node, bit))
    if (scopes.length === 0) return []
    return [{
      role: { id: roleIds.idAt(role), name, builtIn },
      scopes: scopes.map((node) => stepOf(snapshot, node)),
      permissions: vocabulary.masks.sizeOf(contents.anywhere),
    }]
  })
  return helping.sort((a, b) => a.permissions - b.permissions).slice(0, HELP_MAX)
}

/**
 * The whole derivation of a decision by role grants: each assignment looked at, where it is held, through which group,
 * inherited through what, ended or not; and for a no, what would grant it.
 */
export function explain(snapshot: Snapshot, question: Question): Explanation {
  const decision = decide(snapshot, question)
  const { principals, tree, vocabulary } = snapshot
  const principal = principals.ids.find(question.principalId)
  const node = tree.ids.find(question.resourceId)
  const isKnown = principal >= 0 && principals.kindOf(principal) !== 'unknown'
  const nodes = node >= 0 && tree.isPresent(node) ? tree.pathOf(node) : []
  const base = {
    ...decision,
    permission: question.permission,
    principal: isKnown
      ? { id: question.principalId, kind: principals.kindOf(principal), active: principals.isActive(principal) } : null,
    path: [...nodes].reverse().map((each) => stepOf(snapshot, each)),
  }
  const bit = vocabulary.bitOf(question.permission)
  if (UNASKABLE.has(decision.because)) return { ...base, considered: [], wouldGrant: [] }
  const one: Case = { snapshot, bit, at: question.at, principal, nodes }
  walkPath(snapshot, node)
  const count = gatherIdentities(snapshot, principal)
  const identities = Array.from({ length: count }, (_, index) => identityAt(index))
    .filter((identity) => identity === principal || principals.isActive(identity))
  const considered = [...onPath(one, identities), ...byFloor(one), ...elsewhere(one, identities)]
  return { ...base, considered, wouldGrant: decision.allow ? [] : wouldGrant(one) }
}
