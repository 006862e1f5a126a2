import type { z } from 'zod'
import type { CorePermission } from '@/lib/access/permissions'
import type { CredentialActor } from '@/lib/access/principals/actor'
import type { ErrorCode } from '@/lib/errors'

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete'

/** A request as doors see it: its credential is good, nothing else has been checked. */
export type Call = {
  actor: CredentialActor
  method: string
  path: string
  params: Readonly<Record<string, string>>
  query: Readonly<Record<string, string | string[]>>
  /** Parsed JSON; undefined where the route takes none. */
  body: unknown
  /** A header by its lower-case name. */
  header: (name: string) => string | undefined
}

/** A request without a credential: nothing has been checked. `text` is the body as it came, `body` the same as JSON. */
export type SignedCall = Pick<Call, 'header' | 'body'> & { text: string }

/** What a door answers; the application turns it into a response. */
export type Answer = {
  status: 200 | 201 | 204 | 304
  headers?: Record<string, string>
  body?: unknown
  stream?: ReadableStream<Uint8Array>
}

/** What the reference says about a route. */
export type RouteDoc = {
  tag: string
  /** A verb and what it does it to: "List users". */
  summary: string
  /** The operation's name in clients, where the summary makes a clumsy one. */
  operationId?: string
  description?: string
  params?: z.ZodType
  query?: z.ZodType
  body?: z.ZodType
  bodyExample?: unknown
  success: { status: Answer['status']; description: string; schema?: z.ZodType; example?: unknown; contentTypes?: readonly string[]; /** Of `?dryRun=true`, answered with 200. */ dryRun?: z.ZodType }
  /** Errors beside those every route of its kind has. */
  errors?: readonly ErrorCode[]
}

/** One route of `/api/v1`, as a value: the application serves it, the OpenAPI document describes it. */
export type ApiRoute = {
  method: Method
  /** With parameters in braces: `/users/{id}`. */
  path: string
  doc: RouteDoc
  /** What the caller must hold at the organization; null: nothing beyond an active membership. */
  permission: CorePermission | null
  /** Event of the operation behind it, when it changes something. */
  event?: string
  takesBody: boolean
  /** Answers carry an `ETag`, and changes honour `If-Match`. */
  hasVersion: boolean
  /** Answers say the organization's access version with the change in it. */
  tellsAccessVersion?: boolean
  /** With `?dryRun=true` the operation is rehearsed. */
  canRehearse?: boolean
  handle: (call: Call) => Promise<Answer>
  /** Takes a request without a credential, whose body says by its signature from whom it is. */
  signed?: { /** The header of the signature, in lower case. */ header: string; handle: (call: SignedCall) => Promise<Answer> }
}

/** What every declaration of a route says of itself. */
export type Described = Pick<RouteDoc, 'tag' | 'summary' | 'operationId' | 'description' | 'errors'> & { path: string }

type Parts = { params?: z.ZodType | undefined; query?: z.ZodType | undefined; body?: z.ZodType | undefined; bodyExample?: unknown }

/** Method, path and what the reference says, without what is left out. */
export function entryOf(method: Method, { path, tag, summary, operationId, description, errors }: Described, parts: Parts, success: RouteDoc['success']): Pick<ApiRoute, 'method' | 'path' | 'doc'> {
  const { params, query, body, bodyExample } = parts
  return {
    method,
    path,
    doc: {
      tag, summary, success, ...(operationId !== undefined && { operationId }),
      ...(description !== undefined && { description }), ...(errors && { errors }),
      ...(params && { params }), ...(query && { query }), ...(body && { body }), ...(bodyExample !== undefined && { bodyExample }),
    },
  }
}
