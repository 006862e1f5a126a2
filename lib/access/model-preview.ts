import { buildSnapshot } from './engine/changes'
import type { RoleRow, SnapshotRows } from './engine/rows'
import { searchActions } from './engine/search'
import type { Snapshot } from './engine/snapshot'
import type { AccessModel } from './models/access-model'
import type { AccessIndex } from './snapshots/access-index'

/** What of the stored rows goes along with another model. */
export type ModelChange = {
  model: AccessModel
  /** Built-in roles that go, with their assignments. */
  goneRoleIds: ReadonlySet<string>
  /** Places where a role can no longer be held: role id and type of scope. */
  lostPlaces: readonly { roleId: string; scopeType: string }[]
}

/** Somebody who gains or loses permissions at a resource; ids only. */
export type Shift = { principalId: string; scope: { id: string; type: string; name: string }; gains: string[]; loses: string[] }

export type Shifts = { shifts: Shift[]; count: number; isWhole: boolean }

/** Most pairs of a holder and a scope that are compared, and most that are told. */
const COMPARED_MAX = 5_000
const TOLD_MAX = 50

function rowsUnder(rows: SnapshotRows, change: ModelChange): SnapshotRows {
  const types = new Map<string, string>([[rows.organization.id, 'organization']])
  for (const { id, type } of rows.resources) types.set(id, type)
  const lost = new Set(change.lostPlaces.map(({ roleId, scopeType }) => `${roleId} ${scopeType}`))
  const stays = (row: RoleRow) => !change.goneRoleIds.has(row.id)
  const added = change.model.roles.map(({ name }): RoleRow => ({ id: `new ${name}`, name, builtIn: true, permissions: [] }))
  const known = new Set([...rows.roles].filter(({ builtIn }) => builtIn).map(({ name }) => name))
  return {
    ...rows,
    roles: [...[...rows.roles].filter(stays), ...added.filter(({ name }) => !known.has(name))],
    assignments: [...rows.assignments].filter(({ roleId, scopeId }) =>
      !change.goneRoleIds.has(roleId) && !lost.has(`${roleId} ${types.get(scopeId) ?? ''}`)),
  }
}

/** Holders and scopes of assignments whose role permits something else under the other model, or that end. */
function* touchedPairs(before: Snapshot, after: Snapshot): Generator<{ principal: number; scope: number }> {
  const { assignments, cells } = before
  const changed = new Map<string, boolean>()
  const seen = new Set<number>()
  const isChanged = (role: number, type: number): boolean => {
    const key = `${role} ${type}`
    const known = changed.get(key)
    if (known !== undefined) return known
    const answer = differs(before, after, role, type)
    changed.set(key, answer)
    return answer
  }
  for (let each = 0; each < assignments.ids.end; each++) {
    const role = assignments.roles.get(each)
    const cell = assignments.cells.get(each)
    if (role < 0 || seen.has(cell)) continue
    const isGone = after.assignments.ids.find(assignments.ids.idAt(each)) < 0
    if (!isGone && !isChanged(role, before.tree.typeOf(cells.scopeOf(cell)))) continue
    seen.add(cell)
    yield { principal: cells.principalOf(cell), scope: cells.scopeOf(cell) }
  }
  if (isSame(namesOf(before, before.floor), namesOf(after, after.floor))) return
  for (let each = 0; each < before.principals.ids.end; each++)
    if (before.principals.kindOf(each) === 'user' && before.principals.isActive(each) && !seen.has(cells.find(each, before.root))) yield { principal: each, scope: before.root }
}

const isSame = (one: readonly string[], other: readonly string[]): boolean => one.length === other.length && one.every((name) => other.includes(name))

function differs(before: Snapshot, after: Snapshot, role: number, type: number): boolean {
  const other = after.roleIds.find(before.roleIds.idAt(role))
  if (before.roles[role]?.chosen) return true
  const was = namesOf(before, before.roleMask(role, type))
  const otherType = after.vocabulary.typeOf(before.vocabulary.typeNames[type] ?? '')
  const is = other < 0 ? [] : namesOf(after, after.roleMask(other, otherType))
  return !isSame(was, is)
}

const namesOf = ({ vocabulary }: Snapshot, mask: number): string[] =>
  vocabulary.masks.bitsOf(mask).map((bit) => vocabulary.permissionNames[bit] ?? '')

/**
 * Who gains and who loses what when the organization's rows are read with another model, by the floor role too.
 */
export function previewModel(index: AccessIndex, rows: SnapshotRows, change: ModelChange, at: number): Shifts {
  const before = index.snapshot
  const after = buildSnapshot(change.model, rowsUnder(rows, change))
  const shifts: Shift[] = []
  let [compared, count, isWhole] = [0, 0, true]
  for (const { principal, scope } of touchedPairs(before, after)) {
    if (++compared > COMPARED_MAX) {
      isWhole = false
      break
    }
    const principalId = before.principals.ids.idAt(principal)
    const scopeId = before.tree.ids.idAt(scope)
    const question = { principalId, resourceId: scopeId, at }
    const was = new Set(searchActions(before, question))
    const is = new Set(searchActions(after, question))
    const [gains, loses] = [[...is].filter((name) => !was.has(name)), [...was].filter((name) => !is.has(name))]
    if (gains.length + loses.length === 0 || ++count > TOLD_MAX) continue
    const type = before.vocabulary.typeNames[before.tree.typeOf(scope)] ?? 'unknown'
    shifts.push({ principalId, scope: { id: scopeId, type, name: before.tree.names[scope] ?? '' }, gains, loses })
  }
  return { shifts, count, isWhole }
}
