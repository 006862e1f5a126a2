import { guardedFetch, type FetchOptions } from './guarded-fetch'

type Init = { method?: string | undefined; headers?: unknown; body?: unknown }

function headersOf(given: unknown): Record<string, string> {
  const headers = given instanceof Headers ? given : new Headers(typeof given === 'object' && given !== null ? Object.entries(given).map(([name, value]): [string, string] => [name, String(value)]) : [])
  return Object.fromEntries(headers)
}

function bodyOf(given: unknown): string | undefined {
  if (given === undefined || given === null) return undefined
  if (typeof given === 'string') return given
  if (given instanceof URLSearchParams) return given.toString()
  throw new TypeError('only text and form fields are sent')
}

/** Statuses whose answer has no body. */
const WITHOUT_BODY: readonly number[] = [204, 205, 304]

/**
 * `guardedFetch` in the shape of `fetch`, for libraries that take one (`customFetch` of jose and openid-client).
 *
 * @throws TypeError as `fetch` does, with the reason as its message
 */
export const guardedFetchLike = (limits: Pick<FetchOptions, 'maxBytes' | 'timeoutMs' | 'resolve'>) => async (url: string, { method, headers, body }: Init = {}): Promise<Response> => {
  const sent = bodyOf(body)
  const result = await guardedFetch(url, { ...limits, method: method ?? 'GET', headers: headersOf(headers), ...(sent !== undefined && { body: sent }) })
  if (!result.ok) throw new TypeError(result.message)
  const { answer } = result
  const bytes = WITHOUT_BODY.includes(answer.status) ? null : new Uint8Array(answer.body)
  return new Response(bytes, { status: answer.status, headers: answer.headers })
}
