import type { Ctx } from '@/lib/access/context'
import type { AccessModel } from '@/lib/access/models/access-model'
import { isPrefixedCore } from '@/lib/access/models/role-permissions'
import { decodeCursor, listFingerprint, toPage, type Page } from '@/lib/pagination'
import { catalogueGroups, heldBy, type CatalogueGroup } from './catalogue'
import { findRole, listAllRoles, type RoleSummary } from './list'
import type { RolePageRequest } from './page-request'
import type { RoleFilter, RoleRow, RoleSort, RoleView } from './view'

const titlesOf = (model: AccessModel, types: readonly string[]): string[] =>
  model.resourceTypes.filter(({ name }) => types.includes(name)).map(({ title }) => title)

function viewOf({ model }: Ctx, role: RoleSummary): RoleView {
  const { permissions, onlyAt } = heldBy(model, role)
  const { id, name, title, description, group, floor, resources, holders } = role
  return {
    id, name, title, description, group, resources, holders, kind: role.builtIn ? 'built-in' : 'custom', isFloor: floor,
    assignableAt: role.assignableAt.length === model.resourceTypes.length ? null : titlesOf(model, role.assignableAt),
    permissions: [...permissions], onlyAt: Object.fromEntries([...onlyAt].map(([permission, types]) => [permission, titlesOf(model, types)])),
  }
}

/** Roles of the model in its order, then custom ones by title. */
function inOrder(model: AccessModel, roles: readonly RoleSummary[]): RoleSummary[] {
  const places = new Map(model.roles.map(({ name }, index) => [name, index]))
  const placeOf = (role: RoleSummary) => (role.builtIn ? (places.get(role.name) ?? places.size) : places.size + 1)
  return [...roles].sort((one, other) => placeOf(one) - placeOf(other) || one.title.localeCompare(other.title, 'en') || (one.id < other.id ? -1 : 1))
}

/** Every role with all it permits, and the catalogue these are of. */
export async function listRoleViews(ctx: Ctx<'role:read'>): Promise<{ roles: RoleView[]; groups: CatalogueGroup[] }> {
  const roles = await listAllRoles(ctx)
  return { roles: inOrder(ctx.model, roles).map((role) => viewOf(ctx, role)), groups: catalogueGroups(ctx.model) }
}

/** One role with all it permits. @throws AppError `not-found` */
export async function findRoleView(ctx: Ctx<'role:read'>, id: string): Promise<{ role: RoleView; groups: CatalogueGroup[] }> {
  const role = await findRole(ctx, id)
  return { role: viewOf(ctx, role), groups: catalogueGroups(ctx.model) }
}

function rowOf(role: RoleView, titles: ReadonlyMap<string, string>): RoleRow {
  const { id, name, title, description, kind, group, isFloor, assignableAt, holders } = role
  const own = role.permissions.filter(isPrefixedCore).length
  const held = new Set(role.permissions)
  return {
    id, name, title, description, kind, group, isFloor, assignableAt, holders, isRestricted: role.resources !== null,
    counts: { model: role.permissions.length - own, own }, titles: [...titles].filter(([permission]) => held.has(permission)).map(([, words]) => words),
  }
}

const numberOf = (row: RoleRow, column: RoleSort['column']): number => (column === 'holders' ? (row.holders ?? 0) : row.counts.model + row.counts.own)

function sorted(rows: readonly RoleRow[], sort: RoleSort | null): RoleRow[] {
  if (sort === null) return [...rows]
  const { column, direction } = sort
  const order = (one: RoleRow, other: RoleRow) => (column === 'title' ? one.title.localeCompare(other.title, 'en') : numberOf(one, column) - numberOf(other, column))
  return [...rows].sort((one, other) => (direction === 'desc' ? order(other, one) : order(one, other)))
}

const matches = ({ title, name, description, group }: RoleRow, words: readonly string[]): boolean =>
  words.every((word) => [title, name, description, group].some((text) => text.toLowerCase().includes(word)))

/**
 * Roles as lines of a list, a page at a time. They are few enough to be sorted here, by counts that no column holds.
 *
 * @throws AppError `invalid-input` for a cursor of another list
 */
export async function listRoleRows(ctx: Ctx<'role:read'>, filter: RoleFilter, page: RolePageRequest): Promise<Page<RoleRow> & { count: number }> {
  const { roles, groups } = await listRoleViews(ctx)
  const titles = new Map(groups.flatMap(({ permissions }) => permissions.map(({ name, title }): [string, string] => [name, title])))
  const words = filter.q.toLowerCase().split(/\s+/).filter(Boolean)
  const found = roles.map((role) => rowOf(role, titles)).filter((row) => (filter.kinds.length === 0 || filter.kinds.includes(row.kind)) && matches(row, words))
  const rows = sorted(found, filter.sort)
  const fingerprint = listFingerprint(['role-rows', ctx.orgId, filter])
  const cursor = page.after ?? page.before
  const [boundary] = cursor === undefined ? [] : decodeCursor(cursor, fingerprint)
  const at = boundary === undefined ? -1 : rows.findIndex(({ id }) => id === boundary)
  const isBackwards = page.before !== undefined || page.last === true
  const rest = isBackwards ? rows.slice(0, page.before === undefined ? rows.length : at).reverse() : rows.slice(at + 1)
  const request = { limit: page.limit, ...(page.after !== undefined && { after: [boundary ?? ''] }), ...(page.before !== undefined && { before: [boundary ?? ''] }), ...(page.last && { last: true }) }
  return { ...toPage(rest, request, fingerprint, ({ id }) => [id]), count: rows.length }
}
