/**
 * The client of Gatehouse's management API. One file without dependencies: copy it into your project.
 * Made by `npm run client` from the OpenAPI document and scripts/client/runtime.ts; do not edit.
 */

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

/** An error (RFC 9457). */
export type Problem = {
  /** The page that explains the error. */
  type: string
  title: string
  status: number
  /** What was wrong with this request. */
  detail: string
  /** Id of the request, as in `X-Request-Id`. */
  instance: string
  errors?: {
    /** The field of the body, as JSON pointer in a URI fragment. */
    pointer?: string
    /** The query parameter. */
    parameter?: string
    detail: string
    /** Where the field is a text that was parsed: the line, from 1. */
    line?: number
    column?: number
    /** Of a text that was parsed: the same as `detail`. */
    message?: string
    /** The same as offset in UTF-16 units. */
    start?: number
    end?: number
  }[]
  /** Of a 403: what is missing. */
  permission?: string
  /** Of a 403: where it is missing. */
  scope?: string
  /** Of a 403: the type of the scope, where the caller may see it. */
  scopeType?: string
  /** Of a 403: its name. */
  scopeName?: string
  /** Of a 403: who can give the permission, at most five. */
  grantors?: string[]
  /** Of a 403: roles that carry the permission, least powerful first. */
  roles?: string[]
  /** Of a 403: the caller’s own roles that permit it, and why they do not count here. */
  near?: {
    role: string
    scope: {
      type: string
      id: string
      name: string
    }
    outcome: 'expired' | 'held-too-low' | 'not-chosen' | 'elsewhere'
    detail: string
  }[]
  /** Of a 403: the whole explanation in the console, for callers who may ask for decisions. */
  explain?: string
  /** Of `secret-already-shown`: what the first request made. */
  id?: string
  /** Of a 429: the limits that were reached, as `RateLimit-Policy` names them. */
  'violated-policies'?: string[]
}

/** Who a credential speaks for. */
export type Whoami = {
  principal: {
    /** `user` for a person’s API key, `service_account`, or `token` for an application token. */
    type: string
    /** Id of the user, service account or token. */
    id: string
    name: string
  }
  organization: {
    /** Id of the organization. */
    id: string
    /** Address of the organization in the console. */
    slug: string
    name: string
    /** Its access model. */
    model: string
  }
  credential: {
    /** `api_key`, `service_account_key`, `token`, or `access_token` for a short-lived one. */
    type: string
    /** Id of the credential; of an access token, that of what it was made from. */
    id: string
    /** When it ends by itself; null: never. */
    expiresAt: string | null
    /** What an access token was made from: when that ends, so does the token. null for everything else. */
    madeFrom: {
      /** `api_key`, `service_account_key`, `token` or `trusted_issuer`. */
      type: string
      id: string
      name: string
    } | null
  } | null
  /** What the principal holds at the organization. Names with the prefix `gatehouse/` guard Gatehouse’s own doors. */
  permissions: string[]
}

export type Organization = {
  /** Id of the organization. */
  id: string
  /** Address of the organization in the console; it never changes. */
  slug: string
  name: string
  /** Its access model, chosen when it was made. */
  model: string
  /** Most members and pending invitations together; null: no limit. */
  memberLimit: number | null
  createdAt: string
}

export type AccessModel = {
  /** Name of a built-in model, or `custom`. */
  name: string
  title: string
  description: string
  /** Whether it is the organization’s own. */
  isCustom: boolean
  /** Resource types, permissions, roles and rules; see docs/administrators/access-models.md. */
  model: Record<string, unknown>
  /** Of a model of one’s own: the version in force. */
  current: {
    /** Counted from 1. */
    version: number
    note: string
    /** Name or address of who saved it. */
    savedBy: string
    savedAt: string
    /** The JSON as it was saved. */
    text: string
  } | null
}

export type AccessModelImpact = {
  changes: {
    kind: string
    change: string
    name: string
    title: string
  }[]
  /** In the way: saving is 409 until it is put right. */
  refused: {
    kind: string
    /** What happens to them, and why. */
    what: string
    count: number
    examples: string[]
  }[]
  /** Breaks when saved, which needs `confirmBreaking`. */
  breaks: {
    kind: string
    /** What happens to them, and why. */
    what: string
    count: number
    examples: string[]
  }[]
  /** Who gains and loses what, and where; the first fifty. */
  shifts: {
    principal: {
      type: string
      id: string
      name: string
    }
    scope: {
      type: string
      id: string
      name: string
    }
    gains: string[]
    loses: string[]
  }[]
  shiftCount: number
}

export type AccessModelVersion = {
  /** Counted from 1. */
  version: number
  note: string
  /** Name or address of who saved it. */
  savedBy: string
  savedAt: string
}

export type AccessModelVersionText = {
  /** Counted from 1. */
  version: number
  note: string
  /** Name or address of who saved it. */
  savedBy: string
  savedAt: string
  /** The JSON as it was saved. */
  text: string
}

/** A person’s membership in the organization. */
export type User = {
  /** Id of the membership; it stays the same from invitation to removal. */
  id: string
  email: string
  name: string
  /** `pending` and `expired` are invitations nobody has accepted. */
  status: 'active' | 'pending' | 'suspended' | 'expired'
  /** Roles in force. The floor role, which everybody holds, is not told. */
  roles: HeldRole[]
  /** How the person came in: `founder`, `invitation`. */
  source: string
  /** How the person last signed in. */
  signInMethod: string | null
  createdAt: string
  joinedAt: string | null
  suspendedAt: string | null
  /** At most a minute late; null: never. */
  lastSeenAt: string | null
  /** The directory that decides whether they may enter; then `managed` (409) is the answer to suspending and removing them here. */
  managedBy: {
    id: string
    name: string
  } | null
}

export type HeldRole = {
  role: {
    id: string
    name: string
    title: string
  }
  scope: {
    type: string
    id: string
    name: string
  }
  expiresAt: string | null
}

export type AccessPreview = {
  /** Who loses what, at most 100. */
  losses: {
    principal: {
      type: string
      id: string
      name: string
    }
    /** Topmost resource at which it makes a difference: it does so below too. */
    resource: {
      type: string
      id: string
      name: string
    }
    permissions: {
      name: string
      title: string
    }[]
  }[]
  /** Who gains what, at most 100. */
  gains: {
    principal: {
      type: string
      id: string
      name: string
    }
    /** Topmost resource at which it makes a difference: it does so below too. */
    resource: {
      type: string
      id: string
      name: string
    }
    permissions: {
      name: string
      title: string
    }[]
  }[]
  /** How many losses there are beyond those. */
  moreLosses: number
  /** How many gains there are beyond those. */
  moreGains: number
  /** How many users, groups, service accounts and tokens were looked at. */
  lookedAt: number
  /** Others concerned, such as members of large groups, that were not looked at one by one; their groups were. */
  unseenMembers: number
  /** From when on it is so, where a change of an end makes a difference later; null: at once. */
  since: string | null
  /** Statements of policies and guardrails that have a say in it by the circumstances of each request, such as its address. They are not counted; at most 20. The text is null without the permission to read it: `group:read`, or `guardrail:write` for guardrails. */
  undecided: {
    owner: {
      type: 'group' | 'guardrails'
      id: string
      name: string
    }
    text: string | null
  }[]
}

/** A membership nobody has accepted yet. */
export type Invitation = {
  /** Id of the invitation. Accepted, it is a user of the same UUID with the prefix `usr_`. */
  id: string
  email: string
  status: 'pending' | 'expired'
  /** Roles the person will hold. */
  roles: HeldRole[]
  createdAt: string
  expiresAt: string | null
}

/** What became of one address. */
export type InvitationResult = {
  email: string
  status: 'invited' | 'already_member' | 'already_invited' | 'invalid' | 'limit_reached'
  /** Of the invitation, or of who is there already. */
  id?: string
  detail?: string
}

/** A mail of the outbox. */
export type Mail = {
  /** Id of the mail. */
  id: string
  recipient: string
  subject: string
  /** What kind of mail it is. */
  template: string
  /** `kept` where no mail server is configured, `failing` after a failed attempt, `unanswered` when nobody knows whether the server took it. */
  state: 'queued' | 'failing' | 'unanswered' | 'sent' | 'kept'
  attempts: number
  lastError: string | null
  createdAt: string
  sentAt: string | null
  /** When it is tried next, of one that waits. */
  nextAttemptAt: string | null
}

export type MailText = {
  /** Id of the mail. */
  id: string
  recipient: string
  subject: string
  text: string
  /** Of an invitation: its link. Whoever has it can accept. */
  link: string | null
}

/** A signed-in browser that reaches the organization. */
export type Session = {
  /** Id of the session; it opens nothing. */
  id: string
  user: {
    id: string
    name: string
    email: string
  }
  /** How the person proved who they are. */
  method: string
  /** The organization’s connection it came through. */
  connection: {
    id: string
    name: string
  } | null
  /** The second factor it has shown: `totp`, `passkey` or `recovery-code`. */
  secondFactor: string | null
  /** The browser in words. */
  device: string
  userAgent: string
  /** Where it was last seen. */
  address: string
  createdAt: string
  lastSeenAt: string
  expiresAt: string
}

/** What the organization demands of sessions. */
export type SessionPolicy = {
  /** Whether sessions need a second factor. API keys and tokens never do. */
  secondFactor: 'off' | 'required'
  /** From when on it is demanded; later than now during the grace. */
  secondFactorFrom: string | null
  /** Whether sessions from an identity provider count as having shown one. */
  connectionsCount: boolean
  /** How long a session may live, from signing in; null: 30 days. */
  lifetimeMinutes: number | null
  /** How long it may lie unused; null: no limit. */
  idleMinutes: number | null
}

export type Permission = {
  /** With the prefix `gatehouse/`: one that guards Gatehouse’s own doors. */
  name: string
  title: string
  description: string
  group: string
  /** Types of resource it may be asked about. */
  appliesTo: string[]
  /** Gatehouse’s own permissions that come with it. */
  implies: string[]
}

export type Role = {
  /** Id of the role. */
  id: string
  /** Of a built-in role: its identifier in the access model. */
  name: string
  title: string
  description: string
  /** Under which pickers show it. */
  group: string
  builtIn: boolean
  /** Cannot be changed by any interface. */
  immutable: boolean
  /** Held by everybody; can be neither given nor taken. */
  floor: boolean
  /** Types of resource at which it may be held. */
  assignableAt: string[]
  /** What it permits where it is held at the organization, with all that is included and implied. */
  permissions: string[]
  /** Resources it is restricted to: it counts there and below. Null: wherever it is held. */
  resources: {
    type: string
    id: string
    name: string
  }[] | null
  /** How many users, groups, service accounts and tokens hold it now; 1001 stands for more than 1,000. Null without `gatehouse/assignment:read`. */
  holders: number | null
}

export type ListedRoleAssignment = {
  /** Id of the assignment. */
  id: string
  /** Who holds the role. An accepted invitation goes on as a user, with the same assignments. */
  principal: {
    type: 'user' | 'invitation' | 'group' | 'service_account'
    id: string
    name: string
  }
  role: {
    id: string
    name: string
    title: string
  }
  /** The resource at which it is held; it counts there and everywhere below. */
  scope: {
    type: string
    id: string
    name: string
  }
  /** When it stops counting; null: never. */
  expiresAt: string | null
  /** That moment has come. */
  isEnded: boolean
  reason: string
  /** Name of who gave it, as it was then. */
  grantedBy: string
  createdAt: string
  /** With `reaching`: held at a resource above it. */
  inherited: boolean
}

export type RoleAssignment = {
  /** Id of the assignment. */
  id: string
  /** Who holds the role. An accepted invitation goes on as a user, with the same assignments. */
  principal: {
    type: 'user' | 'invitation' | 'group' | 'service_account'
    id: string
    name: string
  }
  role: {
    id: string
    name: string
    title: string
  }
  /** The resource at which it is held; it counts there and everywhere below. */
  scope: {
    type: string
    id: string
    name: string
  }
  /** When it stops counting; null: never. */
  expiresAt: string | null
  /** That moment has come. */
  isEnded: boolean
  reason: string
  /** Name of who gave it, as it was then. */
  grantedBy: string
  createdAt: string
}

/** A named set of users who share roles and a policy. */
export type Group = {
  /** Id of the group. */
  id: string
  name: string
  description: string
  /** The resource it belongs to, in models that tie groups to one; null: the organization. */
  resource: {
    type: string
    id: string
    name: string
  } | null
  /** Made with its resource: its roles and its policy cannot be edited. */
  locked: boolean
  /** How many people are in it. */
  members: number
  externalId: string | null
  /** The directory that decides about its name and its members; then `managed` (409) is the answer to changing those here. */
  managedBy: {
    id: string
    name: string
  } | null
  createdAt: string
}

export type GroupWithRoles = {
  /** Id of the group. */
  id: string
  name: string
  description: string
  /** The resource it belongs to, in models that tie groups to one; null: the organization. */
  resource: {
    type: string
    id: string
    name: string
  } | null
  /** Made with its resource: its roles and its policy cannot be edited. */
  locked: boolean
  /** How many people are in it. */
  members: number
  externalId: string | null
  /** The directory that decides about its name and its members; then `managed` (409) is the answer to changing those here. */
  managedBy: {
    id: string
    name: string
  } | null
  createdAt: string
  /** Roles in force. */
  roles: {
    role: {
      id: string
      name: string
      title: string
    }
    scope: {
      type: string
      id: string
      name: string
    }
    expiresAt: string | null
  }[]
}

export type GroupMember = {
  /** Id of the user. */
  id: string
  email: string
  name: string
  status: 'active' | 'suspended' | 'invited'
  addedAt: string
  addedBy: string
}

/** A typed node in the organization’s tree. */
export type Resource = {
  /** Id of the resource: `fld_…` for folders, `cls_…` for clusters, `res_…` for everything else. */
  id: string
  /** One of the resource types of the organization’s access model. */
  type: string
  name: string
  /** What it lies directly under; null for the organization only. */
  parent: {
    type: string
    id: string
  } | null
  /** From the organization down to the resource itself. Steps that the caller may not see are left out. */
  path: {
    type: string
    id: string
    name: string
  }[]
  /** The id by which the platform’s own programs know it; unique among resources of its type. */
  externalId: string | null
  /** Values of the attributes that the access model declares for its type, which policies may read. */
  attributes: Record<string, string | number | boolean | string[]>
  createdAt: string
}

export type Move = {
  resource: Resource
  /** Whether nothing was done but to tell. */
  dryRun: boolean
  /** Who gains and who loses what by it; null when the resource lies there already. */
  access: {
    /** Who loses what, at most 100. */
    losses: {
      principal: {
        type: string
        id: string
        name: string
      }
      /** Topmost resource at which it makes a difference: it does so below too. */
      resource: {
        type: string
        id: string
        name: string
      }
      permissions: {
        name: string
        title: string
      }[]
    }[]
    /** Who gains what, at most 100. */
    gains: {
      principal: {
        type: string
        id: string
        name: string
      }
      /** Topmost resource at which it makes a difference: it does so below too. */
      resource: {
        type: string
        id: string
        name: string
      }
      permissions: {
        name: string
        title: string
      }[]
    }[]
    /** How many losses there are beyond those. */
    moreLosses: number
    /** How many gains there are beyond those. */
    moreGains: number
    /** How many users, groups, service accounts and tokens were looked at. */
    lookedAt: number
    /** Others concerned, such as members of large groups, that were not looked at one by one; their groups were. */
    unseenMembers: number
    /** From when on it is so, where a change of an end makes a difference later; null: at once. */
    since: string | null
    /** Statements of policies and guardrails that have a say in it by the circumstances of each request, such as its address. They are not counted; at most 20. The text is null without the permission to read it: `group:read`, or `guardrail:write` for guardrails. */
    undecided: {
      owner: {
        type: 'group' | 'guardrails'
        id: string
        name: string
      }
      text: string | null
    }[]
  } | null
}

export type Policy = {
  text: string
  /** Statements that are a plain permit for everyone in the group. */
  form: {
    index: number
    start: number
    end: number
    permissions: '*' | string[]
    resource: {
      /** `within`: a resource and all below it, with `only` those of one type. */
      kind: 'everything' | 'type' | 'one' | 'within'
      type?: string
      id?: string
      only?: string | null
    }
    annotations: Record<string, string | null>
  }[]
  /** The other statements, and why a form cannot show them. */
  codeOnly: {
    reason: string
    sentence: string
    effect: 'permit' | 'forbid'
    start: number
    end: number
  }[]
  /** What stands in the way of saving. Offsets count UTF-16 units of `text`. */
  errors: {
    message: string
    help?: string
    statement: number | null
    start: number
    end: number
  }[]
  warnings: {
    message: string
    help?: string
    statement: number | null
    start: number
    end: number
  }[]
  /** 0 before the first is saved. */
  version: number
  savedAt: string | null
  savedBy: string
}

export type PolicyReading = {
  text: string
  /** Statements that are a plain permit for everyone in the group. */
  form: {
    index: number
    start: number
    end: number
    permissions: '*' | string[]
    resource: {
      /** `within`: a resource and all below it, with `only` those of one type. */
      kind: 'everything' | 'type' | 'one' | 'within'
      type?: string
      id?: string
      only?: string | null
    }
    annotations: Record<string, string | null>
  }[]
  /** The other statements, and why a form cannot show them. */
  codeOnly: {
    reason: string
    sentence: string
    effect: 'permit' | 'forbid'
    start: number
    end: number
  }[]
  /** What stands in the way of saving. Offsets count UTF-16 units of `text`. */
  errors: {
    message: string
    help?: string
    statement: number | null
    start: number
    end: number
  }[]
  warnings: {
    message: string
    help?: string
    statement: number | null
    start: number
    end: number
  }[]
}

export type PolicyTrial = {
  /** What the text by itself says. `silent`: no statement matched. */
  verdict: 'allow' | 'deny' | 'silent'
  statements: {
    policyId: string
    effect: 'permit' | 'forbid'
    outcome: 'matched' | 'not-matched' | 'failed'
    start: number
    end: number
    /** The first part that did not hold, or whose evaluation failed. */
    clause: {
      part: string
      text: string
      start: number
      end: number
    } | null
    message?: string
  }[]
  /** The whole decision, were the text saved: roles, other groups and guardrails counted. */
  overall: {
    decision: boolean
    reason: string
  }
}

export type PolicyVersion = {
  version: number
  savedAt: string
  savedBy: string
  note: string
  /** Why it was saved although a test failed; empty when none did. */
  overrideReason: string
  /** Lines that came with it. */
  added: number
  removed: number
}

export type PolicyVersionWithText = {
  version: number
  savedAt: string
  savedBy: string
  note: string
  /** Why it was saved although a test failed; empty when none did. */
  overrideReason: string
  /** Lines that came with it. */
  added: number
  removed: number
  text: string
}

export type ApiKey = {
  /** Id of the key. */
  id: string
  name: string
  purpose: string
  /** Beginning of the secret, by which people tell keys apart. */
  hint: string
  owner: {
    type: 'user' | 'service_account'
    id: string
    name: string
    email: string | null
  }
  status: 'active' | 'suspended' | 'expired' | 'revoked'
  /** `old`: made over 90 days ago; `unused`: not used for 90 days; `expiring`: ends within 7 days; `narrowed`. */
  marks: ('old' | 'unused' | 'expiring' | 'narrowed')[]
  /** Narrowing: only what this role holds. Without a title the role is gone, and the key allows nothing. */
  role: {
    id: string
    name: string | null
    title: string | null
  } | null
  /** Narrowing: only at this resource and below. */
  scope: {
    id: string
    type: string | null
    name: string | null
  } | null
  /** Narrowing: only from these addresses and ranges; empty: from anywhere. */
  addresses: string[]
  createdBy: {
    id: string
    name: string
  } | null
  createdAt: string
  expiresAt: string | null
  suspendedAt: string | null
  /** `person`, `unused` or `leaked`. */
  suspendedReason: string | null
  revokedAt: string | null
  /** `person`, `rotated` or `leaked`. */
  revokedReason: string | null
  /** The key whose secret this one replaces. */
  rotatedFrom: string | null
  /** The key that replaces this one; until `expiresAt` both work. */
  replacedBy: string | null
  /** At most a minute late. */
  lastUsedAt: string | null
  lastUsedIp: string | null
}

export type NewApiKey = {
  /** Id of the key. */
  id: string
  name: string
  purpose: string
  /** Beginning of the secret, by which people tell keys apart. */
  hint: string
  owner: {
    type: 'user' | 'service_account'
    id: string
    name: string
    email: string | null
  }
  status: 'active' | 'suspended' | 'expired' | 'revoked'
  /** `old`: made over 90 days ago; `unused`: not used for 90 days; `expiring`: ends within 7 days; `narrowed`. */
  marks: ('old' | 'unused' | 'expiring' | 'narrowed')[]
  /** Narrowing: only what this role holds. Without a title the role is gone, and the key allows nothing. */
  role: {
    id: string
    name: string | null
    title: string | null
  } | null
  /** Narrowing: only at this resource and below. */
  scope: {
    id: string
    type: string | null
    name: string | null
  } | null
  /** Narrowing: only from these addresses and ranges; empty: from anywhere. */
  addresses: string[]
  createdBy: {
    id: string
    name: string
  } | null
  createdAt: string
  expiresAt: string | null
  suspendedAt: string | null
  /** `person`, `unused` or `leaked`. */
  suspendedReason: string | null
  revokedAt: string | null
  /** `person`, `rotated` or `leaked`. */
  revokedReason: string | null
  /** The key whose secret this one replaces. */
  rotatedFrom: string | null
  /** The key that replaces this one; until `expiresAt` both work. */
  replacedBy: string | null
  /** At most a minute late. */
  lastUsedAt: string | null
  lastUsedIp: string | null
  /** The credential. Shown in this answer only. */
  secret: string
}

/** A program as a principal. It outlives the person who made it. */
export type ServiceAccount = {
  /** Id of the service account. */
  id: string
  name: string
  description: string
  status: 'active' | 'suspended'
  /** The id that the platform’s own programs know it by. */
  externalId: string | null
  /** Roles in force. */
  roles: {
    role: {
      id: string
      name: string
      title: string
    }
    scope: {
      type: string
      id: string
      name: string
    }
    expiresAt: string | null
  }[]
  /** Keys that are not revoked. */
  keys: number
  createdBy: {
    id: string
    name: string
  } | null
  createdAt: string
  /** The latest use of any of its keys, at most a minute late. */
  lastUsedAt: string | null
}

export type ServiceAccountKey = {
  /** Id of the key. */
  id: string
  name: string
  purpose: string
  /** Beginning of the secret, by which people tell keys apart. */
  hint: string
  owner: {
    type: 'user' | 'service_account'
    id: string
    name: string
    email: string | null
  }
  status: 'active' | 'suspended' | 'expired' | 'revoked'
  /** `old`: made over 90 days ago; `unused`: not used for 90 days; `expiring`: ends within 7 days; `narrowed`. */
  marks: ('old' | 'unused' | 'expiring' | 'narrowed')[]
  /** Narrowing: only what this role holds. Without a title the role is gone, and the key allows nothing. */
  role: {
    id: string
    name: string | null
    title: string | null
  } | null
  /** Narrowing: only at this resource and below. */
  scope: {
    id: string
    type: string | null
    name: string | null
  } | null
  /** Narrowing: only from these addresses and ranges; empty: from anywhere. */
  addresses: string[]
  createdBy: {
    id: string
    name: string
  } | null
  createdAt: string
  expiresAt: string | null
  suspendedAt: string | null
  /** `person`, `unused` or `leaked`. */
  suspendedReason: string | null
  revokedAt: string | null
  /** `person`, `rotated` or `leaked`. */
  revokedReason: string | null
  /** The key whose secret this one replaces. */
  rotatedFrom: string | null
  /** The key that replaces this one; until `expiresAt` both work. */
  replacedBy: string | null
  /** At most a minute late. */
  lastUsedAt: string | null
  lastUsedIp: string | null
}

export type NewServiceAccountKey = {
  /** Id of the key. */
  id: string
  name: string
  purpose: string
  /** Beginning of the secret, by which people tell keys apart. */
  hint: string
  owner: {
    type: 'user' | 'service_account'
    id: string
    name: string
    email: string | null
  }
  status: 'active' | 'suspended' | 'expired' | 'revoked'
  /** `old`: made over 90 days ago; `unused`: not used for 90 days; `expiring`: ends within 7 days; `narrowed`. */
  marks: ('old' | 'unused' | 'expiring' | 'narrowed')[]
  /** Narrowing: only what this role holds. Without a title the role is gone, and the key allows nothing. */
  role: {
    id: string
    name: string | null
    title: string | null
  } | null
  /** Narrowing: only at this resource and below. */
  scope: {
    id: string
    type: string | null
    name: string | null
  } | null
  /** Narrowing: only from these addresses and ranges; empty: from anywhere. */
  addresses: string[]
  createdBy: {
    id: string
    name: string
  } | null
  createdAt: string
  expiresAt: string | null
  suspendedAt: string | null
  /** `person`, `unused` or `leaked`. */
  suspendedReason: string | null
  revokedAt: string | null
  /** `person`, `rotated` or `leaked`. */
  revokedReason: string | null
  /** The key whose secret this one replaces. */
  rotatedFrom: string | null
  /** The key that replaces this one; until `expiresAt` both work. */
  replacedBy: string | null
  /** At most a minute late. */
  lastUsedAt: string | null
  lastUsedIp: string | null
  /** The credential. Shown in this answer only. */
  secret: string
}

/** An outside OIDC issuer whose tokens are exchanged for short-lived ones of a service account. */
export type TrustedIssuer = {
  /** Id of the trust. */
  id: string
  /** The service account whose rights it gives; the `audience` of an exchange. */
  serviceAccountId: string
  name: string
  /** As it stands in the claim `iss`. Its keys are found by OpenID Connect Discovery. */
  issuer: string
  /** What the claim `aud` has to hold. */
  audience: string
  /** All have to be met, each by one of its values. In a `glob`, `*` stands for any characters but `/` and `:`, `**` for any. */
  conditions: {
    claim: string
    operator: 'equals' | 'glob'
    values: string[]
  }[]
  status: 'active' | 'suspended'
  createdBy: {
    id: string
    name: string
  } | null
  createdAt: string
  /** When a token was last exchanged, or one of ours used; at most a minute late. */
  lastUsedAt: string | null
  lastUsedIp: string | null
}

export type TokenTrial = {
  accepted: boolean
  /** What is wrong with the token itself: its signature, its times, or that the issuer’s keys cannot be had. */
  problem: string | null
  /** What the trust asks for and what the token has. */
  findings: {
    claim: string
    operator: 'equals' | 'glob'
    wanted: string[]
    found: string[]
    isMet: boolean
  }[]
}

/** A principal of its own that holds exactly one role. */
export type ApplicationToken = {
  /** Id of the token, which is also its id as a principal. */
  id: string
  description: string
  /** The half of the token that is not secret. */
  clientId: string
  /** Beginning of the secret, by which people tell keys apart. */
  hint: string
  role: {
    id: string
    name: string
    title: string
  }
  scope: {
    id: string
    type: string
    name: string
  }
  status: 'active' | 'suspended' | 'expired' | 'revoked'
  /** `old`: made over 90 days ago; `unused`: not used for 90 days; `expiring`: ends within 7 days; `narrowed`. */
  marks: ('old' | 'unused' | 'expiring' | 'narrowed')[]
  createdBy: {
    id: string
    name: string
  } | null
  createdAt: string
  expiresAt: string | null
  suspendedAt: string | null
  /** `person`, `unused` or `leaked`. */
  suspendedReason: string | null
  /** The token whose place this one took. */
  rotatedFrom: string | null
  /** The token that takes this one’s place; until `expiresAt` both work. */
  replacedBy: string | null
  /** At most a minute late. */
  lastUsedAt: string | null
  lastUsedIp: string | null
}

export type NewApplicationToken = {
  /** Id of the token, which is also its id as a principal. */
  id: string
  description: string
  /** The half of the token that is not secret. */
  clientId: string
  /** Beginning of the secret, by which people tell keys apart. */
  hint: string
  role: {
    id: string
    name: string
    title: string
  }
  scope: {
    id: string
    type: string
    name: string
  }
  status: 'active' | 'suspended' | 'expired' | 'revoked'
  /** `old`: made over 90 days ago; `unused`: not used for 90 days; `expiring`: ends within 7 days; `narrowed`. */
  marks: ('old' | 'unused' | 'expiring' | 'narrowed')[]
  createdBy: {
    id: string
    name: string
  } | null
  createdAt: string
  expiresAt: string | null
  suspendedAt: string | null
  /** `person`, `unused` or `leaked`. */
  suspendedReason: string | null
  /** The token whose place this one took. */
  rotatedFrom: string | null
  /** The token that takes this one’s place; until `expiresAt` both work. */
  replacedBy: string | null
  /** At most a minute late. */
  lastUsedAt: string | null
  lastUsedIp: string | null
  /** The secret half. Shown in this answer only. */
  clientSecret: string
  /** Client id and client secret joined: the credential. Shown in this answer only. */
  token: string
}

/** A credential for `/scim/v2` and for nothing else. */
export type ScimToken = {
  /** Id of the token. */
  id: string
  name: string
  /** What can be shown of the secret. */
  hint: string
  status: 'active' | 'expired'
  /** Its changes are carried out, noted and taken back: what would change something is answered with 409. */
  rehearses: boolean
  createdBy: string
  createdAt: string
  expiresAt: string | null
  rotatedFrom: string | null
  /** The token that takes this one’s place; until `expiresAt` both work. */
  replacedBy: string | null
  lastUsedAt: string | null
  lastUsedIp: string | null
  directory: {
    id: string
    name: string
  }
}

export type NewScimToken = {
  /** Id of the token. */
  id: string
  name: string
  /** What can be shown of the secret. */
  hint: string
  status: 'active' | 'expired'
  /** Its changes are carried out, noted and taken back: what would change something is answered with 409. */
  rehearses: boolean
  createdBy: string
  createdAt: string
  expiresAt: string | null
  rotatedFrom: string | null
  /** The token that takes this one’s place; until `expiresAt` both work. */
  replacedBy: string | null
  lastUsedAt: string | null
  lastUsedIp: string | null
  directory: {
    id: string
    name: string
  }
  /** The token itself. Shown in this answer only. */
  secret: string
}

/** Where people and groups come from over SCIM. */
export type Directory = {
  /** Id of the directory. */
  id: string
  name: string
  kind: 'okta' | 'entra' | 'other'
  /** What becomes of the API keys of somebody it removes. */
  leaverKeys: 'revoke' | 'hand-over'
  handoverTo: {
    id: string
    name: string
  } | null
  /** Whether people it brings are mailed an invitation. */
  sendsInvitations: boolean
  users: number
  groups: number
  tokens: {
    /** Id of the token. */
    id: string
    name: string
    /** What can be shown of the secret. */
    hint: string
    status: 'active' | 'expired'
    /** Its changes are carried out, noted and taken back: what would change something is answered with 409. */
    rehearses: boolean
    createdBy: string
    createdAt: string
    expiresAt: string | null
    rotatedFrom: string | null
    /** The token that takes this one’s place; until `expiresAt` both work. */
    replacedBy: string | null
    lastUsedAt: string | null
    lastUsedIp: string | null
  }[]
  createdAt: string
  lastRequestAt: string | null
  lastChangeAt: string | null
  /** The latest request that was refused, of those that are kept. */
  lastRefused: {
    at: string
    status: number
    detail: string
  } | null
}

export type ProvisioningRequest = {
  /** Id of the request in this list. */
  id: string
  at: string
  method: string
  path: string
  status: number
  scimType: string | null
  detail: string
  milliseconds: number
  requestId: string
  /** With a token that rehearses: what it would have done, in words after “it would have”, and whose access that would have changed. */
  rehearsal: {
    deeds: string[]
    moreDeeds: number
    preview: AccessPreview
  } | null
}

export type ProvisioningRequestWithBodies = {
  /** Id of the request in this list. */
  id: string
  at: string
  method: string
  path: string
  status: number
  scimType: string | null
  detail: string
  milliseconds: number
  requestId: string
  /** With a token that rehearses: what it would have done, in words after “it would have”, and whose access that would have changed. */
  rehearsal: {
    deeds: string[]
    moreDeeds: number
    preview: AccessPreview
  } | null
  request?: unknown
  answer?: unknown
}

/** Members of a directory’s group hold a role. */
export type ProvisioningMapping = {
  /** Id of the mapping. */
  id: string
  matchBy: 'name' | 'external-id'
  /** Name or external id of the group, which may come later. */
  value: string
  role: {
    id: string
    name: string
    title: string
  }
  scope: {
    id: string
    type: string
    name: string
  }
  priority: number
  createdBy: string
  createdAt: string
  groups: {
    id: string
    name: string
    members: number
  }[]
}

/** What the organization demands of its credentials. */
export type CredentialPolicy = {
  /** Longest life of a new credential; null: no limit. */
  maxLifetimeDays: number | null
  /** Life of a key for which no end was asked; null: no end. */
  defaultLifetimeDays: number | null
  /** A credential not used for so long is suspended; null: never. */
  suspendUnusedDays: number | null
  /** Requests a minute each credential may make of this API; null: as many as the installation allows. */
  requestsPerMinute: number | null
  /** Days before the end of a credential at which its owner and administrators are reminded by mail; empty: never. */
  reminderDays: number[]
  /** What happens to a credential whose secret was found and reported: `revoke`, `suspend`, or `report` it to its people and no more. */
  onLeak: 'revoke' | 'suspend' | 'report'
  /** Who may make a kind of credential: `holders` of the permission, of those only `administrators`, or `nobody`. */
  makers: {
    apiKey: 'holders' | 'administrators' | 'nobody'
    serviceAccountKey: 'holders' | 'administrators' | 'nobody'
    token: 'holders' | 'administrators' | 'nobody'
  }
}

export type CredentialPolicyEffects = {
  tooLong: {
    keys: number
    tokens: number
  }
  unused: {
    keys: number
    tokens: number
  }
}

export type FoundSecretFeedback = {
  /** SHA-256 of the secret, in base64. */
  token_hash: string
  /** The `type` that was sent. */
  token_type: string
  /** `true_positive`: it is ours and was dealt with. Callers with a credential learn this of their own organization’s secrets only. */
  label: 'true_positive' | 'false_positive'
}[]

/** The SAML side of a connection. */
export type SamlConnection = {
  /** Id of the connection. */
  id: string
  name: string
  /** Our entity id, to be given to the identity provider. */
  entityId: string
  /** Where the identity provider posts its responses. */
  acsUrl: string
  /** Our metadata, readable by everybody. */
  metadataUrl: string
  /** Null until its metadata has come. */
  provider: {
    entityId: string
    name: string | null
    /** Where people are sent. */
    signInUrl: string
    binding: 'redirect' | 'post'
    /** Any of them may sign. */
    certificates: {
      subject: string
      /** SHA-256, in pairs of hex digits. */
      fingerprint: string
      notBefore: string
      notAfter: string
      /** Whole days; below zero once it has ended. */
      daysLeft: number
      /** `ending` for the last 30 days. */
      state: 'valid' | 'ending' | 'ended' | 'not-yet'
    }[]
    metadataUrl: string | null
    metadataAt: string | null
  } | null
  /** The present one signs requests; the next one is published beside it. */
  ownCertificates: {
    subject: string
    /** SHA-256, in pairs of hex digits. */
    fingerprint: string
    notBefore: string
    notAfter: string
    /** Whole days; below zero once it has ended. */
    daysLeft: number
    /** `ending` for the last 30 days. */
    state: 'valid' | 'ending' | 'ended' | 'not-yet'
    role: 'present' | 'next'
  }[]
  /** Which parts of a response must bear a signature. */
  signedParts: 'assertion' | 'response' | 'both'
  /** Whether assertions must be encrypted. */
  wantsEncryption: boolean
  /** Whether a sign-in may begin at the identity provider. */
  isIdpInitiated: boolean
}

/** From where the organization may be reached. */
export type IpAllowlist = {
  mode: 'off' | 'report' | 'enforced'
  /** At most 10,000; a longer list is read at `/ip-allowlist/entries`. */
  entries: AllowlistEntry[]
  entryCount: number
  /** While a change waits to be confirmed: from when on it counts as taken back. */
  revertAt: string | null
  revertMode: 'off' | 'report' | 'enforced' | null
  /** When the last entry ends and nobody may enter any more. */
  emptyAt: string | null
}

/** An address or range from which the organization may be reached. */
export type AllowlistEntry = {
  /** Id of the entry. */
  id: string
  cidr: string
  description: string
  surfaces: ('console' | 'api' | 'data')[]
  expiresAt: string | null
  /** What a change that waits to be confirmed did to it. */
  waiting: 'added' | 'changed' | 'removed' | null
  /** A wider entry that opens the same for as long: this one adds nothing. */
  coveredBy: string | null
  createdBy: string
  createdAt: string
}

/** An identity provider of the organization. */
export type SsoConnection = {
  /** Id of the connection. */
  id: string
  kind: 'google' | 'okta' | 'oidc' | 'saml'
  name: string
  /** Only `enabled` lets people in; it is reached through a test in the console. */
  status: 'draft' | 'tested' | 'enabled' | 'disabled'
  /** Empty for SAML. */
  issuer: string
  clientId: string
  /** The secret itself is never shown. */
  hasClientSecret: boolean
  assumesVerified: boolean
  attributes: {
    email?: string
    name?: string
    groups?: string
  }
  /** Empty: every verified domain of the organization. */
  allowedDomains: string[]
  testedAt: string | null
  testedByName: string
  lastSignInAt: string | null
  createdAt: string
}

/** In the order of their priority. */
export type GroupMappings = {
  data: {
    id: string
    group: string
    role: {
      id: string
      title: string
    }
    scope: {
      id: string
      type: string
      name: string
    }
  }[]
}

/** Whose roles mappings would change, by the groups of the last sign-in. */
export type GroupMappingChanges = {
  /** Users whose roles would change at their next sign-in. */
  count: number
  /** The first 50 of them by address. */
  people: {
    userId: string
    email: string
    gains: string[]
    losses: string[]
  }[]
  /** Users whose groups are known, from their last sign-in. */
  known: number
  /** Users of the connection whose groups are not known yet. */
  unknown: number
}

/** An e-mail domain of the organization. */
export type VerifiedDomain = {
  /** Id of the domain. */
  id: string
  domain: string
  /** The TXT record that proves the domain. */
  record: {
    name: string
    value: string
  }
  /** Null: connections may not speak for it yet. */
  verifiedAt: string | null
  /** Since when the record of a verified domain is not found any more. It stays verified until it is removed. */
  missingSince: string | null
  createdAt: string
}

/** How people of the organization sign in. */
export type SignInPolicy = {
  /** Sessions must come from one of the organization’s connections. Keys and tokens are never affected. */
  ssoOnly: boolean
  /** A first sign-in through a connection makes the membership. */
  autoprovision: boolean
  /** Of those who come in that way and are in no mapped group; null: as the access model says. */
  defaultRole: {
    id: string
    title: string
  } | null
}

/** What a change of the sign-in policy would do, and to whom. */
export type SignInPolicyEffects = {
  before: SignInPolicy
  after: SignInPolicy
  /** Who is signed out at once. */
  signedOut: {
    count: number
    /** The first of them by address, at most 20. */
    first: string[]
  }
  /** Active users for whose address no enabled connection speaks: they no longer get in. */
  withoutConnection: {
    count: number
    /** The first of them by address, at most 20. */
    first: string[]
  }
  /** Why it would be refused; null: it would not. */
  problem: string | null
}

/** An administrator who may hold codes that open the SSO settings when the identity provider is out of order. */
export type BreakGlassHolder = {
  /** Id of the user. */
  userId: string
  name: string
  email: string
  /** Codes of somebody suspended open nothing. */
  isActive: boolean
  /** Codes not used yet; 0 until the holder has made some. */
  codesLeft: number
  codesMadeAt: string | null
  lastUsedAt: string | null
  chosenBy: string
  chosenAt: string
}

/** What happened, and who did it from where. */
export type AuditEvent = {
  id: string
  at: string
  event: string
  outcome: 'success' | 'denied' | 'failed'
  source: string
  sentence: string
  actor: {
    type: string
    id: string
    name: string
    credentialId: string | null
  }
  targets: {
    type: string
    id: string
    name: string
  }[]
  before: Record<string, unknown> | null
  after: Record<string, unknown> | null
  detail: Record<string, unknown> | null
  address: string
  userAgent: string
  requestId: string
  seal: {
    sequence: string
    value: string
  } | null
}

export type AuditAnchor = {
  organization: string
  count: number
  head: string
  updatedAt: string
}

export type AuditVerification = {
  state: 'intact' | 'broken'
  /** Sealed events, when intact. */
  count?: number
  /** The first hundred, when broken. */
  problems?: {
    kind: string
    sequence?: string
    eventId?: string
    reason: string
  }[]
  /** How many problems there are, when broken. */
  total?: number
  verifiedAt: string
  tookMs: number
  anchor: {
    count: number
    head: string
  } | null
}

/** A no that a program was told. */
export type Denial = {
  /** Id of the denial. */
  id: string
  at: string
  /** Code of the reason, as `?explain=true` at `/access/v1` has it. */
  reason: string
  /** Whom it was about; null for subjects that the organization does not know. */
  principalId: string | null
  /** Name of the permission; null for names that the access model does not have. */
  permission: string | null
  /** Id of the resource; null where the organization has no such one. */
  resourceId: string | null
  /** What the program asked, in its words. */
  asked: {
    subject: {
      type: string
      id: string
    }
    resource: {
      type: string
      id: string
    }
    /** `context.ip` of the question; null where it named none. */
    address: string | null
  }
  /** Id of who asked. */
  callerId: string
  /** Id of the credential it asked with. */
  credentialId: string
}

/** What programs asked about somebody’s permission, over all time. */
export type PermissionUse = {
  /** Whom it was about; null for subjects that the organization does not know. */
  principalId: string | null
  /** Name of the permission; null for names that the access model does not have. */
  permission: string | null
  /** How often the answer was yes. */
  allowed: number
  /** How often it was no. */
  denied: number
  lastAllowedAt: string | null
  lastDeniedAt: string | null
}

/** Every operation of the API as a method. */
export class Gatehouse extends Caller {
  /**
   * Show who the credential speaks for
   *
   * The principal behind the credential, its organization, and the permissions held at the organization at this moment.
   *
   * Needs no permission beyond an active membership.
   */
  whoami(options: Pick<CallOptions, 'signal'> = {}): Promise<Whoami> {
    return this.call({ method: 'GET', path: `/whoami`, options })
  }

  /**
   * Show the organization
   *
   * The organization is the credential’s; no address names it.
   *
   * Needs `gatehouse/organization:read`.
   */
  showOrganization(options: ReadOptions<Organization> = {}): Promise<Organization> {
    return this.call({ method: 'GET', path: `/organization`, options })
  }

  /**
   * Rename the organization
   *
   * Changes the name people see. The slug stays, so that links keep working.
   *
   * Needs `gatehouse/organization:write`.
   */
  renameOrganization(body: {
    name: string
  }, options: Pick<CallOptions, 'signal' | 'ifMatch'> = {}): Promise<Organization> {
    return this.call({ method: 'PATCH', path: `/organization`, body, options })
  }

  /**
   * Show the access model
   *
   * Which resource types, permissions and roles there are, and the rules about them.
   *
   * Needs `gatehouse/organization:read`.
   */
  showAccessModel(options: ReadOptions<AccessModel> = {}): Promise<AccessModel> {
    return this.call({ method: 'GET', path: `/access-model`, options })
  }

  /**
   * Put an access model of one’s own in force
   *
   * Instead of the model before, or of the built-in one the organization was made with. 422 tells each fault of the text with its line and column. 409: resources, groups or guardrails could not be under it; or roles, assignments or policies would break and `confirmBreaking` was not sent; or no administrator would remain.
   *
   * Needs `gatehouse/organization:write`.
   */
  putAccessModelOfOneOwnInForce(body: {
    text?: string
    model?: Record<string, unknown>
    baseVersion?: number
    note?: string
    confirmBreaking?: boolean
  }, query: {
    /** With `true` nothing is changed: the answer tells what would come of it. */
    dryRun?: 'true' | 'false'
  } = {}, options: Pick<CallOptions, 'signal' | 'ifMatch'> = {}): Promise<AccessModel> {
    return this.call({ method: 'PUT', path: `/access-model`, query, body, options })
  }

  /**
   * List versions of the access model
   *
   * Newest first. None while the organization has a built-in model.
   *
   * Needs `gatehouse/organization:read`.
   */
  listVersionsOfAccessModel(query: {
    /** Rows in the answer, 1 to 200. */
    limit?: number
    /** The `nextCursor` of the answer before, with the same filters and sort. */
    cursor?: string
  } = {}, options: Pick<CallOptions, 'signal'> = {}): Pages<AccessModelVersion> {
    return this.pages({ method: 'GET', path: `/access-model/versions`, query, options })
  }

  /**
   * Show a version of the access model
   *
   * To restore it, put its text in force again.
   *
   * Needs `gatehouse/organization:read`.
   */
  showVersionOfAccessModel(version: string, options: Pick<CallOptions, 'signal'> = {}): Promise<AccessModelVersionText> {
    return this.call({ method: 'GET', path: `/access-model/versions/${encodeURIComponent(version)}`, options })
  }

  /**
   * List users
   *
   * Members of the organization. Open invitations are listed when `status` asks for `pending` or `expired`.
   *
   * Needs `gatehouse/member:read`.
   */
  listUsers(query: {
    /** Rows in the answer, 1 to 200. */
    limit?: number
    /** The `nextCursor` of the answer before, with the same filters and sort. */
    cursor?: string
    /** Words of which each occurs in name or address. */
    q?: string
    /** Repeat it, or separate by commas. Left out: `active,suspended`. */
    status?: ('active' | 'pending' | 'suspended' | 'expired')[]
    /** Id of a role held anywhere. */
    role?: string
    /** Only administrators of the organization. */
    administrators?: boolean
    /** Only members not seen for 90 days. */
    unused90Days?: boolean
    /** `name`, `email`, `last-seen` or `added`; a minus before it turns the order around. */
    sort?: string
  } = {}, options: Pick<CallOptions, 'signal'> = {}): Pages<User> {
    return this.pages({ method: 'GET', path: `/users`, query, options })
  }

  /**
   * Show a user
   *
   * Needs `gatehouse/member:read`.
   */
  showUser(id: string, options: ReadOptions<User> = {}): Promise<User> {
    return this.call({ method: 'GET', path: `/users/${encodeURIComponent(id)}`, options })
  }

  /**
   * Suspend or resume a user
   *
   * Suspending ends the person’s sessions in this organization and stops their API keys; roles stay. The last administrator cannot be suspended (409). With `?dryRun=true` nothing is changed: the answer is an `AccessPreview` of who would gain and who would lose what, and what would be refused is refused in the same way.
   *
   * Needs `gatehouse/member:write`.
   */
  suspendOrResumeUser(id: string, body: {
    status: 'active' | 'suspended'
  }, query: {
    /** With `true` nothing is changed; the answer says who would gain and who would lose what. */
    dryRun?: 'true' | 'false'
  } = {}, options: Pick<CallOptions, 'signal' | 'ifMatch'> = {}): Promise<User> {
    return this.call({ method: 'PATCH', path: `/users/${encodeURIComponent(id)}`, query, body, options })
  }

  /**
   * Remove a user
   *
   * Ends the membership: roles go, API keys are revoked (or, with `handoverTo`, go on working with a service account’s rights instead), sessions no longer reach the organization. The account stays. The last administrator cannot be removed (409). With `?dryRun=true` nothing is changed: the answer is an `AccessPreview` of who would gain and who would lose what, and what would be refused is refused in the same way.
   *
   * Needs `gatehouse/member:write`.
   */
  removeUser(id: string, query: {
    /** With `true` nothing is changed; the answer says who would gain and who would lose what. */
    dryRun?: 'true' | 'false'
    /** A service account that takes over the person’s API keys; you need `gatehouse/service-account:write` and all that the account may do. */
    handoverTo?: string
  } = {}, options: Pick<CallOptions, 'signal' | 'ifMatch'> = {}): Promise<void> {
    return this.call({ method: 'DELETE', path: `/users/${encodeURIComponent(id)}`, query, options })
  }

  /**
   * Mail a password reset
   *
   * Mails the person a link to choose a new password. The link goes to nobody else.
   *
   * Needs `gatehouse/member:write`.
   */
  mailPasswordReset(id: string, options: Pick<CallOptions, 'signal' | 'idempotencyKey'> = {}): Promise<{
    id: string
    email: string
    /** `kept` where no mail server is configured: the mail waits in the outbox. */
    delivery: 'queued' | 'kept'
  }> {
    return this.call({ method: 'POST', path: `/users/${encodeURIComponent(id)}/password-reset`, options })
  }

  /**
   * List invitations
   *
   * Invitations nobody has accepted yet, expired ones too.
   *
   * Needs `gatehouse/member:read`.
   */
  listInvitations(query: {
    /** Rows in the answer, 1 to 200. */
    limit?: number
    /** The `nextCursor` of the answer before, with the same filters and sort. */
    cursor?: string
    /** Words of which each occurs in the address. */
    q?: string
    /** Repeat it, or separate by commas. Left out: both. */
    status?: ('pending' | 'expired')[]
    /** `email` or `added`; a minus before it turns the order around. */
    sort?: string
  } = {}, options: Pick<CallOptions, 'signal'> = {}): Pages<Invitation> {
    return this.pages({ method: 'GET', path: `/invitations`, query, options })
  }

  /**
   * Invite people
   *
   * Each address is answered on its own, in the order given: one that cannot be invited does not keep the others out. `role` is an id or a name; without `scope` it is held at the organization. Giving roles needs `gatehouse/assignment:write` and every permission of the role.
   *
   * Needs `gatehouse/member:write`.
   */
  invitePeople(body: {
    emails: string[] | string
    roles?: {
      role: string
      scope?: string | {
        type: string
        id: string
      }
      expiresAt?: string | null
    }[]
    message?: string
  }, options: Pick<CallOptions, 'signal' | 'idempotencyKey'> = {}): Promise<{
    data: InvitationResult[]
  }> {
    return this.call({ method: 'POST', path: `/invitations`, body, options })
  }

  /**
   * Show an invitation
   *
   * Needs `gatehouse/member:read`.
   */
  showInvitation(id: string, options: ReadOptions<Invitation> = {}): Promise<Invitation> {
    return this.call({ method: 'GET', path: `/invitations/${encodeURIComponent(id)}`, options })
  }

  /**
   * Revoke an invitation
   *
   * Its link stops working, and a mail that still waits is not sent.
   *
   * Needs `gatehouse/member:write`.
   */
  revokeInvitation(id: string, options: Pick<CallOptions, 'signal' | 'ifMatch'> = {}): Promise<void> {
    return this.call({ method: 'DELETE', path: `/invitations/${encodeURIComponent(id)}`, options })
  }

  /**
   * Resend an invitation
   *
   * Mails it again, good for another seven days. Links mailed before stop working.
   *
   * Needs `gatehouse/member:write`.
   */
  resendInvitation(id: string, options: Pick<CallOptions, 'signal' | 'idempotencyKey'> = {}): Promise<Invitation> {
    return this.call({ method: 'POST', path: `/invitations/${encodeURIComponent(id)}/resend`, options })
  }

  /**
   * Get an invitation’s link
   *
   * The link as it stands in the mail, to hand over by other means. Whoever has it can accept, so the audit log tells who took it.
   *
   * Needs `gatehouse/member:write`.
   */
  getInvitationLink(id: string, options: Pick<CallOptions, 'signal' | 'idempotencyKey'> = {}): Promise<{
    id: string
    email: string
    link: string
    expiresAt: string | null
  }> {
    return this.call({ method: 'POST', path: `/invitations/${encodeURIComponent(id)}/link`, options })
  }

  /**
   * List mails
   *
   * What Gatehouse wrote for this organization, newest first. A person’s own mail, such as a password reset, is not among them.
   *
   * Needs `gatehouse/member:write`.
   */
  listMails(query: {
    /** Rows in the answer, 1 to 200. */
    limit?: number
    /** The `nextCursor` of the answer before, with the same filters and sort. */
    cursor?: string
    /** Words of recipient or subject. */
    q?: string
    /** States, with commas between: queued, failing, unanswered, sent, kept. */
    state?: ('queued' | 'failing' | 'unanswered' | 'sent' | 'kept')[]
  } = {}, options: Pick<CallOptions, 'signal'> = {}): Pages<Mail> {
    return this.pages({ method: 'GET', path: `/mails`, query, options })
  }

  /**
   * Show a mail
   *
   * How it stands. Its text is read by `POST /mails/{id}/read`.
   *
   * Needs `gatehouse/member:write`.
   */
  showMail(id: string, options: Pick<CallOptions, 'signal'> = {}): Promise<Mail> {
    return this.call({ method: 'GET', path: `/mails/${encodeURIComponent(id)}`, options })
  }

  /**
   * Read a mail
   *
   * Its text as it is, or would be, sent. It may hold a link, so the audit log tells who read it, and whoever could not have given what the link gives is refused.
   *
   * Needs `gatehouse/member:write`.
   */
  readMail(id: string, options: Pick<CallOptions, 'signal' | 'idempotencyKey'> = {}): Promise<MailText> {
    return this.call({ method: 'POST', path: `/mails/${encodeURIComponent(id)}/read`, options })
  }

  /**
   * Send a mail again
   *
   * One that waits is sent now, and one again of which nobody knows whether the server took it.
   *
   * Needs `gatehouse/member:write`.
   */
  sendMailAgain(id: string, options: Pick<CallOptions, 'signal' | 'idempotencyKey'> = {}): Promise<Mail> {
    return this.call({ method: 'POST', path: `/mails/${encodeURIComponent(id)}/retry`, options })
  }

  /**
   * List sessions
   *
   * Open sessions of all members that reach this organization, the newest first.
   *
   * Needs `gatehouse/session:others`.
   */
  listSessions(query: {
    /** Rows in the answer, 1 to 200. */
    limit?: number
    /** The `nextCursor` of the answer before, with the same filters and sort. */
    cursor?: string
  } = {}, options: Pick<CallOptions, 'signal'> = {}): Pages<Session> {
    return this.pages({ method: 'GET', path: `/sessions`, query, options })
  }

  /**
   * List a user’s sessions
   *
   * Needs `gatehouse/session:others`.
   */
  listUserSessions(id: string, query: {
    /** Rows in the answer, 1 to 200. */
    limit?: number
    /** The `nextCursor` of the answer before, with the same filters and sort. */
    cursor?: string
  } = {}, options: Pick<CallOptions, 'signal'> = {}): Pages<Session> {
    return this.pages({ method: 'GET', path: `/users/${encodeURIComponent(id)}/sessions`, query, options })
  }

  /**
   * End a user’s sessions
   *
   * None of the person’s present sessions reaches this organization any more; other organizations are not touched.
   *
   * Needs `gatehouse/session:others`.
   */
  endUserSessions(id: string, options: Pick<CallOptions, 'signal'> = {}): Promise<void> {
    return this.call({ method: 'DELETE', path: `/users/${encodeURIComponent(id)}/sessions`, options })
  }

  /**
   * End one session of a user
   *
   * Needs `gatehouse/session:others`.
   */
  endOneSessionOfUser(id: string, sessionId: string, options: Pick<CallOptions, 'signal'> = {}): Promise<void> {
    return this.call({ method: 'DELETE', path: `/users/${encodeURIComponent(id)}/sessions/${encodeURIComponent(sessionId)}`, options })
  }

  /**
   * Show the session policy
   *
   * Needs `gatehouse/sign-in:read`.
   */
  showSessionPolicy(options: ReadOptions<SessionPolicy> = {}): Promise<SessionPolicy> {
    return this.call({ method: 'GET', path: `/session-policy`, options })
  }

  /**
   * Change the session policy
   *
   * Whatever is left out stays as it is; null lifts a limit. It counts at once, for sessions that exist too.
   *
   * Needs `gatehouse/sign-in:write`.
   */
  changeSessionPolicy(body: {
    secondFactor?: 'off' | 'required'
    graceDays?: number
    connectionsCount?: boolean
    lifetimeMinutes?: number | null
    idleMinutes?: number | null
  }, options: Pick<CallOptions, 'signal' | 'ifMatch'> = {}): Promise<SessionPolicy> {
    return this.call({ method: 'PATCH', path: `/session-policy`, body, options })
  }

  /**
   * List permissions
   *
   * The catalogue of the organization’s access model, with Gatehouse’s own permissions at the end. All in one page.
   *
   * Needs no permission beyond an active membership.
   */
  listPermissions(options: Pick<CallOptions, 'signal'> = {}): Pages<Permission> {
    return this.pages({ method: 'GET', path: `/permissions`, options })
  }

  /**
   * List roles
   *
   * Needs `gatehouse/role:read`.
   */
  listRoles(query: {
    /** Rows in the answer, 1 to 200. */
    limit?: number
    /** The `nextCursor` of the answer before, with the same filters and sort. */
    cursor?: string
  } = {}, options: Pick<CallOptions, 'signal'> = {}): Pages<Role> {
    return this.pages({ method: 'GET', path: `/roles`, query, options })
  }

  /**
   * Create a role
   *
   * A role of the organization’s own. It may hold only what its author holds: at the organization, or at the chosen resources. 409 where the access model has no custom roles.
   *
   * Needs `gatehouse/role:write`.
   */
  createRole(body: {
    name: string
    description?: string
    permissions?: string[]
    resources?: {
      type: string
      id: string
    }[] | null
  }, options: Pick<CallOptions, 'signal' | 'idempotencyKey'> = {}): Promise<Role> {
    return this.call({ method: 'POST', path: `/roles`, body, options })
  }

  /**
   * Show a role
   *
   * Needs `gatehouse/role:read`.
   */
  showRole(id: string, options: ReadOptions<Role> = {}): Promise<Role> {
    return this.call({ method: 'GET', path: `/roles/${encodeURIComponent(id)}`, options })
  }

  /**
   * Change a role
   *
   * What is left out stays. Only custom roles can be changed (409 for built-in ones). What the role gains must be the caller’s own, at the organization or the chosen resources, and wherever the role is held. In force at once, also for credentials made before. With `?dryRun=true` nothing is changed: the answer is an `AccessPreview` of who would gain and who would lose what, and what would be refused is refused in the same way.
   *
   * Needs `gatehouse/role:write`.
   */
  changeRole(id: string, body: {
    name?: string
    description?: string
    permissions?: string[]
    resources?: {
      type: string
      id: string
    }[] | null
  }, query: {
    /** With `true` nothing is changed; the answer says who would gain and who would lose what. */
    dryRun?: 'true' | 'false'
  } = {}, options: Pick<CallOptions, 'signal' | 'ifMatch'> = {}): Promise<Role> {
    return this.call({ method: 'PATCH', path: `/roles/${encodeURIComponent(id)}`, query, body, options })
  }

  /**
   * Delete a role
   *
   * Only custom roles (409 for built-in ones). While somebody holds it, `replaceWith` says which role they get instead, at the same places until the same moments; without it that is 409, and so it is while an application token holds it or a group mapping gives it. With `?dryRun=true` nothing is changed: the answer is an `AccessPreview` of who would gain and who would lose what, and what would be refused is refused in the same way.
   *
   * Needs `gatehouse/role:write`.
   */
  deleteRole(id: string, query: {
    /** With `true` nothing is changed; the answer says who would gain and who would lose what. */
    dryRun?: 'true' | 'false'
    /** Id or name of the role its holders get instead. */
    replaceWith?: string
  } = {}, options: Pick<CallOptions, 'signal' | 'ifMatch'> = {}): Promise<void> {
    return this.call({ method: 'DELETE', path: `/roles/${encodeURIComponent(id)}`, query, options })
  }

  /**
   * List role assignments
   *
   * Who holds which role where, in the order they were given. Somebody who holds `assignment:read` at a folder only sees what lies there and below; with `reaching`, also what is inherited there.
   *
   * Needs `gatehouse/assignment:read`.
   */
  listRoleAssignments(query: {
    /** Rows in the answer, 1 to 200. */
    limit?: number
    /** The `nextCursor` of the answer before, with the same filters and sort. */
    cursor?: string
    /** Id of a user, invitation, group or service account: what they hold themselves. */
    principal?: string
    /** Id of a role. */
    role?: string
    /** Id of a resource: held exactly there. */
    scope?: string
    /** Id of a resource: held there or above, so that it counts there. Nearest first; what is inherited and has ended is left out. */
    reaching?: string
    /** Only with `reaching`: words of which each occurs in the name or address of who holds it. */
    q?: string
    /** Only with `reaching`: kinds of principal. Repeat it, or separate by commas. */
    type?: ('user' | 'invitation' | 'group' | 'service_account')[]
  } = {}, options: Pick<CallOptions, 'signal'> = {}): Pages<ListedRoleAssignment> {
    return this.pages({ method: 'GET', path: `/role-assignments`, query, options })
  }

  /**
   * Give a role
   *
   * Needs `assignment:write` at the scope. What the role permits there must be the caller’s own there. In an access model with exactly one role for each user, it replaces the one they hold. With `?dryRun=true` nothing is changed: the answer is an `AccessPreview` of who would gain and who would lose what, and what would be refused is refused in the same way.
   *
   * Needs `gatehouse/assignment:write`.
   */
  giveRole(body: {
    principal: {
      type: 'user'
      id: string
    } | {
      type: 'invitation'
      id: string
    } | {
      type: 'group'
      id: string
    } | {
      type: 'service_account'
      id: string
    }
    role: string
    scope?: string | {
      type: string
      id: string
    }
    expiresAt?: string | null
    reason?: string
  }, query: {
    /** With `true` nothing is changed; the answer says who would gain and who would lose what. */
    dryRun?: 'true' | 'false'
  } = {}, options: Pick<CallOptions, 'signal' | 'idempotencyKey'> = {}): Promise<RoleAssignment> {
    return this.call({ method: 'POST', path: `/role-assignments`, query, body, options })
  }

  /**
   * Show a role assignment
   *
   * Needs `gatehouse/assignment:read`.
   */
  showRoleAssignment(id: string, options: ReadOptions<RoleAssignment> = {}): Promise<RoleAssignment> {
    return this.call({ method: 'GET', path: `/role-assignments/${encodeURIComponent(id)}`, options })
  }

  /**
   * Change when a role ends
   *
   * To prolong is to give: what the role permits there must be the caller’s own there. Shortening needs `assignment:write` there only. The last administrator’s role cannot be given an end (409). With `?dryRun=true` nothing is changed: the answer is an `AccessPreview` of who would gain and who would lose what, and what would be refused is refused in the same way.
   *
   * Needs `gatehouse/assignment:write`.
   */
  changeWhenRoleEnds(id: string, body: {
    expiresAt?: string | null
    reason?: string
  }, query: {
    /** With `true` nothing is changed; the answer says who would gain and who would lose what. */
    dryRun?: 'true' | 'false'
  } = {}, options: Pick<CallOptions, 'signal' | 'ifMatch'> = {}): Promise<RoleAssignment> {
    return this.call({ method: 'PATCH', path: `/role-assignments/${encodeURIComponent(id)}`, query, body, options })
  }

  /**
   * Take a role away
   *
   * Needs `assignment:write` where it is held, not the role itself. It stops counting at once. The last administrator keeps theirs (409). With `?dryRun=true` nothing is changed: the answer is an `AccessPreview` of who would gain and who would lose what, and what would be refused is refused in the same way.
   *
   * Needs `gatehouse/assignment:write`.
   */
  takeRoleAway(id: string, query: {
    /** With `true` nothing is changed; the answer says who would gain and who would lose what. */
    dryRun?: 'true' | 'false'
  } = {}, options: Pick<CallOptions, 'signal' | 'ifMatch'> = {}): Promise<void> {
    return this.call({ method: 'DELETE', path: `/role-assignments/${encodeURIComponent(id)}`, query, options })
  }

  /**
   * List groups
   *
   * Needs `gatehouse/group:read`.
   */
  listGroups(query: {
    /** Rows in the answer, 1 to 200. */
    limit?: number
    /** The `nextCursor` of the answer before, with the same filters and sort. */
    cursor?: string
    /** Words of which each occurs in name or description. */
    q?: string
    /** Id of the resource they belong to. */
    resource?: string
    /** Id of a user who is in them. */
    user?: string
    /** `name` or `added`; a minus before it turns the order around. */
    sort?: string
  } = {}, options: Pick<CallOptions, 'signal'> = {}): Pages<Group> {
    return this.pages({ method: 'GET', path: `/groups`, query, options })
  }

  /**
   * Create a group
   *
   * A new group gives nothing yet: roles are given to it under `/role-assignments`, its policy is written under `/groups/{id}/policy`. In models whose groups belong to a resource, name that resource.
   *
   * Needs `gatehouse/group:write`.
   */
  createGroup(body: {
    name: string
    description?: string
    resource?: string | {
      type: string
      id: string
    } | null
  }, options: Pick<CallOptions, 'signal' | 'idempotencyKey'> = {}): Promise<GroupWithRoles> {
    return this.call({ method: 'POST', path: `/groups`, body, options })
  }

  /**
   * Show a group
   *
   * Needs `gatehouse/group:read`.
   */
  showGroup(id: string, options: ReadOptions<GroupWithRoles> = {}): Promise<GroupWithRoles> {
    return this.call({ method: 'GET', path: `/groups/${encodeURIComponent(id)}`, options })
  }

  /**
   * Change a group
   *
   * Its name or description.
   *
   * Needs `gatehouse/group:write`.
   */
  changeGroup(id: string, body: {
    name?: string
    description?: string
  }, options: Pick<CallOptions, 'signal' | 'ifMatch'> = {}): Promise<GroupWithRoles> {
    return this.call({ method: 'PATCH', path: `/groups/${encodeURIComponent(id)}`, body, options })
  }

  /**
   * Delete a group
   *
   * Its roles and its policy go with it; its members stay users. Refused (409) for a locked group, while a policy or a guardrail names it, and when it makes the last administrator. With `?dryRun=true` nothing is changed: the answer is an `AccessPreview` of who would gain and who would lose what, and what would be refused is refused in the same way.
   *
   * Needs `gatehouse/group:write`.
   */
  deleteGroup(id: string, query: {
    /** With `true` nothing is changed; the answer says who would gain and who would lose what. */
    dryRun?: 'true' | 'false'
  } = {}, options: Pick<CallOptions, 'signal' | 'ifMatch'> = {}): Promise<void> {
    return this.call({ method: 'DELETE', path: `/groups/${encodeURIComponent(id)}`, query, options })
  }

  /**
   * List members of a group
   *
   * Needs `gatehouse/group:read`.
   */
  listMembersOfGroup(id: string, query: {
    /** Rows in the answer, 1 to 200. */
    limit?: number
    /** The `nextCursor` of the answer before, with the same filters and sort. */
    cursor?: string
    /** Words of which each occurs in name or address. */
    q?: string
  } = {}, options: Pick<CallOptions, 'signal'> = {}): Pages<GroupMember> {
    return this.pages({ method: 'GET', path: `/groups/${encodeURIComponent(id)}/members`, query, options })
  }

  /**
   * Add a member
   *
   * Whoever adds somebody must hold all that the group gives (403). Somebody who is in it already stays. With `?dryRun=true` nothing is changed: the answer is an `AccessPreview` of who would gain and who would lose what, and what would be refused is refused in the same way.
   *
   * Needs `gatehouse/group:write`.
   */
  addMember(id: string, userId: string, query: {
    /** With `true` nothing is changed; the answer says who would gain and who would lose what. */
    dryRun?: 'true' | 'false'
  } = {}, options: Pick<CallOptions, 'signal'> = {}): Promise<void> {
    return this.call({ method: 'PUT', path: `/groups/${encodeURIComponent(id)}/members/${encodeURIComponent(userId)}`, query, options })
  }

  /**
   * Remove a member
   *
   * Takes away what they held through the group. Refused (409) when they are an administrator through it and nobody else is one. With `?dryRun=true` nothing is changed: the answer is an `AccessPreview` of who would gain and who would lose what, and what would be refused is refused in the same way.
   *
   * Needs `gatehouse/group:write`.
   */
  removeMember(id: string, userId: string, query: {
    /** With `true` nothing is changed; the answer says who would gain and who would lose what. */
    dryRun?: 'true' | 'false'
  } = {}, options: Pick<CallOptions, 'signal'> = {}): Promise<void> {
    return this.call({ method: 'DELETE', path: `/groups/${encodeURIComponent(id)}/members/${encodeURIComponent(userId)}`, query, options })
  }

  /**
   * List resources
   *
   * Resources of the tree that the caller may see, by name. The organization itself is not among them.
   *
   * Needs `gatehouse/resource:read`.
   */
  listResources(query: {
    /** Rows in the answer, 1 to 200. */
    limit?: number
    /** The `nextCursor` of the answer before, with the same filters and sort. */
    cursor?: string
    /** A piece of the name, of the path with slashes (`prod/eu`; with a slash first from the top), an id, or an external id. */
    q?: string
    /** `name`; a minus before it turns the order around. */
    sort?: 'name' | '-name'
    /** Only resources of these types. Repeat it, or separate by commas. */
    type?: string[]
    /** Id of a resource: only what lies directly under it. */
    parent?: string
  } = {}, options: Pick<CallOptions, 'signal'> = {}): Pages<Resource> {
    return this.pages({ method: 'GET', path: `/resources`, query, options })
  }

  /**
   * Create a resource
   *
   * Needs what the access model asks for making this type under that parent, too. Whoever makes it gets the role the model keeps for makers, such as Cluster Admin.
   *
   * Needs `gatehouse/resource:write`.
   */
  createResource(body: {
    type: string
    name: string
    parent?: string | {
      type: string
      id: string
    } | null
    externalId?: string | null
    attributes?: Record<string, string | number | boolean | string[] | null>
  }, options: Pick<CallOptions, 'signal' | 'idempotencyKey'> = {}): Promise<Resource> {
    return this.call({ method: 'POST', path: `/resources`, body, options })
  }

  /**
   * Show a resource
   *
   * Needs `gatehouse/resource:read`.
   */
  showResource(id: string, options: ReadOptions<Resource> = {}): Promise<Resource> {
    return this.call({ method: 'GET', path: `/resources/${encodeURIComponent(id)}`, options })
  }

  /**
   * Change a resource
   *
   * Renames it, changes its external id (null takes it away) and the attributes that are named (null takes one away), and moves it when another `parent` is named; `parent: null` is the top. With `?dryRun=true` nothing is changed: the answer is an `AccessPreview` of who would gain and who would lose what, and what would be refused is refused in the same way.
   *
   * Needs `gatehouse/resource:write`.
   */
  changeResource(id: string, body: {
    name?: string
    externalId?: string | null
    attributes?: Record<string, string | number | boolean | string[] | null>
    parent?: string | {
      type: string
      id: string
    } | null
  }, query: {
    /** With `true` nothing is changed; the answer says who would gain and who would lose what. */
    dryRun?: 'true' | 'false'
  } = {}, options: Pick<CallOptions, 'signal' | 'ifMatch'> = {}): Promise<Resource> {
    return this.call({ method: 'PATCH', path: `/resources/${encodeURIComponent(id)}`, query, body, options })
  }

  /**
   * Delete a resource
   *
   * Only one that holds nothing and on which no policy, guardrail, group mapping or application token stands (409). Role assignments made on it go with it; the audit log keeps them.
   *
   * Needs `gatehouse/resource:write`.
   */
  deleteResource(id: string, options: Pick<CallOptions, 'signal' | 'ifMatch'> = {}): Promise<void> {
    return this.call({ method: 'DELETE', path: `/resources/${encodeURIComponent(id)}`, options })
  }

  /**
   * List what lies under a resource
   *
   * What lies directly under it, type by type in the order of the access model, then by name. The organization’s id, or `root`, is the top of the tree; there, whoever may see only parts of it gets the topmost of those.
   *
   * Needs `gatehouse/resource:read`.
   */
  listWhatLiesUnderResource(id: string, query: {
    /** Rows in the answer, 1 to 200. */
    limit?: number
    /** The `nextCursor` of the answer before, with the same filters and sort. */
    cursor?: string
    /** A piece of the name, of the path with slashes (`prod/eu`; with a slash first from the top), an id, or an external id. */
    q?: string
    /** Only resources of these types. Repeat it, or separate by commas. */
    type?: string[]
  } = {}, options: Pick<CallOptions, 'signal'> = {}): Pages<Resource> {
    return this.pages({ method: 'GET', path: `/resources/${encodeURIComponent(id)}/children`, query, options })
  }

  /**
   * List what a resource lies in
   *
   * All above it that the caller may see, the organization first. There are few, so the list is whole.
   *
   * Needs `gatehouse/resource:read`.
   */
  listWhatResourceLiesIn(id: string, options: Pick<CallOptions, 'signal'> = {}): Pages<{
    type: string
    id: string
    name: string
  }> {
    return this.pages({ method: 'GET', path: `/resources/${encodeURIComponent(id)}/ancestors`, options })
  }

  /**
   * Move a resource
   *
   * Needs `gatehouse/resource:write`.
   */
  moveResource(id: string, body: {
    parent?: string | {
      type: string
      id: string
    } | null
    /** The same by its id alone. */
    parentId?: string | null
  }, query: {
    /** With `true` nothing is changed; the answer says who would gain and who would lose what. */
    dryRun?: 'true' | 'false'
  } = {}, options: Pick<CallOptions, 'signal' | 'idempotencyKey'> = {}): Promise<Move> {
    return this.call({ method: 'POST', path: `/resources/${encodeURIComponent(id)}/move`, query, body, options })
  }

  /**
   * List folders
   *
   * All folders that the caller may see, by name. Names, depth and number of folders are limited where the access model says so.
   *
   * Needs `gatehouse/resource:read`.
   */
  listFolders(query: {
    /** Rows in the answer, 1 to 200. */
    limit?: number
    /** The `nextCursor` of the answer before, with the same filters and sort. */
    cursor?: string
    /** A piece of the name, of the path with slashes (`prod/eu`; with a slash first from the top), an id, or an external id. */
    q?: string
    /** `name`; a minus before it turns the order around. */
    sort?: 'name' | '-name'
    /** Only those directly under this resource; `root` is the top. */
    parentId?: string
  } = {}, options: Pick<CallOptions, 'signal'> = {}): Pages<Resource> {
    return this.pages({ method: 'GET', path: `/folders`, query, options })
  }

  /**
   * Create a folder
   *
   * Names, depth and number of folders are limited where the access model says so.
   *
   * Needs `gatehouse/resource:write`.
   */
  createFolder(body: {
    name: string
    /** Id of what it lies directly under; `root`, null or left out: the top. */
    parentId?: string | null
    externalId?: string | null
    attributes?: Record<string, string | number | boolean | string[] | null>
  }, options: Pick<CallOptions, 'signal' | 'idempotencyKey'> = {}): Promise<Resource> {
    return this.call({ method: 'POST', path: `/folders`, body, options })
  }

  /**
   * Show a folder
   *
   * Needs `gatehouse/resource:read`.
   */
  showFolder(id: string, options: ReadOptions<Resource> = {}): Promise<Resource> {
    return this.call({ method: 'GET', path: `/folders/${encodeURIComponent(id)}`, options })
  }

  /**
   * Change a folder
   *
   * Renames it, changes external id and attributes, and moves it when another `parentId` is named. With `?dryRun=true` nothing is changed: the answer is an `AccessPreview` of who would gain and who would lose what, and what would be refused is refused in the same way.
   *
   * Needs `gatehouse/resource:write`.
   */
  changeFolder(id: string, body: {
    name?: string
    externalId?: string | null
    attributes?: Record<string, string | number | boolean | string[] | null>
    /** Id of what it lies directly under; `root`, null or left out: the top. */
    parentId?: string | null
  }, query: {
    /** With `true` nothing is changed; the answer says who would gain and who would lose what. */
    dryRun?: 'true' | 'false'
  } = {}, options: Pick<CallOptions, 'signal' | 'ifMatch'> = {}): Promise<Resource> {
    return this.call({ method: 'PATCH', path: `/folders/${encodeURIComponent(id)}`, query, body, options })
  }

  /**
   * Delete a folder
   *
   * Only one that holds nothing and on which no policy, guardrail, group mapping or application token stands (409). Role assignments made on it go with it; the audit log keeps them.
   *
   * Needs `gatehouse/resource:write`.
   */
  deleteFolder(id: string, options: Pick<CallOptions, 'signal' | 'ifMatch'> = {}): Promise<void> {
    return this.call({ method: 'DELETE', path: `/folders/${encodeURIComponent(id)}`, options })
  }

  /**
   * Move a folder
   *
   * Needs `gatehouse/resource:write`.
   */
  moveFolder(id: string, body: {
    parent?: string | {
      type: string
      id: string
    } | null
    /** The same by its id alone. */
    parentId?: string | null
  }, query: {
    /** With `true` nothing is changed; the answer says who would gain and who would lose what. */
    dryRun?: 'true' | 'false'
  } = {}, options: Pick<CallOptions, 'signal' | 'idempotencyKey'> = {}): Promise<Move> {
    return this.call({ method: 'POST', path: `/folders/${encodeURIComponent(id)}/move`, query, body, options })
  }

  /**
   * List the contents of a folder
   *
   * What lies directly in it, folders first. `root` is the top of the tree.
   *
   * Needs `gatehouse/resource:read`.
   */
  listContentsOfFolder(id: string, query: {
    /** Rows in the answer, 1 to 200. */
    limit?: number
    /** The `nextCursor` of the answer before, with the same filters and sort. */
    cursor?: string
    /** A piece of the name, of the path with slashes (`prod/eu`; with a slash first from the top), an id, or an external id. */
    q?: string
  } = {}, options: Pick<CallOptions, 'signal'> = {}): Pages<Resource> {
    return this.pages({ method: 'GET', path: `/folders/${encodeURIComponent(id)}/contents`, query, options })
  }

  /**
   * List clusters
   *
   * All clusters that the caller may see, by name. In models without clusters there are none, and none can be made (422).
   *
   * Needs `gatehouse/resource:read`.
   */
  listClusters(query: {
    /** Rows in the answer, 1 to 200. */
    limit?: number
    /** The `nextCursor` of the answer before, with the same filters and sort. */
    cursor?: string
    /** A piece of the name, of the path with slashes (`prod/eu`; with a slash first from the top), an id, or an external id. */
    q?: string
    /** `name`; a minus before it turns the order around. */
    sort?: 'name' | '-name'
    /** Only those directly under this resource; `root` is the top. */
    parentId?: string
  } = {}, options: Pick<CallOptions, 'signal'> = {}): Pages<Resource> {
    return this.pages({ method: 'GET', path: `/clusters`, query, options })
  }

  /**
   * Create a cluster
   *
   * In models without clusters there are none, and none can be made (422).
   *
   * Needs `gatehouse/resource:write`.
   */
  createCluster(body: {
    name: string
    /** Id of what it lies directly under; `root`, null or left out: the top. */
    parentId?: string | null
    externalId?: string | null
    attributes?: Record<string, string | number | boolean | string[] | null>
  }, options: Pick<CallOptions, 'signal' | 'idempotencyKey'> = {}): Promise<Resource> {
    return this.call({ method: 'POST', path: `/clusters`, body, options })
  }

  /**
   * Show a cluster
   *
   * Needs `gatehouse/resource:read`.
   */
  showCluster(id: string, options: ReadOptions<Resource> = {}): Promise<Resource> {
    return this.call({ method: 'GET', path: `/clusters/${encodeURIComponent(id)}`, options })
  }

  /**
   * Change a cluster
   *
   * Renames it, changes external id and attributes, and moves it when another `parentId` is named. With `?dryRun=true` nothing is changed: the answer is an `AccessPreview` of who would gain and who would lose what, and what would be refused is refused in the same way.
   *
   * Needs `gatehouse/resource:write`.
   */
  changeCluster(id: string, body: {
    name?: string
    externalId?: string | null
    attributes?: Record<string, string | number | boolean | string[] | null>
    /** Id of what it lies directly under; `root`, null or left out: the top. */
    parentId?: string | null
  }, query: {
    /** With `true` nothing is changed; the answer says who would gain and who would lose what. */
    dryRun?: 'true' | 'false'
  } = {}, options: Pick<CallOptions, 'signal' | 'ifMatch'> = {}): Promise<Resource> {
    return this.call({ method: 'PATCH', path: `/clusters/${encodeURIComponent(id)}`, query, body, options })
  }

  /**
   * Delete a cluster
   *
   * Only one that holds nothing and on which no policy, guardrail, group mapping or application token stands (409). Role assignments made on it go with it; the audit log keeps them.
   *
   * Needs `gatehouse/resource:write`.
   */
  deleteCluster(id: string, options: Pick<CallOptions, 'signal' | 'ifMatch'> = {}): Promise<void> {
    return this.call({ method: 'DELETE', path: `/clusters/${encodeURIComponent(id)}`, options })
  }

  /**
   * Move a cluster
   *
   * Needs `gatehouse/resource:write`.
   */
  moveCluster(id: string, body: {
    parent?: string | {
      type: string
      id: string
    } | null
    /** The same by its id alone. */
    parentId?: string | null
  }, query: {
    /** With `true` nothing is changed; the answer says who would gain and who would lose what. */
    dryRun?: 'true' | 'false'
  } = {}, options: Pick<CallOptions, 'signal' | 'idempotencyKey'> = {}): Promise<Move> {
    return this.call({ method: 'POST', path: `/clusters/${encodeURIComponent(id)}/move`, query, body, options })
  }

  /**
   * Show a group’s policy
   *
   * The text, the form it makes, and what is wrong with it by now. A group without a policy has version 0 and an empty text.
   *
   * Needs `gatehouse/group:read`.
   */
  showGroupPolicy(id: string, options: ReadOptions<Policy> = {}): Promise<Policy> {
    return this.call({ method: 'GET', path: `/groups/${encodeURIComponent(id)}/policy`, options })
  }

  /**
   * Save a group’s policy
   *
   * Saved when it is valid, names only what the organization has, gives only what its author holds (403), and passes its tests. What is wrong with the text is 422 with `message`, `start` and `end` in `errors`. An empty text takes the policy away. With `?dryRun=true` nothing is changed: the answer is an `AccessPreview` of who would gain and who would lose what, and what would be refused is refused in the same way. Conditions count there as they are met at this moment, from no particular address; `undecided` tells which look at more.
   *
   * Needs `gatehouse/policy:write`.
   */
  saveGroupPolicy(id: string, body: {
    text: string
    version?: number
    note?: string
    tests?: {
      principalId: string
      action: string
      resource: {
        type: string
        id: string
      }
      context?: Record<string, string | number | boolean | string[]>
      name?: string
      isAllowed: boolean
    }[]
    overrideReason?: string
  }, query: {
    /** With `true` nothing is changed; the answer says who would gain and who would lose what. */
    dryRun?: 'true' | 'false'
  } = {}, options: Pick<CallOptions, 'signal' | 'ifMatch'> = {}): Promise<Policy> {
    return this.call({ method: 'PUT', path: `/groups/${encodeURIComponent(id)}/policy`, query, body, options })
  }

  /**
   * Check a policy text
   *
   * Nothing is saved. A text that does not validate is answered with its `errors`, as 200.
   *
   * Needs `gatehouse/group:read`.
   */
  checkPolicyText(id: string, body: {
    text: string
  }, options: Pick<CallOptions, 'signal' | 'idempotencyKey'> = {}): Promise<PolicyReading> {
    return this.call({ method: 'POST', path: `/groups/${encodeURIComponent(id)}/policy/validate`, body, options })
  }

  /**
   * Try a policy text
   *
   * What a text, or without one the saved policy, says to a question. Whoever asks counts as a member of the group.
   *
   * Needs `gatehouse/group:read`.
   */
  tryPolicyText(id: string, body: {
    principalId: string
    action: string
    resource: {
      type: string
      id: string
    }
    context?: Record<string, string | number | boolean | string[]>
    text?: string
  }, options: Pick<CallOptions, 'signal' | 'idempotencyKey'> = {}): Promise<PolicyTrial> {
    return this.call({ method: 'POST', path: `/groups/${encodeURIComponent(id)}/policy/try`, body, options })
  }

  /**
   * List tests of a policy
   *
   * Needs `gatehouse/group:read`.
   */
  listTestsOfPolicy(id: string, options: Pick<CallOptions, 'signal'> = {}): Promise<{
    data: {
      principalId: string
      action: string
      resource: {
        type: string
        id: string
      }
      context?: Record<string, string | number | boolean | string[]>
      name?: string
      isAllowed: boolean
    }[]
  }> {
    return this.call({ method: 'GET', path: `/groups/${encodeURIComponent(id)}/policy/tests`, options })
  }

  /**
   * Replace the tests of a policy
   *
   * Each test is a question with its expected answer; a policy that fails one is not saved.
   *
   * Needs `gatehouse/policy:write`.
   */
  replaceTestsOfPolicy(id: string, body: {
    data: {
      principalId: string
      action: string
      resource: {
        type: string
        id: string
      }
      context?: Record<string, string | number | boolean | string[]>
      name?: string
      isAllowed: boolean
    }[]
  }, options: Pick<CallOptions, 'signal'> = {}): Promise<{
    data: {
      principalId: string
      action: string
      resource: {
        type: string
        id: string
      }
      context?: Record<string, string | number | boolean | string[]>
      name?: string
      isAllowed: boolean
    }[]
  }> {
    return this.call({ method: 'PUT', path: `/groups/${encodeURIComponent(id)}/policy/tests`, body, options })
  }

  /**
   * List versions of a policy
   *
   * Needs `gatehouse/group:read`.
   */
  listVersionsOfPolicy(id: string, query: {
    /** Rows in the answer, 1 to 200. */
    limit?: number
    /** The `nextCursor` of the answer before, with the same filters and sort. */
    cursor?: string
  } = {}, options: Pick<CallOptions, 'signal'> = {}): Pages<PolicyVersion> {
    return this.pages({ method: 'GET', path: `/groups/${encodeURIComponent(id)}/policy/versions`, query, options })
  }

  /**
   * Show a version of a policy
   *
   * Needs `gatehouse/group:read`.
   */
  showVersionOfPolicy(id: string, version: string, options: Pick<CallOptions, 'signal'> = {}): Promise<PolicyVersionWithText> {
    return this.call({ method: 'GET', path: `/groups/${encodeURIComponent(id)}/policy/versions/${encodeURIComponent(version)}`, options })
  }

  /**
   * Restore a version of a policy
   *
   * Saves the text of that version as the newest one, under the rules of now. With `?dryRun=true` nothing is changed: the answer is an `AccessPreview` of who would gain and who would lose what, and what would be refused is refused in the same way.
   *
   * Needs `gatehouse/policy:write`.
   */
  restoreVersionOfPolicy(id: string, version: string, body: {
    overrideReason?: string
  }, query: {
    /** With `true` nothing is changed; the answer says who would gain and who would lose what. */
    dryRun?: 'true' | 'false'
  } = {}, options: Pick<CallOptions, 'signal' | 'idempotencyKey'> = {}): Promise<Policy> {
    return this.call({ method: 'POST', path: `/groups/${encodeURIComponent(id)}/policy/versions/${encodeURIComponent(version)}/restore`, query, body, options })
  }

  /**
   * Show guardrails
   *
   * What nobody may, whatever roles and policies say.
   *
   * Needs `gatehouse/guardrail:write`.
   */
  showGuardrails(options: ReadOptions<Policy> = {}): Promise<Policy> {
    return this.call({ method: 'GET', path: `/guardrails`, options })
  }

  /**
   * Save guardrails
   *
   * Statements that forbid. Guardrails that would leave no administrator, or keep their author from changing them again, are 409. With `?dryRun=true` nothing is changed: the answer is an `AccessPreview` of who would gain and who would lose what, and what would be refused is refused in the same way.
   *
   * Needs `gatehouse/guardrail:write`.
   */
  saveGuardrails(body: {
    text: string
    version?: number
    note?: string
    tests?: {
      principalId: string
      action: string
      resource: {
        type: string
        id: string
      }
      context?: Record<string, string | number | boolean | string[]>
      name?: string
      isAllowed: boolean
    }[]
    overrideReason?: string
  }, query: {
    /** With `true` nothing is changed; the answer says who would gain and who would lose what. */
    dryRun?: 'true' | 'false'
  } = {}, options: Pick<CallOptions, 'signal' | 'ifMatch'> = {}): Promise<Policy> {
    return this.call({ method: 'PUT', path: `/guardrails`, query, body, options })
  }

  /**
   * Check a text of guardrails
   *
   * Needs `gatehouse/guardrail:write`.
   */
  checkTextOfGuardrails(body: {
    text: string
  }, options: Pick<CallOptions, 'signal' | 'idempotencyKey'> = {}): Promise<PolicyReading> {
    return this.call({ method: 'POST', path: `/guardrails/validate`, body, options })
  }

  /**
   * Try a text of guardrails
   *
   * Needs `gatehouse/guardrail:write`.
   */
  tryTextOfGuardrails(body: {
    principalId: string
    action: string
    resource: {
      type: string
      id: string
    }
    context?: Record<string, string | number | boolean | string[]>
    text?: string
  }, options: Pick<CallOptions, 'signal' | 'idempotencyKey'> = {}): Promise<PolicyTrial> {
    return this.call({ method: 'POST', path: `/guardrails/try`, body, options })
  }

  /**
   * List tests of guardrails
   *
   * Needs `gatehouse/guardrail:write`.
   */
  listTestsOfGuardrails(options: Pick<CallOptions, 'signal'> = {}): Promise<{
    data: {
      principalId: string
      action: string
      resource: {
        type: string
        id: string
      }
      context?: Record<string, string | number | boolean | string[]>
      name?: string
      isAllowed: boolean
    }[]
  }> {
    return this.call({ method: 'GET', path: `/guardrails/tests`, options })
  }

  /**
   * Replace the tests of guardrails
   *
   * Needs `gatehouse/guardrail:write`.
   */
  replaceTestsOfGuardrails(body: {
    data: {
      principalId: string
      action: string
      resource: {
        type: string
        id: string
      }
      context?: Record<string, string | number | boolean | string[]>
      name?: string
      isAllowed: boolean
    }[]
  }, options: Pick<CallOptions, 'signal'> = {}): Promise<{
    data: {
      principalId: string
      action: string
      resource: {
        type: string
        id: string
      }
      context?: Record<string, string | number | boolean | string[]>
      name?: string
      isAllowed: boolean
    }[]
  }> {
    return this.call({ method: 'PUT', path: `/guardrails/tests`, body, options })
  }

  /**
   * List versions of guardrails
   *
   * Needs `gatehouse/guardrail:write`.
   */
  listVersionsOfGuardrails(query: {
    /** Rows in the answer, 1 to 200. */
    limit?: number
    /** The `nextCursor` of the answer before, with the same filters and sort. */
    cursor?: string
  } = {}, options: Pick<CallOptions, 'signal'> = {}): Pages<PolicyVersion> {
    return this.pages({ method: 'GET', path: `/guardrails/versions`, query, options })
  }

  /**
   * Show a version of guardrails
   *
   * Needs `gatehouse/guardrail:write`.
   */
  showVersionOfGuardrails(version: string, options: Pick<CallOptions, 'signal'> = {}): Promise<PolicyVersionWithText> {
    return this.call({ method: 'GET', path: `/guardrails/versions/${encodeURIComponent(version)}`, options })
  }

  /**
   * Restore a version of guardrails
   *
   * Needs `gatehouse/guardrail:write`.
   */
  restoreVersionOfGuardrails(version: string, body: {
    overrideReason?: string
  }, query: {
    /** With `true` nothing is changed; the answer says who would gain and who would lose what. */
    dryRun?: 'true' | 'false'
  } = {}, options: Pick<CallOptions, 'signal' | 'idempotencyKey'> = {}): Promise<Policy> {
    return this.call({ method: 'POST', path: `/guardrails/versions/${encodeURIComponent(version)}/restore`, query, body, options })
  }

  /**
   * List API keys
   *
   * Newest first. One’s own unless `owner` says otherwise.
   *
   * Needs `gatehouse/key:self`.
   */
  listApiKeys(query: {
    /** Rows in the answer, 1 to 200. */
    limit?: number
    /** The `nextCursor` of the answer before, with the same filters and sort. */
    cursor?: string
    /** Only these; left out: all but revoked ones. */
    status?: 'active' | 'suspended' | 'expired' | 'revoked'
    /** Only keys with this mark. */
    mark?: 'old' | 'unused' | 'expiring' | 'narrowed'
    /** Words of which each is part of the key’s name, or of its owner’s name or address; or the beginning of the secret as `hint` shows it. */
    q?: string
    /** `me`, `all` or the id of a user; others’ keys need `gatehouse/key:others`. */
    owner?: 'me' | 'all' | string
  } = {}, options: Pick<CallOptions, 'signal'> = {}): Pages<ApiKey> {
    return this.pages({ method: 'GET', path: `/api-keys`, query, options })
  }

  /**
   * Create an API key
   *
   * A key of one’s own. It acts with its owner’s rights of the moment, and stops working when the owner is suspended or removed. `role`, `scope` and `addresses` narrow it, for good; a role must be wholly one’s own. Without `expiresAt` the organization’s credential policy says when it ends; null asks for no end.
   *
   * Needs `gatehouse/key:self`.
   */
  createApiKey(body: {
    name: string
    purpose?: string
    expiresAt?: string | null
    role?: string
    scope?: string | {
      type: string
      id: string
    }
    addresses?: string[]
  }, options: Pick<CallOptions, 'signal' | 'idempotencyKey'> = {}): Promise<NewApiKey> {
    return this.call({ method: 'POST', path: `/api-keys`, body, options })
  }

  /**
   * Show an API key
   *
   * Needs `gatehouse/key:self`.
   */
  showApiKey(id: string, options: ReadOptions<ApiKey> = {}): Promise<ApiKey> {
    return this.call({ method: 'GET', path: `/api-keys/${encodeURIComponent(id)}`, options })
  }

  /**
   * Change an API key
   *
   * Renames it, changes its end, suspends or resumes it. What narrows a key never changes. Others’ keys need `gatehouse/key:others`.
   *
   * Needs `gatehouse/key:self`.
   */
  changeApiKey(id: string, body: {
    name?: string
    purpose?: string
    status?: 'active' | 'suspended'
    /** null: never, where the policy lets it. */
    expiresAt?: string | null
  }, options: Pick<CallOptions, 'signal' | 'ifMatch'> = {}): Promise<ApiKey> {
    return this.call({ method: 'PATCH', path: `/api-keys/${encodeURIComponent(id)}`, body, options })
  }

  /**
   * Revoke an API key
   *
   * For good, at once. Others’ keys need `gatehouse/key:others`.
   *
   * Needs `gatehouse/key:self`.
   */
  revokeApiKey(id: string, options: Pick<CallOptions, 'signal' | 'ifMatch'> = {}): Promise<void> {
    return this.call({ method: 'DELETE', path: `/api-keys/${encodeURIComponent(id)}`, options })
  }

  /**
   * Rotate an API key
   *
   * Makes a new key with the same limits and shows its secret; the old one works on for `overlapHours`, then never more. Only one’s own.
   *
   * Needs `gatehouse/key:self`.
   */
  rotateApiKey(id: string, body: {
    /** How long the old secret goes on working: 0 (it stops at once) to 168. */
    overlapHours?: number
  }, options: Pick<CallOptions, 'signal' | 'idempotencyKey'> = {}): Promise<NewApiKey> {
    return this.call({ method: 'POST', path: `/api-keys/${encodeURIComponent(id)}/rotate`, body, options })
  }

  /**
   * List service accounts
   *
   * Newest first.
   *
   * Needs `gatehouse/service-account:read`.
   */
  listServiceAccounts(query: {
    /** Rows in the answer, 1 to 200. */
    limit?: number
    /** The `nextCursor` of the answer before, with the same filters and sort. */
    cursor?: string
    /** Only these. */
    status?: 'active' | 'suspended'
    /** Part of the name. */
    q?: string
  } = {}, options: Pick<CallOptions, 'signal'> = {}): Pages<ServiceAccount> {
    return this.pages({ method: 'GET', path: `/service-accounts`, query, options })
  }

  /**
   * Create a service account
   *
   * Each of its roles must be wholly held by whoever gives it. It has no secret until a key is made for it.
   *
   * Needs `gatehouse/service-account:write`.
   */
  createServiceAccount(body: {
    name: string
    description?: string
    roles?: {
      role: string
      scope?: string | {
        type: string
        id: string
      }
      expiresAt?: string | null
    }[]
    externalId?: string | null
  }, options: Pick<CallOptions, 'signal' | 'idempotencyKey'> = {}): Promise<ServiceAccount> {
    return this.call({ method: 'POST', path: `/service-accounts`, body, options })
  }

  /**
   * Show a service account
   *
   * Needs `gatehouse/service-account:read`.
   */
  showServiceAccount(id: string, options: ReadOptions<ServiceAccount> = {}): Promise<ServiceAccount> {
    return this.call({ method: 'GET', path: `/service-accounts/${encodeURIComponent(id)}`, options })
  }

  /**
   * Change a service account
   *
   * Renames or describes it, suspends or resumes it. While it is suspended its keys are refused. Roles are given and taken at `/role-assignments`.
   *
   * Needs `gatehouse/service-account:write`.
   */
  changeServiceAccount(id: string, body: {
    name?: string
    description?: string
    status?: 'active' | 'suspended'
    externalId?: string | null
  }, options: Pick<CallOptions, 'signal' | 'ifMatch'> = {}): Promise<ServiceAccount> {
    return this.call({ method: 'PATCH', path: `/service-accounts/${encodeURIComponent(id)}`, body, options })
  }

  /**
   * Delete a service account
   *
   * For good, with its roles, keys and trusted issuers; its keys stop at once.
   *
   * Needs `gatehouse/service-account:write`.
   */
  deleteServiceAccount(id: string, options: Pick<CallOptions, 'signal' | 'ifMatch'> = {}): Promise<void> {
    return this.call({ method: 'DELETE', path: `/service-accounts/${encodeURIComponent(id)}`, options })
  }

  /**
   * List keys of a service account
   *
   * Newest first.
   *
   * Needs `gatehouse/service-account:read`.
   */
  listKeysOfServiceAccount(id: string, query: {
    /** Rows in the answer, 1 to 200. */
    limit?: number
    /** The `nextCursor` of the answer before, with the same filters and sort. */
    cursor?: string
    /** Only these; left out: all but revoked ones. */
    status?: 'active' | 'suspended' | 'expired' | 'revoked'
    /** Only keys with this mark. */
    mark?: 'old' | 'unused' | 'expiring' | 'narrowed'
    /** Words of which each is part of the key’s name, or of its owner’s name or address; or the beginning of the secret as `hint` shows it. */
    q?: string
  } = {}, options: Pick<CallOptions, 'signal'> = {}): Pages<ServiceAccountKey> {
    return this.pages({ method: 'GET', path: `/service-accounts/${encodeURIComponent(id)}/keys`, query, options })
  }

  /**
   * Create a key of a service account
   *
   * It acts with the account’s rights of the moment. Whoever makes it sees the secret, so all that the account may do must be their own to do.
   *
   * Needs `gatehouse/service-account:write`.
   */
  createKeyOfServiceAccount(id: string, body: {
    name: string
    purpose?: string
    expiresAt?: string | null
    role?: string
    scope?: string | {
      type: string
      id: string
    }
    addresses?: string[]
  }, options: Pick<CallOptions, 'signal' | 'idempotencyKey'> = {}): Promise<NewServiceAccountKey> {
    return this.call({ method: 'POST', path: `/service-accounts/${encodeURIComponent(id)}/keys`, body, options })
  }

  /**
   * Show a key of a service account
   *
   * Needs `gatehouse/service-account:read`.
   */
  showKeyOfServiceAccount(id: string, keyId: string, options: ReadOptions<ServiceAccountKey> = {}): Promise<ServiceAccountKey> {
    return this.call({ method: 'GET', path: `/service-accounts/${encodeURIComponent(id)}/keys/${encodeURIComponent(keyId)}`, options })
  }

  /**
   * Change a key of a service account
   *
   * Renames it, changes its end, suspends or resumes it.
   *
   * Needs `gatehouse/service-account:write`.
   */
  changeKeyOfServiceAccount(id: string, keyId: string, body: {
    name?: string
    purpose?: string
    status?: 'active' | 'suspended'
    /** null: never, where the policy lets it. */
    expiresAt?: string | null
  }, options: Pick<CallOptions, 'signal' | 'ifMatch'> = {}): Promise<ServiceAccountKey> {
    return this.call({ method: 'PATCH', path: `/service-accounts/${encodeURIComponent(id)}/keys/${encodeURIComponent(keyId)}`, body, options })
  }

  /**
   * Revoke a key of a service account
   *
   * For good, at once.
   *
   * Needs `gatehouse/service-account:write`.
   */
  revokeKeyOfServiceAccount(id: string, keyId: string, options: Pick<CallOptions, 'signal' | 'ifMatch'> = {}): Promise<void> {
    return this.call({ method: 'DELETE', path: `/service-accounts/${encodeURIComponent(id)}/keys/${encodeURIComponent(keyId)}`, options })
  }

  /**
   * Rotate a key of a service account
   *
   * Makes a new key with the same limits and shows its secret; the old one works on for `overlapHours`, then never more.
   *
   * Needs `gatehouse/service-account:write`.
   */
  rotateKeyOfServiceAccount(id: string, keyId: string, body: {
    /** How long the old secret goes on working: 0 (it stops at once) to 168. */
    overlapHours?: number
  }, options: Pick<CallOptions, 'signal' | 'idempotencyKey'> = {}): Promise<NewServiceAccountKey> {
    return this.call({ method: 'POST', path: `/service-accounts/${encodeURIComponent(id)}/keys/${encodeURIComponent(keyId)}/rotate`, body, options })
  }

  /**
   * List trusted issuers of a service account
   *
   * All of them, at most 20, oldest first.
   *
   * Needs `gatehouse/service-account:read`.
   */
  listTrustedIssuersOfServiceAccount(id: string, options: Pick<CallOptions, 'signal'> = {}): Pages<TrustedIssuer> {
    return this.pages({ method: 'GET', path: `/service-accounts/${encodeURIComponent(id)}/trusted-issuers`, options })
  }

  /**
   * Trust an issuer for a service account
   *
   * Whoever makes a trust can act as the account, so all that the account may do must be their own to do. Without `audience` it is this installation’s address.
   *
   * Needs `gatehouse/service-account:write`.
   */
  trustIssuerForServiceAccount(id: string, body: {
    name: string
    issuer: string
    audience?: string
    conditions: {
      claim: string
      operator?: 'equals' | 'glob'
      values: string[]
    }[]
  }, options: Pick<CallOptions, 'signal' | 'idempotencyKey'> = {}): Promise<TrustedIssuer> {
    return this.call({ method: 'POST', path: `/service-accounts/${encodeURIComponent(id)}/trusted-issuers`, body, options })
  }

  /**
   * Show a trusted issuer
   *
   * Needs `gatehouse/service-account:read`.
   */
  showTrustedIssuer(id: string, issuerId: string, options: ReadOptions<TrustedIssuer> = {}): Promise<TrustedIssuer> {
    return this.call({ method: 'GET', path: `/service-accounts/${encodeURIComponent(id)}/trusted-issuers/${encodeURIComponent(issuerId)}`, options })
  }

  /**
   * Change a trusted issuer
   *
   * Renames it, changes whom it believes about what, suspends or resumes it. Tokens exchanged under other terms end at once.
   *
   * Needs `gatehouse/service-account:write`.
   */
  changeTrustedIssuer(id: string, issuerId: string, body: {
    name?: string
    issuer?: string
    audience?: string
    conditions?: {
      claim: string
      operator?: 'equals' | 'glob'
      values: string[]
    }[]
    status?: 'active' | 'suspended'
  }, options: Pick<CallOptions, 'signal' | 'ifMatch'> = {}): Promise<TrustedIssuer> {
    return this.call({ method: 'PATCH', path: `/service-accounts/${encodeURIComponent(id)}/trusted-issuers/${encodeURIComponent(issuerId)}`, body, options })
  }

  /**
   * Stop trusting an issuer
   *
   * For good; tokens exchanged under it end at once.
   *
   * Needs `gatehouse/service-account:write`.
   */
  stopTrustingIssuer(id: string, issuerId: string, options: Pick<CallOptions, 'signal' | 'ifMatch'> = {}): Promise<void> {
    return this.call({ method: 'DELETE', path: `/service-accounts/${encodeURIComponent(id)}/trusted-issuers/${encodeURIComponent(issuerId)}`, options })
  }

  /**
   * Try a token of a trusted issuer
   *
   * Tells whether it would be accepted, and which condition it does not meet. The token is neither stored nor exchanged. The issuer’s keys are fetched if they are not known.
   *
   * Needs `gatehouse/service-account:write`.
   */
  tryTokenOfTrustedIssuer(id: string, issuerId: string, body: {
    token: string
  }, options: Pick<CallOptions, 'signal' | 'idempotencyKey'> = {}): Promise<TokenTrial> {
    return this.call({ method: 'POST', path: `/service-accounts/${encodeURIComponent(id)}/trusted-issuers/${encodeURIComponent(issuerId)}/try`, body, options })
  }

  /**
   * List application tokens
   *
   * Newest first.
   *
   * Needs `gatehouse/token:read`.
   */
  listApplicationTokens(query: {
    /** Rows in the answer, 1 to 200. */
    limit?: number
    /** The `nextCursor` of the answer before, with the same filters and sort. */
    cursor?: string
    /** Only these. */
    status?: 'active' | 'suspended' | 'expired'
    /** Only tokens with this mark. */
    mark?: 'old' | 'unused' | 'expiring' | 'narrowed'
    /** Id of the role they hold. */
    role?: string
    /** Part of the description, or the beginning of the client id. */
    q?: string
  } = {}, options: Pick<CallOptions, 'signal'> = {}): Pages<ApplicationToken> {
    return this.pages({ method: 'GET', path: `/tokens`, query, options })
  }

  /**
   * Generate an application token
   *
   * It holds exactly one role at one scope (the organization, unless another is named); its maker must hold all that the role permits there. It does not end unless asked to, or unless the organization’s credential policy says so. Its values also work as HTTP Basic (client id, client secret).
   *
   * Needs `gatehouse/token:write`.
   */
  generateApplicationToken(body: {
    role: string
    scope?: string | {
      type: string
      id: string
    }
    description?: string
    expiresAt?: string | null
  }, options: Pick<CallOptions, 'signal' | 'idempotencyKey'> = {}): Promise<NewApplicationToken> {
    return this.call({ method: 'POST', path: `/tokens`, body, options })
  }

  /**
   * Show an application token
   *
   * Needs `gatehouse/token:read`.
   */
  showApplicationToken(id: string, options: ReadOptions<ApplicationToken> = {}): Promise<ApplicationToken> {
    return this.call({ method: 'GET', path: `/tokens/${encodeURIComponent(id)}`, options })
  }

  /**
   * Change an application token
   *
   * Describes it anew, changes its end, suspends or resumes it. Its role never changes; a change of a custom role reaches its tokens at once.
   *
   * Needs `gatehouse/token:write`.
   */
  changeApplicationToken(id: string, body: {
    description?: string
    status?: 'active' | 'suspended'
    expiresAt?: string | null
  }, options: Pick<CallOptions, 'signal' | 'ifMatch'> = {}): Promise<ApplicationToken> {
    return this.call({ method: 'PATCH', path: `/tokens/${encodeURIComponent(id)}`, body, options })
  }

  /**
   * Delete an application token
   *
   * For good, at once.
   *
   * Needs `gatehouse/token:write`.
   */
  deleteApplicationToken(id: string, options: Pick<CallOptions, 'signal' | 'ifMatch'> = {}): Promise<void> {
    return this.call({ method: 'DELETE', path: `/tokens/${encodeURIComponent(id)}`, options })
  }

  /**
   * Rotate an application token
   *
   * Generates another token of the same role and shows its secrets; the old one works on for `overlapHours`.
   *
   * Needs `gatehouse/token:write`.
   */
  rotateApplicationToken(id: string, body: {
    /** How long the old secret goes on working: 0 (it stops at once) to 168. */
    overlapHours?: number
  }, options: Pick<CallOptions, 'signal' | 'idempotencyKey'> = {}): Promise<NewApplicationToken> {
    return this.call({ method: 'POST', path: `/tokens/${encodeURIComponent(id)}/rotate`, body, options })
  }

  /**
   * List SCIM tokens
   *
   * Newest first; there are few, so there is one page.
   *
   * Needs `gatehouse/provisioning:write`.
   */
  listScimTokens(options: Pick<CallOptions, 'signal'> = {}): Pages<ScimToken> {
    return this.pages({ method: 'GET', path: `/scim-tokens`, options })
  }

  /**
   * Create a SCIM token
   *
   * For `/scim/v2`. Without `directoryId` a directory of the token’s name is made with it. For a directory there is, its maker must hold all that its groups and mappings give.
   *
   * Needs `gatehouse/provisioning:write`.
   */
  createScimToken(body: {
    name: string
    directoryId?: string
    kind?: 'okta' | 'entra' | 'other'
    expiresAt?: string | null
    rehearses?: boolean
  }, options: Pick<CallOptions, 'signal' | 'idempotencyKey'> = {}): Promise<NewScimToken> {
    return this.call({ method: 'POST', path: `/scim-tokens`, body, options })
  }

  /**
   * Show a SCIM token
   *
   * Needs `gatehouse/provisioning:write`.
   */
  showScimToken(id: string, options: Pick<CallOptions, 'signal'> = {}): Promise<ScimToken> {
    return this.call({ method: 'GET', path: `/scim-tokens/${encodeURIComponent(id)}`, options })
  }

  /**
   * Let a SCIM token rehearse, or count
   *
   * With `rehearses` what it sends is carried out, noted with whose access it would change, and taken back. To let it count you must hold all that the directory’s groups and mappings give.
   *
   * Needs `gatehouse/provisioning:write`.
   */
  letScimTokenRehearseOrCount(id: string, body: {
    rehearses: boolean
  }, options: Pick<CallOptions, 'signal'> = {}): Promise<ScimToken> {
    return this.call({ method: 'PATCH', path: `/scim-tokens/${encodeURIComponent(id)}`, body, options })
  }

  /**
   * Revoke a SCIM token
   *
   * At once and for good. What it brought stays the directory’s.
   *
   * Needs `gatehouse/provisioning:write`.
   */
  revokeScimToken(id: string, options: Pick<CallOptions, 'signal'> = {}): Promise<void> {
    return this.call({ method: 'DELETE', path: `/scim-tokens/${encodeURIComponent(id)}`, options })
  }

  /**
   * Rotate a SCIM token
   *
   * Makes another token of the same directory; the old one works on for `overlapHours`.
   *
   * Needs `gatehouse/provisioning:write`.
   */
  rotateScimToken(id: string, body: {
    /** How long the old secret goes on working: 0 (it stops at once) to 168. */
    overlapHours?: number
  }, options: Pick<CallOptions, 'signal' | 'idempotencyKey'> = {}): Promise<NewScimToken> {
    return this.call({ method: 'POST', path: `/scim-tokens/${encodeURIComponent(id)}/rotate`, body, options })
  }

  /**
   * List directories
   *
   * There are few, so there is one page.
   *
   * Needs `gatehouse/provisioning:write`.
   */
  listDirectories(options: Pick<CallOptions, 'signal'> = {}): Pages<Directory> {
    return this.pages({ method: 'GET', path: `/directories`, options })
  }

  /**
   * Show a directory
   *
   * Needs `gatehouse/provisioning:write`.
   */
  showDirectory(id: string, options: Pick<CallOptions, 'signal'> = {}): Promise<Directory> {
    return this.call({ method: 'GET', path: `/directories/${encodeURIComponent(id)}`, options })
  }

  /**
   * Change a directory
   *
   * With `leaverKeys` `hand-over` name the service account in `handoverTo`; what it may do must be your own.
   *
   * Needs `gatehouse/provisioning:write`.
   */
  changeDirectory(id: string, body: {
    name?: string
    kind?: 'okta' | 'entra' | 'other'
    leaverKeys?: 'revoke' | 'hand-over'
    handoverTo?: string | null
    sendsInvitations?: boolean
  }, options: Pick<CallOptions, 'signal'> = {}): Promise<Directory> {
    return this.call({ method: 'PATCH', path: `/directories/${encodeURIComponent(id)}`, body, options })
  }

  /**
   * Disconnect a directory
   *
   * Its tokens and mappings go, with the roles they gave. People and groups stay, and are decided about here again. With `?dryRun=true` nothing is changed: the answer is an `AccessPreview` of who would gain and who would lose what, and what would be refused is refused in the same way.
   *
   * Needs `gatehouse/provisioning:write`.
   */
  disconnectDirectory(id: string, query: {
    /** With `true` nothing is changed; the answer says who would gain and who would lose what. */
    dryRun?: 'true' | 'false'
  } = {}, options: Pick<CallOptions, 'signal'> = {}): Promise<void> {
    return this.call({ method: 'DELETE', path: `/directories/${encodeURIComponent(id)}`, query, options })
  }

  /**
   * List a directory’s requests
   *
   * The latest ones over SCIM, newest first.
   *
   * Needs `gatehouse/provisioning:write`.
   */
  listDirectoryRequests(id: string, query: {
    /** Rows in the answer, 1 to 200. */
    limit?: number
    /** The `nextCursor` of the answer before, with the same filters and sort. */
    cursor?: string
    /** With `true` only those that were refused. */
    errors?: 'true' | 'false'
  } = {}, options: Pick<CallOptions, 'signal'> = {}): Pages<ProvisioningRequest> {
    return this.pages({ method: 'GET', path: `/directories/${encodeURIComponent(id)}/requests`, query, options })
  }

  /**
   * Show a directory’s request
   *
   * With what was sent and what was answered; passwords are never kept.
   *
   * Needs `gatehouse/provisioning:write`.
   */
  showDirectoryRequest(id: string, requestId: string, options: Pick<CallOptions, 'signal'> = {}): Promise<ProvisioningRequestWithBodies> {
    return this.call({ method: 'GET', path: `/directories/${encodeURIComponent(id)}/requests/${encodeURIComponent(requestId)}`, options })
  }

  /**
   * List a directory’s mappings
   *
   * In the order in which they count.
   *
   * Needs `gatehouse/provisioning:write`.
   */
  listDirectoryMappings(id: string, options: Pick<CallOptions, 'signal'> = {}): Pages<ProvisioningMapping> {
    return this.pages({ method: 'GET', path: `/directories/${encodeURIComponent(id)}/mappings`, options })
  }

  /**
   * Map a group to a role
   *
   * Whoever is in the directory’s group of this name holds the role at the scope (the organization, unless another is named), also when the group comes later. You must hold the role there yourself. With `?dryRun=true` nothing is changed: the answer is an `AccessPreview` of who would gain and who would lose what, and what would be refused is refused in the same way.
   *
   * Needs `gatehouse/provisioning:write`.
   */
  mapGroupToRole(id: string, body: {
    value: string
    matchBy?: 'name' | 'external-id'
    role: string
    scope?: string | {
      type: string
      id: string
    }
    priority?: number
  }, query: {
    /** With `true` nothing is changed; the answer says who would gain and who would lose what. */
    dryRun?: 'true' | 'false'
  } = {}, options: Pick<CallOptions, 'signal' | 'idempotencyKey'> = {}): Promise<ProvisioningMapping> {
    return this.call({ method: 'POST', path: `/directories/${encodeURIComponent(id)}/mappings`, query, body, options })
  }

  /**
   * Change a mapping
   *
   * Its group, role, scope or priority. Where everybody holds exactly one role, the lowest number among somebody’s groups decides. You must hold the role there yourself. With `?dryRun=true` nothing is changed: the answer is an `AccessPreview` of who would gain and who would lose what, and what would be refused is refused in the same way.
   *
   * Needs `gatehouse/provisioning:write`.
   */
  changeMapping(id: string, body: {
    value?: string
    matchBy?: 'name' | 'external-id'
    role?: string
    scope?: string | {
      type: string
      id: string
    }
    priority?: number
  }, query: {
    /** With `true` nothing is changed; the answer says who would gain and who would lose what. */
    dryRun?: 'true' | 'false'
  } = {}, options: Pick<CallOptions, 'signal'> = {}): Promise<void> {
    return this.call({ method: 'PATCH', path: `/mappings/${encodeURIComponent(id)}`, query, body, options })
  }

  /**
   * Delete a mapping
   *
   * The roles it gave go with it. With `?dryRun=true` nothing is changed: the answer is an `AccessPreview` of who would gain and who would lose what, and what would be refused is refused in the same way.
   *
   * Needs `gatehouse/provisioning:write`.
   */
  deleteMapping(id: string, query: {
    /** With `true` nothing is changed; the answer says who would gain and who would lose what. */
    dryRun?: 'true' | 'false'
  } = {}, options: Pick<CallOptions, 'signal'> = {}): Promise<void> {
    return this.call({ method: 'DELETE', path: `/mappings/${encodeURIComponent(id)}`, query, options })
  }

  /**
   * Hand a group over to a directory
   *
   * The directory decides who is in it from now on. You must hold all that the group gives. With `?dryRun=true` nothing is changed: the answer is an `AccessPreview` of who would gain and who would lose what, and what would be refused is refused in the same way.
   *
   * Needs `gatehouse/provisioning:write`.
   */
  handGroupOverToDirectory(id: string, body: {
    directoryId: string
  }, query: {
    /** With `true` nothing is changed; the answer says who would gain and who would lose what. */
    dryRun?: 'true' | 'false'
  } = {}, options: Pick<CallOptions, 'signal' | 'idempotencyKey'> = {}): Promise<void> {
    return this.call({ method: 'POST', path: `/groups/${encodeURIComponent(id)}/hand-over`, query, body, options })
  }

  /**
   * Take a group back from a directory
   *
   * People here decide about it again; roles that came from mappings go. With `?dryRun=true` nothing is changed: the answer is an `AccessPreview` of who would gain and who would lose what, and what would be refused is refused in the same way.
   *
   * Needs `gatehouse/provisioning:write`.
   */
  takeGroupBackFromDirectory(id: string, query: {
    /** With `true` nothing is changed; the answer says who would gain and who would lose what. */
    dryRun?: 'true' | 'false'
  } = {}, options: Pick<CallOptions, 'signal' | 'idempotencyKey'> = {}): Promise<void> {
    return this.call({ method: 'POST', path: `/groups/${encodeURIComponent(id)}/release`, query, options })
  }

  /**
   * Take a user back from a directory
   *
   * To keep somebody out at once, say. The directory takes them over again with its next change of them.
   *
   * Needs `gatehouse/provisioning:write`.
   */
  takeUserBackFromDirectory(id: string, options: Pick<CallOptions, 'signal' | 'idempotencyKey'> = {}): Promise<void> {
    return this.call({ method: 'POST', path: `/users/${encodeURIComponent(id)}/release`, options })
  }

  /**
   * Show the credential policy
   *
   * Needs no permission beyond an active membership.
   */
  showCredentialPolicy(options: ReadOptions<CredentialPolicy> = {}): Promise<CredentialPolicy> {
    return this.call({ method: 'GET', path: `/credential-policy`, options })
  }

  /**
   * Change the credential policy
   *
   * Whatever is left out stays as it is. It counts for credentials made or changed from now on; suspension after disuse counts for all.
   *
   * Needs `gatehouse/credential-policy:write`.
   */
  changeCredentialPolicy(body: {
    maxLifetimeDays?: number | null
    defaultLifetimeDays?: number | null
    suspendUnusedDays?: number | null
    requestsPerMinute?: number | null
    reminderDays?: number[]
    onLeak?: 'revoke' | 'suspend' | 'report'
    makers?: {
      apiKey?: 'holders' | 'administrators' | 'nobody'
      serviceAccountKey?: 'holders' | 'administrators' | 'nobody'
      token?: 'holders' | 'administrators' | 'nobody'
    }
  }, options: Pick<CallOptions, 'signal' | 'ifMatch'> = {}): Promise<CredentialPolicy> {
    return this.call({ method: 'PATCH', path: `/credential-policy`, body, options })
  }

  /**
   * Show what a credential policy would concern
   *
   * How many present credentials live longer than `maxLifetimeDays`, and how many were unused for `suspendUnusedDays`; each counted to 1,001 at most. Nothing is changed.
   *
   * Needs `gatehouse/credential-policy:write`.
   */
  showWhatCredentialPolicyWouldConcern(query: {
    /** A longest life, in days. */
    maxLifetimeDays?: number
    /** Days of disuse after which to suspend. */
    suspendUnusedDays?: number
  } = {}, options: Pick<CallOptions, 'signal'> = {}): Promise<CredentialPolicyEffects> {
    return this.call({ method: 'GET', path: `/credential-policy/effects`, query, options })
  }

  /**
   * Report found secrets
   *
   * In the shape in which code hosts tell partners of their secret scanning. What is ours is revoked, suspended or only reported, as its organization’s credential policy says; its owner and the administrators are told by mail. The same secret in the same place again does nothing. Instead of a credential a signature is taken, where the installation knows the code host’s keys (`Github-Public-Key-Identifier`, `Github-Public-Key-Signature`).
   *
   * Needs no permission beyond an active membership.
   */
  reportFoundSecrets(body: {
    token: string
    type?: string | null
    url?: string | null
    source?: string | null
  }[], options: Pick<CallOptions, 'signal' | 'idempotencyKey'> = {}): Promise<FoundSecretFeedback> {
    return this.call({ method: 'POST', path: `/credentials/report`, body, options })
  }

  /**
   * Show the SAML side of a connection
   *
   * Addresses and certificates to give to the identity provider, and what is known of it.
   *
   * Needs `gatehouse/sign-in:read`.
   */
  showSamlSideOfConnection(id: string, options: ReadOptions<SamlConnection> = {}): Promise<SamlConnection> {
    return this.call({ method: 'GET', path: `/sso-connections/${encodeURIComponent(id)}/saml`, options })
  }

  /**
   * Change what a SAML connection requires
   *
   * After another choice of signatures or encryption the connection has to be tested again.
   *
   * Needs `gatehouse/sign-in:write`.
   */
  changeWhatSamlConnectionRequires(id: string, body: {
    signedParts?: 'assertion' | 'response' | 'both'
    wantsEncryption?: boolean
    isIdpInitiated?: boolean
  }, options: Pick<CallOptions, 'signal' | 'ifMatch'> = {}): Promise<SamlConnection> {
    return this.call({ method: 'PATCH', path: `/sso-connections/${encodeURIComponent(id)}/saml`, body, options })
  }

  /**
   * Read metadata of an identity provider
   *
   * Given as text, or fetched from an address by https; private networks are not asked. Changes nothing.
   *
   * Needs `gatehouse/sign-in:write`.
   */
  readMetadataOfIdentityProvider(id: string, body: {
    xml?: string
    url?: string
  }, options: Pick<CallOptions, 'signal' | 'idempotencyKey'> = {}): Promise<{
    xml: string
    url: string | null
    preview: {
      entityId: string
      name: string | null
      /** Where people are sent. */
      signInUrl: string
      binding: 'redirect' | 'post'
      /** Any of them may sign. */
      certificates: {
        subject: string
        /** SHA-256, in pairs of hex digits. */
        fingerprint: string
        notBefore: string
        notAfter: string
        /** Whole days; below zero once it has ended. */
        daysLeft: number
        /** `ending` for the last 30 days. */
        state: 'valid' | 'ending' | 'ended' | 'not-yet'
      }[]
      validUntil: string | null
      changes: string[]
    }
  }> {
    return this.call({ method: 'POST', path: `/sso-connections/${encodeURIComponent(id)}/saml/metadata-preview`, body, options })
  }

  /**
   * Set the identity provider of a SAML connection
   *
   * From its metadata: who it is, where people are sent, which certificates sign. Another provider or address makes a new test necessary; new certificates alone don’t.
   *
   * Needs `gatehouse/sign-in:write`.
   */
  setIdentityProviderOfSamlConnection(id: string, body: {
    xml: string
    url?: string | null
  }, options: Pick<CallOptions, 'signal' | 'ifMatch'> = {}): Promise<SamlConnection> {
    return this.call({ method: 'PUT', path: `/sso-connections/${encodeURIComponent(id)}/saml/metadata`, body, options })
  }

  /**
   * Make the next certificate of a SAML connection
   *
   * It is published in our metadata beside the present one.
   *
   * Needs `gatehouse/sign-in:write`.
   */
  makeNextCertificateOfSamlConnection(id: string, options: Pick<CallOptions, 'signal' | 'idempotencyKey'> = {}): Promise<SamlConnection> {
    return this.call({ method: 'POST', path: `/sso-connections/${encodeURIComponent(id)}/saml/next-certificate`, options })
  }

  /**
   * Remove the next certificate of a SAML connection
   *
   * Needs `gatehouse/sign-in:write`.
   */
  removeNextCertificateOfSamlConnection(id: string, options: Pick<CallOptions, 'signal' | 'ifMatch'> = {}): Promise<void> {
    return this.call({ method: 'DELETE', path: `/sso-connections/${encodeURIComponent(id)}/saml/next-certificate`, options })
  }

  /**
   * Let the next certificate take over
   *
   * From now on it signs requests; the present one is gone. Give it to the identity provider before.
   *
   * Needs `gatehouse/sign-in:write`.
   */
  letNextCertificateTakeOver(id: string, options: Pick<CallOptions, 'signal' | 'idempotencyKey'> = {}): Promise<SamlConnection> {
    return this.call({ method: 'POST', path: `/sso-connections/${encodeURIComponent(id)}/saml/next-certificate/switch`, options })
  }

  /**
   * Show the IP allowlist
   *
   * Needs `gatehouse/allowlist:read`.
   */
  showIpAllowlist(options: ReadOptions<IpAllowlist> = {}): Promise<IpAllowlist> {
    return this.call({ method: 'GET', path: `/ip-allowlist`, options })
  }

  /**
   * Replace the IP allowlist
   *
   * Sets the mode, all entries, or both; what is left out stays. When the list would be enforced without the caller’s own address the answer is 409 `allowlist-lockout`, unless `confirmLockout` is true. When it begins to be enforced, or leaves the caller out, it waits to be confirmed and counts as taken back at `revertAt`.
   *
   * Needs `gatehouse/allowlist:write`.
   */
  updateIpAllowlist(body: {
    mode?: 'off' | 'report' | 'enforced'
    entries?: {
      cidr: string
      description?: string
      surfaces?: ('console' | 'api' | 'data')[]
      expiresAt?: string | null
    }[]
    confirmLockout?: boolean
  }, options: Pick<CallOptions, 'signal' | 'ifMatch'> = {}): Promise<IpAllowlist> {
    return this.call({ method: 'PUT', path: `/ip-allowlist`, body, options })
  }

  /**
   * List entries of the IP allowlist
   *
   * Newest first.
   *
   * Needs `gatehouse/allowlist:read`.
   */
  listEntriesOfIpAllowlist(query: {
    /** Rows in the answer, 1 to 200. */
    limit?: number
    /** The `nextCursor` of the answer before, with the same filters and sort. */
    cursor?: string
    /** Part of the range or description, or an address that is covered. */
    q?: string
    /** Only entries that open this. */
    surface?: 'console' | 'api' | 'data'
  } = {}, options: Pick<CallOptions, 'signal'> = {}): Pages<AllowlistEntry> {
    return this.pages({ method: 'GET', path: `/ip-allowlist/entries`, query, options })
  }

  /**
   * Add an entry to the IP allowlist
   *
   * Surfaces left out are all three. When the list would be enforced without the caller’s own address the answer is 409 `allowlist-lockout`, unless `confirmLockout` is true.
   *
   * Needs `gatehouse/allowlist:write`.
   */
  addEntryToIpAllowlist(body: {
    cidr: string
    description?: string
    surfaces?: ('console' | 'api' | 'data')[]
    expiresAt?: string | null
    confirmLockout?: boolean
  }, options: Pick<CallOptions, 'signal' | 'idempotencyKey'> = {}): Promise<AllowlistEntry> {
    return this.call({ method: 'POST', path: `/ip-allowlist/entries`, body, options })
  }

  /**
   * Show an entry of the IP allowlist
   *
   * Needs `gatehouse/allowlist:read`.
   */
  showEntryOfIpAllowlist(id: string, options: ReadOptions<AllowlistEntry> = {}): Promise<AllowlistEntry> {
    return this.call({ method: 'GET', path: `/ip-allowlist/entries/${encodeURIComponent(id)}`, options })
  }

  /**
   * Change an entry of the IP allowlist
   *
   * Its address stays: another address is another entry. When the list would be enforced without the caller’s own address the answer is 409 `allowlist-lockout`, unless `confirmLockout` is true.
   *
   * Needs `gatehouse/allowlist:write`.
   */
  changeEntryOfIpAllowlist(id: string, body: {
    description?: string
    surfaces?: ('console' | 'api' | 'data')[]
    expiresAt?: string | null
    confirmLockout?: boolean
  }, options: Pick<CallOptions, 'signal' | 'ifMatch'> = {}): Promise<AllowlistEntry> {
    return this.call({ method: 'PATCH', path: `/ip-allowlist/entries/${encodeURIComponent(id)}`, body, options })
  }

  /**
   * Delete an entry of the IP allowlist
   *
   * An empty list opens nothing. When the list would be enforced without the caller’s own address the answer is 409 `allowlist-lockout`, unless `confirmLockout` is true.
   *
   * Needs `gatehouse/allowlist:write`.
   */
  deleteEntryOfIpAllowlist(id: string, query: {
    /** With `true` the entry goes although the caller is then not listed. */
    confirmLockout?: 'true' | 'false'
  } = {}, options: Pick<CallOptions, 'signal' | 'ifMatch'> = {}): Promise<void> {
    return this.call({ method: 'DELETE', path: `/ip-allowlist/entries/${encodeURIComponent(id)}`, query, options })
  }

  /**
   * Import entries of the IP allowlist
   *
   * Rows as `csv` (cidr, description, surfaces, expiresAt) or `entries`. All are added, or none; with `repair` ranges lose the bits beyond their prefix and duplicates are left out. With `?dryRun=true` the answer tells of each row what would become of it.
   *
   * Needs `gatehouse/allowlist:write`.
   */
  importEntriesOfIpAllowlist(body: {
    csv?: string
    entries?: unknown[]
    repair?: boolean
  }, query: {
    /** With `true` nothing is changed: the answer tells what would come of it. */
    dryRun?: 'true' | 'false'
  } = {}, options: Pick<CallOptions, 'signal' | 'idempotencyKey'> = {}): Promise<{
    added: number
    rows?: {
      line: number
      text: string
      status: 'new' | 'repairable' | 'duplicate' | 'invalid'
      detail: string | null
      repaired: string | null
    }[]
  }> {
    return this.call({ method: 'POST', path: `/ip-allowlist/import`, query, body, options })
  }

  /**
   * Remove entries that add nothing
   *
   * Every entry with a `coveredBy` goes; nobody gains or loses access.
   *
   * Needs `gatehouse/allowlist:write`.
   */
  removeEntriesThatAddNothing(options: Pick<CallOptions, 'signal' | 'idempotencyKey'> = {}): Promise<{
    removed: number
  }> {
    return this.call({ method: 'POST', path: `/ip-allowlist/tidy`, options })
  }

  /**
   * Confirm the IP allowlist
   *
   * Keeps the change that waits. From an address that is not listed this is 403 and changes nothing.
   *
   * Needs `gatehouse/allowlist:write`.
   */
  confirmIpAllowlist(options: Pick<CallOptions, 'signal' | 'idempotencyKey'> = {}): Promise<IpAllowlist> {
    return this.call({ method: 'POST', path: `/ip-allowlist/confirm`, options })
  }

  /**
   * Take back the IP allowlist
   *
   * Takes back the change that waits, now.
   *
   * Needs `gatehouse/allowlist:write`.
   */
  takeBackIpAllowlist(options: Pick<CallOptions, 'signal' | 'idempotencyKey'> = {}): Promise<IpAllowlist> {
    return this.call({ method: 'POST', path: `/ip-allowlist/revert`, options })
  }

  /**
   * Check an address
   *
   * Whether an address is listed, by the narrowest entry, whatever the mode.
   *
   * Needs `gatehouse/allowlist:read`.
   */
  checkAddress(body: {
    address: string
  }, options: Pick<CallOptions, 'signal' | 'idempotencyKey'> = {}): Promise<{
    address: string
    allowed: boolean
    entry: AllowlistEntry & Record<string, unknown> | null
    surfaces: {
      console: boolean
      api: boolean
      data: boolean
    }
  }> {
    return this.call({ method: 'POST', path: `/ip-allowlist/check`, body, options })
  }

  /**
   * List addresses that are not listed
   *
   * Who came from where the list does not open, latest first, at most 200: counted in report-only mode, refused when enforced.
   *
   * Needs `gatehouse/allowlist:read`.
   */
  listAddressesThatAreNotListed(options: Pick<CallOptions, 'signal'> = {}): Promise<{
    data: {
      address: string
      surface: string
      reported: number
      refused: number
      lastAt: string
      actor: string
    }[]
  }> {
    return this.call({ method: 'GET', path: `/ip-allowlist/unlisted`, options })
  }

  /**
   * List connections
   *
   * The oldest first; there are few, so it is one page.
   *
   * Needs `gatehouse/sign-in:read`.
   */
  listConnections(options: Pick<CallOptions, 'signal'> = {}): Pages<SsoConnection> {
    return this.pages({ method: 'GET', path: `/sso-connections`, options })
  }

  /**
   * Create a connection
   *
   * As a draft. Test it in the console, then enable it.
   *
   * Needs `gatehouse/sign-in:write`.
   */
  createConnection(body: {
    kind: 'google' | 'okta' | 'oidc' | 'saml'
    name: string
    issuer?: string
    clientId?: string
    clientSecret?: string
    assumesVerified?: boolean
    attributes?: {
      email?: string
      name?: string
      groups?: string
    }
    allowedDomains?: string[]
  }, options: Pick<CallOptions, 'signal' | 'idempotencyKey'> = {}): Promise<SsoConnection> {
    return this.call({ method: 'POST', path: `/sso-connections`, body, options })
  }

  /**
   * Show a connection
   *
   * Needs `gatehouse/sign-in:read`.
   */
  showConnection(id: string, options: ReadOptions<SsoConnection> = {}): Promise<SsoConnection> {
    return this.call({ method: 'GET', path: `/sso-connections/${encodeURIComponent(id)}`, options })
  }

  /**
   * Change a connection
   *
   * Whatever is left out stays. Another issuer, client or secret has to be tested anew.
   *
   * Needs `gatehouse/sign-in:write`.
   */
  changeConnection(id: string, body: {
    name?: string
    issuer?: string
    clientId?: string
    clientSecret?: string
    assumesVerified?: boolean
    attributes?: {
      email?: string
      name?: string
      groups?: string
    }
    allowedDomains?: string[]
  }, options: Pick<CallOptions, 'signal' | 'ifMatch'> = {}): Promise<SsoConnection> {
    return this.call({ method: 'PATCH', path: `/sso-connections/${encodeURIComponent(id)}`, body, options })
  }

  /**
   * Delete a connection
   *
   * Sessions that came through it end at once.
   *
   * Needs `gatehouse/sign-in:write`.
   */
  deleteConnection(id: string, options: Pick<CallOptions, 'signal' | 'ifMatch'> = {}): Promise<void> {
    return this.call({ method: 'DELETE', path: `/sso-connections/${encodeURIComponent(id)}`, options })
  }

  /**
   * Enable a connection
   *
   * It must have been tested since its settings changed.
   *
   * Needs `gatehouse/sign-in:write`.
   */
  enableConnection(id: string, options: Pick<CallOptions, 'signal' | 'idempotencyKey'> = {}): Promise<SsoConnection> {
    return this.call({ method: 'POST', path: `/sso-connections/${encodeURIComponent(id)}/enable`, options })
  }

  /**
   * Disable a connection
   *
   * Sessions that came through it end at once.
   *
   * Needs `gatehouse/sign-in:write`.
   */
  disableConnection(id: string, options: Pick<CallOptions, 'signal' | 'idempotencyKey'> = {}): Promise<SsoConnection> {
    return this.call({ method: 'POST', path: `/sso-connections/${encodeURIComponent(id)}/disable`, options })
  }

  /**
   * List group mappings
   *
   * Needs `gatehouse/sign-in:read`.
   */
  listGroupMappings(id: string, options: Pick<CallOptions, 'signal'> = {}): Promise<GroupMappings> {
    return this.call({ method: 'GET', path: `/sso-connections/${encodeURIComponent(id)}/group-mappings`, options })
  }

  /**
   * Replace group mappings
   *
   * In the order of their priority. Roles that are new in them must be your own. They count from each person’s next sign-in on. With `?dryRun=true` nothing is saved: the answer tells whose roles would change, by the groups of their last sign-in.
   *
   * Needs `gatehouse/sign-in:write`.
   */
  replaceGroupMappings(id: string, body: {
    mappings: {
      group: string
      role: string
      scope?: string
    }[]
  }, query: {
    /** With `true` nothing is changed: the answer tells what would come of it. */
    dryRun?: 'true' | 'false'
  } = {}, options: Pick<CallOptions, 'signal'> = {}): Promise<GroupMappings> {
    return this.call({ method: 'PUT', path: `/sso-connections/${encodeURIComponent(id)}/group-mappings`, query, body, options })
  }

  /**
   * List e-mail domains
   *
   * By name, those that wait for their record too.
   *
   * Needs `gatehouse/sign-in:read`.
   */
  listEMailDomains(options: Pick<CallOptions, 'signal'> = {}): Pages<VerifiedDomain> {
    return this.pages({ method: 'GET', path: `/verified-domains`, options })
  }

  /**
   * Add an e-mail domain
   *
   * The answer holds the TXT record to publish.
   *
   * Needs `gatehouse/sign-in:write`.
   */
  addEMailDomain(body: {
    domain: string
  }, options: Pick<CallOptions, 'signal' | 'idempotencyKey'> = {}): Promise<VerifiedDomain> {
    return this.call({ method: 'POST', path: `/verified-domains`, body, options })
  }

  /**
   * Show an e-mail domain
   *
   * Needs `gatehouse/sign-in:read`.
   */
  showEMailDomain(id: string, options: ReadOptions<VerifiedDomain> = {}): Promise<VerifiedDomain> {
    return this.call({ method: 'GET', path: `/verified-domains/${encodeURIComponent(id)}`, options })
  }

  /**
   * Remove an e-mail domain
   *
   * Needs `gatehouse/sign-in:write`.
   */
  removeEMailDomain(id: string, options: Pick<CallOptions, 'signal' | 'ifMatch'> = {}): Promise<void> {
    return this.call({ method: 'DELETE', path: `/verified-domains/${encodeURIComponent(id)}`, options })
  }

  /**
   * Verify an e-mail domain
   *
   * Looks for the TXT record; 409 tells what was found instead.
   *
   * Needs `gatehouse/sign-in:write`.
   */
  verifyEMailDomain(id: string, options: Pick<CallOptions, 'signal' | 'idempotencyKey'> = {}): Promise<VerifiedDomain> {
    return this.call({ method: 'POST', path: `/verified-domains/${encodeURIComponent(id)}/verify`, options })
  }

  /**
   * Show how people sign in
   *
   * Needs `gatehouse/sign-in:read`.
   */
  showHowPeopleSignIn(options: ReadOptions<SignInPolicy> = {}): Promise<SignInPolicy> {
    return this.call({ method: 'GET', path: `/sign-in-policy`, options })
  }

  /**
   * Change how people sign in
   *
   * Whatever is left out stays as it is. SSO-only can be switched off here; on it goes in the console only, in a browser that has tested a connection (409). With `?dryRun=true` nothing is changed: the answer tells what would come of it, of SSO-only too.
   *
   * Needs `gatehouse/sign-in:write`.
   */
  changeHowPeopleSignIn(body: {
    ssoOnly?: boolean
    autoprovision?: boolean
    defaultRole?: string | null
  }, query: {
    /** With `true` nothing is changed: the answer tells what would come of it. */
    dryRun?: 'true' | 'false'
  } = {}, options: Pick<CallOptions, 'signal' | 'ifMatch'> = {}): Promise<SignInPolicy> {
    return this.call({ method: 'PATCH', path: `/sign-in-policy`, query, body, options })
  }

  /**
   * List holders of break-glass codes
   *
   * In the order of their choosing; the codes themselves are shown once, to their holder, in the console.
   *
   * Needs `gatehouse/sign-in:read`.
   */
  listHoldersOfBreakGlassCodes(options: Pick<CallOptions, 'signal'> = {}): Pages<BreakGlassHolder> {
    return this.pages({ method: 'GET', path: `/break-glass-holders`, options })
  }

  /**
   * Let an administrator hold break-glass codes
   *
   * They make the codes themselves, in the console. 409 for somebody who may not change the sign-in settings.
   *
   * Needs `gatehouse/sign-in:write`.
   */
  letAdministratorHoldBreakGlassCodes(body: {
    userId: string
  }, options: Pick<CallOptions, 'signal' | 'idempotencyKey'> = {}): Promise<BreakGlassHolder> {
    return this.call({ method: 'POST', path: `/break-glass-holders`, body, options })
  }

  /**
   * Show a holder of break-glass codes
   *
   * Needs `gatehouse/sign-in:read`.
   */
  showHolderOfBreakGlassCodes(id: string, options: ReadOptions<BreakGlassHolder> = {}): Promise<BreakGlassHolder> {
    return this.call({ method: 'GET', path: `/break-glass-holders/${encodeURIComponent(id)}`, options })
  }

  /**
   * Take break-glass codes away
   *
   * The codes stop working, and what they have opened ends.
   *
   * Needs `gatehouse/sign-in:write`.
   */
  takeBreakGlassCodesAway(id: string, options: Pick<CallOptions, 'signal' | 'ifMatch'> = {}): Promise<void> {
    return this.call({ method: 'DELETE', path: `/break-glass-holders/${encodeURIComponent(id)}`, options })
  }

  /**
   * List audit events
   *
   * Newest first. Held at a folder, `gatehouse/audit:read` shows what happened below it. Reading the log is itself told, once an hour.
   *
   * Needs `gatehouse/audit:read`.
   */
  listAuditEvents(query: {
    /** Rows in the answer, 1 to 200. */
    limit?: number
    /** The `nextCursor` of the answer before, with the same filters and sort. */
    cursor?: string
    /** Events at or after this moment. */
    from?: string
    /** Events before this moment. */
    to?: string
    /** Id or e-mail address of who acted. */
    actor?: string
    /** Name of an event such as `member.suspend`; may be repeated. */
    event?: string | string[]
    /** Id of what it was about. */
    target?: string
    /** `success`, `denied` or `failed`; may be repeated. */
    outcome?: 'success' | 'denied' | 'failed' | ('success' | 'denied' | 'failed')[]
    /** Client address. */
    address?: string
    /** An id, an IP address, an e-mail address, part of a name, or an event. */
    q?: string
  } = {}, options: Pick<CallOptions, 'signal'> = {}): Pages<AuditEvent> {
    return this.pages({ method: 'GET', path: `/audit-events`, query, options })
  }

  /**
   * Export audit events
   *
   * All events of the filter, newest first, as a stream. In CSV, cells that a spreadsheet would run begin with an apostrophe. The export is told in the log.
   *
   * Needs `gatehouse/audit:read`.
   */
  exportAuditEvents(query: {
    /** `csv` or `ndjson`. */
    format: 'csv' | 'ndjson'
    /** Events at or after this moment. */
    from?: string
    /** Events before this moment. */
    to?: string
    /** Id or e-mail address of who acted. */
    actor?: string
    /** Name of an event such as `member.suspend`; may be repeated. */
    event?: string | string[]
    /** Id of what it was about. */
    target?: string
    /** `success`, `denied` or `failed`; may be repeated. */
    outcome?: 'success' | 'denied' | 'failed' | ('success' | 'denied' | 'failed')[]
    /** Client address. */
    address?: string
    /** An id, an IP address, an e-mail address, part of a name, or an event. */
    q?: string
  }, options: Pick<CallOptions, 'signal'> = {}): Promise<Response> {
    return this.send({ method: 'GET', path: `/audit-events/export`, query, options })
  }

  /**
   * Show the anchor of the log
   *
   * How many events are sealed and the last seal. A copy kept elsewhere proves later that none of them was changed or removed.
   *
   * Needs `gatehouse/audit:read`.
   */
  showAnchorOfLog(options: Pick<CallOptions, 'signal'> = {}): Promise<AuditAnchor> {
    return this.call({ method: 'GET', path: `/audit-events/anchor`, options })
  }

  /**
   * Verify the log
   *
   * Checks every event and seal of the organization, and the anchor. The result is told in the log.
   *
   * Needs `gatehouse/audit:read`.
   */
  verifyLog(query: {
    /** With `head`: count of an anchor kept elsewhere. */
    count?: number
    /** With `count`: head of an anchor kept elsewhere, through which the chain must lead. */
    head?: string
  } = {}, options: Pick<CallOptions, 'signal' | 'idempotencyKey'> = {}): Promise<AuditVerification> {
    return this.call({ method: 'POST', path: `/audit-events/verify`, query, options })
  }

  /**
   * Show an audit event
   *
   * Needs `gatehouse/audit:read`.
   */
  showAuditEvent(id: string, options: Pick<CallOptions, 'signal'> = {}): Promise<AuditEvent> {
    return this.call({ method: 'GET', path: `/audit-events/${encodeURIComponent(id)}`, options })
  }

  /**
   * List denials
   *
   * Each no that a program was told at `/access/v1`, newest first, for 30 days. Of an organization each process keeps at most 60 a minute; beyond that they are only counted. They are written within seconds.
   *
   * Needs `gatehouse/audit:read`.
   */
  listDenials(query: {
    /** Rows in the answer, 1 to 200. */
    limit?: number
    /** The `nextCursor` of the answer before, with the same filters and sort. */
    cursor?: string
    /** Id of a user, group, service account or token. */
    principal?: string
    /** Name of a permission. */
    permission?: string
  } = {}, options: Pick<CallOptions, 'signal'> = {}): Pages<Denial> {
    return this.pages({ method: 'GET', path: `/decisions/denials`, query, options })
  }

  /**
   * List what permissions were used for
   *
   * Decisions by principal and permission, with when last: what somebody holds and never used does not stand here, or not with a late `lastAllowedAt`. For access reviews.
   *
   * Needs `gatehouse/audit:read`.
   */
  listWhatPermissionsWereUsedFor(query: {
    /** Rows in the answer, 1 to 200. */
    limit?: number
    /** The `nextCursor` of the answer before, with the same filters and sort. */
    cursor?: string
    /** Id of a user, group, service account or token. */
    principal?: string
    /** Name of a permission. */
    permission?: string
  } = {}, options: Pick<CallOptions, 'signal'> = {}): Pages<PermissionUse> {
    return this.pages({ method: 'GET', path: `/decisions/uses`, query, options })
  }

  /**
   * Count decisions by minute
   *
   * Of a range of at most 24 hours within the last 30 days; left out, the last hour. Minutes without decisions are left out.
   *
   * Needs `gatehouse/audit:read`.
   */
  countDecisionsByMinute(query: {
    /** Id of a user, group, service account or token. */
    principal?: string
    /** Name of a permission. */
    permission?: string
    /** The first moment. */
    from?: string
    /** The moment after the last. */
    to?: string
  } = {}, options: Pick<CallOptions, 'signal'> = {}): Promise<{
    data: {
      minute: string
      allowed: number
      denied: number
    }[]
  }> {
    return this.call({ method: 'GET', path: `/decisions/counts`, query, options })
  }
}
