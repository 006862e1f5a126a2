import { z } from 'zod'
import type { Ctx, Entered } from '@/lib/access/context'
import type { CorePermission } from '@/lib/access/permissions'
import type { AccessPreview } from '@/lib/access/preview'
import type { AuditEntry } from './audit'
import { entryOf, type Answer, type ApiRoute, type Call, type Described, type Method } from './http-route'
import { parseBody, parseParams, parseQuery } from './http-schema'
import { checkIfMatch, versioned, type VersionedTable } from './http-version'
import { answerOnce, idempotencyKey } from './idempotency'
import type { Operation, Outcome } from './operation'
import { parseInput, perform, prove, read } from './perform'
import { rehearse } from './rehearsal'

type Proof<P extends CorePermission | null> = Ctx<P extends CorePermission ? P : never>

type Asked<Params extends z.ZodType, Query extends z.ZodType> = { params: z.output<Params>; query: z.output<Query> }

export type ReadRoute<P extends CorePermission | null, Params extends z.ZodType, Query extends z.ZodType, Output extends z.ZodType> = Described & {
  permission: P
  params?: Params
  query?: Query
  output: Output
  example?: unknown
  /** A single resource: answers carry an `ETag`. */
  hasVersion?: boolean
  read: (ctx: Proof<P>, asked: Asked<Params, Query>) => Promise<z.input<Output>>
}

/** A route that reads: permission, parameters, query, and only what `output` names leaves the house. */
export function defineRead<P extends CorePermission | null, Output extends z.ZodType, Params extends z.ZodType = z.ZodType, Query extends z.ZodType = z.ZodType>(
  route: ReadRoute<P, Params, Query, Output>,
): ApiRoute {
  const { permission, params, query, output, example, hasVersion = false, read: query_, ...described } = route
  return {
    ...entryOf('get', described, { params, query }, { status: 200, description: 'The answer.', schema: output, ...(example !== undefined && { example }) }),
    permission,
    hasVersion,
    takesBody: false,
    handle: async (call) => {
      const { actor } = call
      const body = await read(actor, actor.organizationId, permission, async (ctx) =>
        output.parse(await query_(ctx, { params: parseParams(params, call), query: parseQuery(query, call) })),
      )
      return hasVersion ? versioned(call, 200, body) : { status: 200, body }
    },
  }
}

type Sent<Params extends z.ZodType, Query extends z.ZodType, Body extends z.ZodType> = Asked<Params, Query> & { body: z.output<Body> }

/** A resource that a change is about: its present representation, and the row that is held meanwhile. */
export type Versioned<R extends CorePermission | null, Params extends z.ZodType> = {
  table: VersionedTable
  /** What the routes that show it answer. */
  schema: z.ZodType
  /** What a caller must hold to see it, since only they can know its version. */
  permission: R
  idOf: (params: z.output<Params>) => string
  read: (ctx: Proof<R>, params: z.output<Params>) => Promise<unknown>
}

export type ChangeRoute<
  P extends CorePermission | null, I extends z.ZodType, V, Params extends z.ZodType, Query extends z.ZodType, Body extends z.ZodType, R extends CorePermission | null,
> = Described & {
  method: Exclude<Method, 'get'>
  operation: Operation<P, I, V>
  params?: Params
  query?: Query
  /** Body whose shape is not the operation's input. */
  body?: Body
  bodyExample?: unknown
  /** The operation's input out of what was sent; left out, the body is the input. */
  input?: (sent: Sent<Params, Query, Body>) => z.input<I>
  status?: 200 | 201 | 204
  output?: z.ZodType
  example?: unknown
  /** The body, from what the operation gave back; left out, it is the resource as it is now. */
  answer?: (ctx: Proof<P>, value: V, sent: Sent<Params, Query, Body>) => Promise<unknown>
  /** Address of what was made, below `/api/v1`. */
  location?: (value: V) => string
  /** Id of what the answer shows the secret of, so that the answer is never stored. */
  secretOf?: (value: V) => string
  /** Honours `If-Match`, and gives the answer an `ETag`. */
  resource?: Versioned<R, Params>
  /** With `?dryRun=true` the change is rehearsed, and this is the body: whose access it would change. `query` names `dryRun`. */
  rehearsal?: ((ctx: Ctx, preview: AccessPreview) => Promise<unknown>) & { output: z.ZodType }
}

/** Base path of the management API. */
export const API_BASE = '/api/v1'

/** A route that changes something: the operation does the work, on the one road of every change. */
export function defineRoute<
  P extends CorePermission | null, I extends z.ZodType, V,
  Params extends z.ZodType = z.ZodType, Query extends z.ZodType = z.ZodType, Body extends z.ZodType = z.ZodType, R extends CorePermission | null = null,
>(route: ChangeRoute<P, I, V, Params, Query, Body, R>): ApiRoute {
  const { method, operation, params, query, body, bodyExample, output, example, status = 200, resource } = route
  const documentedBody = body ?? (route.input ? undefined : operation.input)
  const { event, permission, scope } = operation
  const outputSchema = status === 204 ? undefined : (output ?? resource?.schema)
  const shape = (answered: unknown): unknown => (outputSchema ? outputSchema.parse(answered) : answered)

  async function checkVersion(ctx: Ctx, call: Call, asked: z.output<Params>): Promise<void> {
    if (!resource) return
    await checkIfMatch(ctx, call, { table: resource.table, id: resource.idOf(asked) }, () => present(ctx, asked))
  }

  const present = async (ctx: Ctx, asked: z.output<Params>): Promise<unknown> =>
    resource?.schema.parse(await resource.read(prove(ctx, resource.permission), asked))

  async function work(ctx: Proof<P>, { call, sent, input }: Received): Promise<{ outcome: Outcome<V>; answer: Answer; secretOf?: string }> {
    await checkVersion(ctx, call, sent.params)
    const outcome = await operation.run(ctx, input)
    const headers = route.location ? { location: API_BASE + route.location(outcome.value) } : {}
    const secretOf = route.secretOf?.(outcome.value)
    if (status === 204) return { outcome, answer: { status, headers } }
    const shown = route.answer ? shape(await route.answer(ctx, outcome.value, sent)) : await present(ctx, sent.params)
    const answer = resource ? versioned(call, status, shown, headers) : { status, headers, body: shown }
    return { outcome, answer, ...(secretOf !== undefined && { secretOf }) }
  }

  type Received = { call: Call; sent: Sent<Params, Query, Body>; input: z.output<I> }

  // Behind a function, so that input is looked at where it is parsed, with paths as the caller knows them.
  const received = z.custom<() => Call>().transform((callOf): Received => {
    const call = callOf()
    const sent = { params: parseParams(params, call), query: parseQuery(query, call), body: parseBody(body, call) }
    return { call, sent, input: parseInput(operation.input, route.input ? route.input(sent) : call.body) }
  })

  const overHttp: Operation<P, typeof received, Answer> = {
    event,
    permission,
    input: received,
    ...(scope && { scope: (asked: Received, entered: Entered) => scope(asked.input, entered) }),
    run: async (ctx, asked) => {
      const key = method === 'post' ? idempotencyKey(asked.call) : null
      const once = key === null ? await work(ctx, asked) : await answerOnce(ctx, asked.call, key, () => work(ctx, asked))
      const headers = { ...once.answer.headers, 'gatehouse-version': await accessVersionNow(ctx) }
      return { value: { ...once.answer, headers }, events: once.outcome === null ? [] : entriesOf(once.outcome) }
    },
  }

  const rehearsed: Operation<P, typeof received, null> = {
    ...overHttp,
    run: async (ctx, asked) => {
      await checkVersion(ctx, asked.call, asked.sent.params)
      await operation.run(ctx, asked.input)
      return { value: null, events: [] }
    },
  }

  const { rehearsal } = route
  const rehearseCall = async (call: Call, tell: NonNullable<typeof rehearsal>): Promise<Answer> =>
    ({ status: 200, body: await rehearse(rehearsed, call.actor, call.actor.organizationId, () => call, tell) })

  return {
    ...entryOf(method, { ...route, errors: [...(route.errors ?? []), ...(route.secretOf ? ['secret-already-shown' as const] : [])] }, { params, query, body: documentedBody, bodyExample }, {
      status, description: status === 204 ? 'Done; there is nothing to say.' : 'The answer.',
      ...(outputSchema && { schema: outputSchema }), ...(example !== undefined && { example }), ...(rehearsal && { dryRun: rehearsal.output }),
    }),
    permission,
    event,
    hasVersion: resource !== undefined,
    tellsAccessVersion: true,
    takesBody: documentedBody !== undefined,
    canRehearse: rehearsal !== undefined,
    handle: (call) => (rehearsal && call.query['dryRun'] === 'true' ? rehearseCall(call, rehearsal) : perform(overHttp, call.actor, call.actor.organizationId, () => call)),
  }
}

/** The organization's access version with this change in it: what whoever wants to read their write asks decisions to have seen. */
async function accessVersionNow({ tx, orgId }: Ctx): Promise<string> {
  const { accessVersion } = await tx.organization.findUniqueOrThrow({ where: { id: orgId }, select: { accessVersion: true } })
  return String(accessVersion)
}

const entriesOf = <V>(outcome: Outcome<V>): readonly AuditEntry[] => ('events' in outcome ? outcome.events : [outcome])
