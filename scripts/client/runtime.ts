import type { Problem } from '../../client/gatehouse'

export type GatehouseOptions = {
  /** Where Gatehouse runs: `https://gatehouse.example`. */
  url: string
  /** An API key, a service account’s key or an application token: `gh_key_…`. */
  credential: string
  /** How often a request is sent again when the answer is 429 or 503, or when none came; 3 unless told otherwise. */
  retries?: number
  /** The longest `Retry-After` that is waited for, in seconds; beyond it the refusal is thrown. 60 unless told otherwise. */
  longestWaitSeconds?: number
  /** Instead of the global `fetch`. */
  fetch?: (request: Request) => Promise<Response>
  /** Instead of a timer. */
  wait?: (milliseconds: number) => Promise<void>
}

export type CallOptions = {
  /** Change only if nobody changed it meanwhile: the resource as it was read, or its `ETag`. */
  ifMatch?: object | string
  /** The name under which repeating a POST is harmless; made anew for each call unless given. */
  idempotencyKey?: string
  signal?: AbortSignal
}

/** Options of a single resource: `known` is answered as it is while nothing changed (304). */
export type ReadOptions<T> = Pick<CallOptions, 'signal'> & { known?: T }

export type Page<T> = { data: T[]; nextCursor: string | null }

/** A refusal: what the problem document said (RFC 9457). */
export class GatehouseError extends Error {
  readonly problem: Problem
  /** Seconds after which it may be tried again, of a 429 or 503. */
  readonly retryAfterSeconds: number | null

  constructor(problem: Problem, retryAfterSeconds: number | null) {
    super(`${problem.title}: ${problem.detail}`)
    this.name = 'GatehouseError'
    this.problem = problem
    this.retryAfterSeconds = retryAfterSeconds
  }

  get status(): number {
    return this.problem.status
  }

  /** The stable name of the error: `conflict`, `last-administrator`. */
  get code(): string {
    return this.problem.type.split('/').at(-1) ?? ''
  }
}

/** A list: `await` it for the first page, or walk over every row with `for await`. */
export class Pages<T> implements PromiseLike<Page<T>>, AsyncIterable<T> {
  readonly #read: (cursor: string | undefined) => Promise<Page<T>>

  constructor(read: (cursor: string | undefined) => Promise<Page<T>>) {
    this.#read = read
  }

  then<Done = Page<T>, Failed = never>(
    onDone?: ((page: Page<T>) => Done | PromiseLike<Done>) | null,
    onFailed?: ((reason: unknown) => Failed | PromiseLike<Failed>) | null,
  ): Promise<Done | Failed> {
    return this.#read(undefined).then(onDone, onFailed)
  }

  /** Page after page, each fetched when the one before has been used. */
  async *pages(): AsyncGenerator<Page<T>> {
    let page = await this.#read(undefined)
    yield page
    while (page.nextCursor !== null) yield (page = await this.#read(page.nextCursor))
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T> {
    for await (const page of this.pages()) yield* page.data
  }
}

type QueryValue = string | number | boolean | readonly (string | number)[] | undefined
type Call = { method: string; path: string; query?: Readonly<Record<string, QueryValue>>; body?: unknown; options?: CallOptions & { known?: unknown } }

const etags = new WeakMap<object, string>()
const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

/** The `ETag` a resource was read with. */
export const etagOf = (resource: object): string | undefined => etags.get(resource)

function versionOf(resource: object | string): string {
  const etag = typeof resource === 'string' ? resource : etagOf(resource)
  if (etag === undefined) throw new Error('this resource was not read from Gatehouse as it is now, so its version is not known')
  return etag
}

const FIRST_PAUSE_MS = 200
const sleep = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** Sends requests: credential, versions, idempotency keys, waiting as told, and problems as errors. */
export class Caller {
  readonly #options: Required<GatehouseOptions>

  constructor(options: GatehouseOptions) {
    this.#options = { retries: 3, longestWaitSeconds: 60, fetch: (request) => fetch(request), wait: sleep, ...options }
  }

  protected pages<T>(call: Call): Pages<T> {
    return new Pages((cursor) => this.call<Page<T>>(cursor === undefined ? call : { ...call, query: { ...call.query, cursor } }))
  }

  protected async call<T>(call: Call): Promise<T> {
    const response = await this.send(call)
    if (response.status === 304 && isObject(call.options?.known)) return call.options.known as T
    const text = await response.text()
    const body: unknown = text === '' ? undefined : JSON.parse(text)
    const etag = response.headers.get('etag')
    if (etag !== null && isObject(body)) etags.set(body, etag)
    return body as T
  }

  /** The answer itself, for what is no JSON, such as an export. @throws GatehouseError */
  protected async send(call: Call): Promise<Response> {
    const { retries, longestWaitSeconds, wait } = this.#options
    const headers = this.#headersOf(call)
    for (let attempt = 0; ; attempt++) {
      const response = await this.#fetch(call, headers, attempt)
      if (response === null) continue
      if (response.ok || response.status === 304) return response
      const seconds = retryAfterOf(response)
      const mayWait = seconds !== null && seconds <= longestWaitSeconds && (response.status === 429 || response.status === 503)
      if (!mayWait || attempt >= retries) throw await errorOf(response, seconds)
      await response.body?.cancel()
      await wait(seconds * 1000)
    }
  }

  /** Null when no answer came and asking again is harmless. */
  async #fetch({ method, path, query, body, options }: Call, headers: Headers, attempt: number): Promise<Response | null> {
    const { url, retries, wait } = this.#options
    const init = { method, headers, body: body === undefined ? null : JSON.stringify(body), signal: options?.signal ?? null }
    try {
      return await this.#options.fetch(new Request(new URL(`/api/v1${path}${queryText(query)}`, url), init))
    } catch (error) {
      const isRepeatable = ['GET', 'PUT', 'POST'].includes(method) && options?.signal?.aborted !== true
      if (!isRepeatable || attempt >= retries) throw error
      await wait(FIRST_PAUSE_MS * 2 ** attempt)
      return null
    }
  }

  #headersOf({ method, body, options = {} }: Call): Headers {
    const headers = new Headers({ authorization: `Bearer ${this.#options.credential}`, accept: 'application/json' })
    if (body !== undefined) headers.set('content-type', 'application/json')
    if (method === 'POST') headers.set('idempotency-key', options.idempotencyKey ?? crypto.randomUUID())
    if (options.ifMatch !== undefined) headers.set('if-match', versionOf(options.ifMatch))
    if (isObject(options.known)) headers.set('if-none-match', versionOf(options.known))
    return headers
  }
}

function queryText(query: Call['query'] = {}): string {
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) for (const each of value === undefined ? [] : [value].flat()) params.append(name, String(each))
  return params.size > 0 ? `?${params}` : ''
}

/** `Retry-After` in seconds, also when it is a date. */
function retryAfterOf({ headers }: Response): number | null {
  const text = headers.get('retry-after')
  if (text === null) return null
  const seconds = /^\d+$/.test(text) ? Number(text) : (Date.parse(text) - Date.now()) / 1000
  return Number.isNaN(seconds) ? null : Math.max(0, seconds)
}

async function errorOf(response: Response, retryAfterSeconds: number | null): Promise<GatehouseError> {
  const text = await response.text()
  const isProblem = (response.headers.get('content-type') ?? '').startsWith('application/problem+json')
  const made = { type: 'about:blank', title: response.statusText || 'No answer of Gatehouse', status: response.status, detail: text.slice(0, 200), instance: response.headers.get('x-request-id') ?? '' }
  return new GatehouseError(isProblem ? (JSON.parse(text) as Problem) : made, retryAfterSeconds)
}
