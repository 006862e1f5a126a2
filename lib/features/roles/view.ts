import type { CatalogueGroup } from './catalogue'

/** How a role came to be: with the access model, or by the organization. */
export const ROLE_KINDS = ['built-in', 'custom'] as const
export type RoleKind = (typeof ROLE_KINDS)[number]

export const ROLE_SORTS = ['title', 'permissions', 'holders'] as const
export type RoleSortColumn = (typeof ROLE_SORTS)[number]
export type RoleSort = { column: RoleSortColumn; direction: 'asc' | 'desc' }

export type RoleFilter = { q: string; kinds: readonly RoleKind[]; sort: RoleSort | null }

/** `-holders` means most first. Null for anything that is no sort of this list: the order of the access model. */
export function parseRoleSort(text: string): RoleSort | null {
  const name = text.replace(/^-/, '')
  const column = ROLE_SORTS.find((each) => each === name)
  return column === undefined ? null : { column, direction: text.startsWith('-') ? 'desc' : 'asc' }
}

/** A role as pages show it. */
export type RoleView = {
  id: string
  name: string
  title: string
  description: string
  kind: RoleKind
  group: string
  /** Held by everybody. */
  isFloor: boolean
  /** Titles of the types of resource at which it may be held; null: at every type there is. */
  assignableAt: readonly string[] | null
  resources: readonly { type: string; id: string; name: string }[] | null
  /** All that it permits, with what is included and implied; Gatehouse's own with their prefix. */
  permissions: readonly string[]
  /** Of those that count only where the role is held at certain types: the titles of these. */
  onlyAt: Readonly<Record<string, readonly string[]>>
  holders: number | null
}

/** One line of the list of roles: counts and words instead of identifiers. */
export type RoleRow = Pick<RoleView, 'id' | 'name' | 'title' | 'description' | 'kind' | 'group' | 'isFloor' | 'assignableAt' | 'holders'> & {
  isRestricted: boolean
  /** How many permissions of the model, and of Gatehouse's own. */
  counts: { model: number; own: number }
  /** Titles, in the order of the catalogue. */
  titles: readonly string[]
}

/** A permission held by one of two roles, or by both. */
export type ComparedLine = { group: string; name: string; title: string; a: boolean; b: boolean }

/** Two roles side by side: what one has and the other has not, and what both have. */
export function compareRoles(groups: readonly CatalogueGroup[], a: Pick<RoleView, 'permissions'>, b: Pick<RoleView, 'permissions'>): { different: ComparedLine[]; same: ComparedLine[] } {
  const [inA, inB] = [new Set(a.permissions), new Set(b.permissions)]
  const lines = groups.flatMap(({ group, permissions }) => permissions.map(({ name, title }): ComparedLine => ({ group, name, title, a: inA.has(name), b: inB.has(name) })))
  return { different: lines.filter((line) => line.a !== line.b), same: lines.filter((line) => line.a && line.b) }
}

/** What a role holds of the whole catalogue in its order, a sign each: short enough to send for many roles at once. */
export const cellsOf = (groups: readonly CatalogueGroup[], { permissions }: Pick<RoleView, 'permissions'>): string => {
  const held = new Set(permissions)
  return groups.flatMap((group) => group.permissions.map(({ name }) => (held.has(name) ? '1' : '0'))).join('')
}
