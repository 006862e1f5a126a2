import type { z } from 'zod'
import type { CredentialPageRequest } from '@/lib/features/credential-lists/queries'
import { parseKeySort } from './page-rules'
import { KEY_MARKS, KEY_STATUSES } from './rules'
import { KeyPageFilter } from './schema'

type Params = Readonly<Record<string, string | readonly string[] | undefined>>

/** Rows on a page that one may choose; the first is the default. */
export const PAGE_SIZES = [25, 50, 100] as const

const listOf = (params: Params, name: string): string[] => [params[name] ?? []].flat().filter((value) => value !== '' && value !== 'any')
const oneOf = (params: Params, name: string): string | undefined => listOf(params, name)[0]

/** The filter in an address of a page of keys, as `KeyPageFilter` takes it. What cannot be understood there counts as absent. */
export function keyFilterInputOf(params: Params, defaultOwner: 'me' | 'all'): z.input<typeof KeyPageFilter> {
  const sort = oneOf(params, 'sort') ?? ''
  const mark = KEY_MARKS.find((each) => each === oneOf(params, 'mark'))
  const owner = defaultOwner === 'me' ? 'me' : (KeyPageFilter.shape.owner.safeParse(oneOf(params, 'owner') ?? defaultOwner).data ?? defaultOwner)
  return {
    q: (oneOf(params, 'q') ?? '').slice(0, 200),
    status: KEY_STATUSES.filter((status) => listOf(params, 'status').includes(status)),
    owner,
    ...(mark !== undefined && { mark }),
    ...(parseKeySort(sort) !== null && { sort }),
  }
}

export const keyFilterOf = (params: Params, defaultOwner: 'me' | 'all'): KeyPageFilter => KeyPageFilter.parse(keyFilterInputOf(params, defaultOwner))

export function keyPageOf(params: Params): CredentialPageRequest {
  const limit = PAGE_SIZES.find((size) => String(size) === oneOf(params, 'limit')) ?? PAGE_SIZES[0]
  return { limit, after: oneOf(params, 'after'), before: oneOf(params, 'before'), last: oneOf(params, 'last') === '1' }
}
