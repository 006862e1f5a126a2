import { COUNT_MAX } from '@/lib/pagination'
import { parseRoleSort, ROLE_KINDS, type RoleFilter } from './view'

type Params = Readonly<Record<string, string | readonly string[] | undefined>>

/** Rows on a page that one may choose; the first is the default. */
export const ROLE_PAGE_SIZES = [50, 100, 200] as const
/** Holders on a page of a role. */
export const HOLDERS_PAGE_SIZE = 25

export type RolePageRequest = { limit: number; after?: string | undefined; before?: string | undefined; last?: boolean }

const listOf = (params: Params, name: string): string[] => [params[name] ?? []].flat().filter((value) => value !== '' && value !== 'any')
const oneOf = (params: Params, name: string): string | undefined => listOf(params, name)[0]

/** The filter in an address of the Roles page. What cannot be understood there counts as absent. */
export const roleFilterOf = (params: Params): RoleFilter => ({
  q: (oneOf(params, 'q') ?? '').slice(0, 200),
  kinds: ROLE_KINDS.filter((kind) => listOf(params, 'kind').includes(kind)),
  sort: parseRoleSort(oneOf(params, 'sort') ?? ''),
})

const boundaries = (params: Params) => ({ after: oneOf(params, 'after'), before: oneOf(params, 'before'), last: oneOf(params, 'last') === '1' })

export function rolePageOf(params: Params): RolePageRequest {
  return { limit: ROLE_PAGE_SIZES.find((size) => String(size) === oneOf(params, 'limit')) ?? ROLE_PAGE_SIZES[0], ...boundaries(params) }
}

export const holderPageOf = (params: Params): RolePageRequest => ({ limit: HOLDERS_PAGE_SIZE, ...boundaries(params) })

/** Two roles to compare, by id; each empty while nothing is chosen. */
export const comparedOf = (params: Params): { a: string; b: string } => ({ a: oneOf(params, 'a') ?? '', b: oneOf(params, 'b') ?? '' })

/** "1 role", "16 roles". */
export const rolesInWords = (count: number): string => (count === 1 ? '1 role' : `${count} roles`)

/** "12", "1,000+": a count that is exact to a thousand. */
export const countInWords = (count: number): string => (count > COUNT_MAX ? `${COUNT_MAX.toLocaleString('en')}+` : String(count))
