import { z } from 'zod'
import type { Ctx } from '@/lib/access/context'
import { keyPageOf } from '@/lib/features/api-keys/page-request'
import { KEY_MARKS } from '@/lib/features/api-keys/rules'
import type { CredentialPageRequest } from '@/lib/features/credential-lists/queries'
import { idSchema } from '@/lib/ids'
import { COUNT_MAX, type Page } from '@/lib/pagination'
import { parseTokenSort, toTokenRow, type TokenRow } from './page-rules'
import { findTokens, type TokenListing } from './queries'
import { NEWEST_FIRST, TokenFilter } from './schema'

type Params = Readonly<Record<string, string | readonly string[] | undefined>>

/** `count` is exact to 1,000; beyond that `isCountExact` is false. */
export type TokenPage = Page<TokenRow> & { count: number; isCountExact: boolean }

const oneOf = (params: Params, name: string): string | undefined => [params[name] ?? []].flat().find((value) => value !== '' && value !== 'any')

/** The filter in an address of Token Management. What cannot be understood there counts as absent. */
export const tokenFilterOf = (params: Params): TokenListing => ({
  q: (oneOf(params, 'q') ?? '').trim().slice(0, 200),
  status: TokenFilter.shape.status.safeParse(oneOf(params, 'status')).data,
  mark: z.enum(KEY_MARKS).safeParse(oneOf(params, 'mark')).data,
  role: idSchema('role').safeParse(oneOf(params, 'role')).data,
  sort: parseTokenSort(oneOf(params, 'sort') ?? '') ?? NEWEST_FIRST,
})

export const tokenPageOf = keyPageOf

/** Application tokens that the asker may see, a page at a time. @throws AppError `invalid-input` for a cursor of another list */
export async function listTokenPage(ctx: Ctx<'token:read'>, filter: TokenListing, page: CredentialPageRequest): Promise<TokenPage> {
  const { rows, counted, ...cursors } = await findTokens(ctx, filter, page)
  return { ...cursors, rows: rows.map(toTokenRow), count: Math.min(counted, COUNT_MAX), isCountExact: counted <= COUNT_MAX }
}
