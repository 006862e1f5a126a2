import type { MailPageRequest } from './queries'
import { MAIL_STATES } from './rules'
import type { MailFilter } from './schema'

type Params = Readonly<Record<string, string | readonly string[] | undefined>>

/** Rows on a page. */
export const PAGE_SIZE = 25

const listOf = (params: Params, name: string): string[] => [params[name] ?? []].flat()

/** What an address of the outbox asks for. What cannot be understood there counts as absent. */
export function mailRequestOf(params: Params): { filter: MailFilter; page: MailPageRequest } {
  const oneOf = (name: string): string | undefined => listOf(params, name)[0] || undefined
  return {
    filter: { q: (oneOf('q') ?? '').slice(0, 200).trim(), state: MAIL_STATES.filter((state) => listOf(params, 'state').includes(state)) },
    page: { limit: PAGE_SIZE, after: oneOf('after'), before: oneOf('before'), last: oneOf('last') === '1' },
  }
}
