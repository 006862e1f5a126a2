import type { z } from 'zod'
import type { MemberPageRequest } from './queries'
import { MEMBER_STATUSES, parseMemberSort } from './rules'
import { MemberFilter } from './schema'

type Params = Readonly<Record<string, string | readonly string[] | undefined>>

/** Rows on a page that one may choose; the first is the default. */
export const PAGE_SIZES = [25, 50, 100] as const

const listOf = (params: Params, name: string): string[] => [params[name] ?? []].flat().filter((value) => value !== '' && value !== 'any')
const oneOf = (params: Params, name: string): string | undefined => listOf(params, name)[0]

/** The filter in an address of the Users page, as `MemberFilter` takes it. What cannot be understood there counts as absent. */
export function memberFilterInputOf(params: Params): z.input<typeof MemberFilter> {
  const show = listOf(params, 'show')
  const sort = oneOf(params, 'sort') ?? ''
  const roleId = MemberFilter.shape.roleId.safeParse(oneOf(params, 'role')).data
  return {
    q: (oneOf(params, 'q') ?? '').slice(0, 200),
    status: MEMBER_STATUSES.filter((status) => listOf(params, 'status').includes(status)),
    ...(roleId !== undefined && { roleId }),
    unused90Days: show.includes('unused'),
    administrators: show.includes('administrators'),
    ...(parseMemberSort(sort) !== null && { sort }),
  }
}

/** The resource that an address of the Users page asks the Actions column about. */
export const glancePlaceOf = (params: Params): string | undefined => oneOf(params, 'at')?.slice(0, 80)

export const memberFilterOf = (params: Params): MemberFilter => MemberFilter.parse(memberFilterInputOf(params))

export function memberPageOf(params: Params): MemberPageRequest {
  const limit = PAGE_SIZES.find((size) => String(size) === oneOf(params, 'limit')) ?? PAGE_SIZES[0]
  return { limit, after: oneOf(params, 'after'), before: oneOf(params, 'before'), last: oneOf(params, 'last') === '1' }
}
