import { Hono, type Context } from 'hono'
import type { CredentialActor } from '@/lib/access/principals/actor'
import { API_BASE } from '@/lib/boundary/http'
import type { Answer, ApiRoute, Call, SignedCall } from '@/lib/boundary/http-route'
import { AppError, isAppError } from '@/lib/errors'
import { requestFacts } from '@/lib/request'
import type { Limit } from '@/lib/shared-counter'
import { readJson, readJsonText } from './body'
import { actorOfHeader } from './credential'
import { openApiText } from './openapi'
import { makeRequestGuard, type RequestGuard, type RequestLimits, type Tally } from './rate-limit'
import { respond, respondProblem, type RefusedCall } from './respond'
import { apiRoutes } from './routes'

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const

/** Path parameters as Hono writes them. */
export const honoPath = (path: string): string => API_BASE + path.replace(/\{(\w+)\}/g, ':$1')

function queryOf(context: Context): Call['query'] {
  const entries = Object.entries(context.req.queries())
  return Object.fromEntries(entries.map(([name, values]) => [name, values.length === 1 ? (values[0] ?? '') : values]))
}

/** The caller; a bad credential counts against its address. */
async function authenticate(context: Context, tally: Tally): Promise<CredentialActor> {
  try {
    return await actorOfHeader(context.req.header('authorization'))
  } catch (error) {
    if (isAppError(error) && error.code === 'unauthenticated') await tally.count('failures', requestFacts().address)
    throw error
  }
}

const isSigned = (header: string, { req }: Context): boolean => req.header('authorization') === undefined && req.header(header) !== undefined

/** A request that is signed instead of bringing a credential; a bad signature counts against its address. */
async function takeSigned(handle: (call: SignedCall) => Promise<Answer>, { req }: Context, tally: Tally): Promise<Answer> {
  const { text, body } = await readJsonText(req.raw)
  try {
    return await handle({ text, body, header: (name) => req.header(name) })
  } catch (error) {
    if (isAppError(error) && error.code === 'unauthenticated') await tally.count('failures', requestFacts().address)
    throw error
  }
}

/** What of a wrong input is a parameter: everything where there is no body, else what the route's query names. */
function parameterTest({ doc, takesBody }: ApiRoute): (name: string) => boolean {
  if (!takesBody) return () => true
  const shape = doc.query && 'shape' in doc.query ? doc.query.shape : {}
  const names = new Set(Object.keys(typeof shape === 'object' && shape !== null ? shape : {}))
  return (name) => names.has(name)
}

function serve(route: ApiRoute, guard: RequestGuard) {
  const isParameter = parameterTest(route)
  return async (context: Context): Promise<Response> => {
    const refused: RefusedCall = { isParameter }
    const tally = guard.begin()
    try {
      await tally.count('address', requestFacts().address)
      if (route.signed && isSigned(route.signed.header, context)) return respond(await takeSigned(route.signed.handle, context, tally), tally.headers())
      const actor = await authenticate(context, tally)
      refused.actor = actor
      await tally.count('credential', actor.credential.id, limitOf(actor))
      const { req } = context
      const body = route.takesBody ? await readJson(req.raw) : undefined
      const answer = await route.handle({
        actor, body, method: req.method, path: req.path, params: req.param(), query: queryOf(context), header: (name) => req.header(name),
      })
      return respond(answer, tally.headers())
    } catch (error) {
      return respondProblem(error, { ...refused, headers: tally.headers() })
    }
  }
}

/** What the organization allows each of its credentials; undefined: as much as the installation does. */
const limitOf = ({ requestsPerMinute }: CredentialActor): Limit | undefined => (requestsPerMinute === null || requestsPerMinute === undefined ? undefined : { count: requestsPerMinute, windowSeconds: 60 })

/** Methods that a path does not take: 405, and what it takes for `OPTIONS`. */
function refuseOtherMethods(app: Hono, path: string, taken: readonly string[]): void {
  const allow = [...taken.flatMap((method) => (method === 'get' ? ['GET', 'HEAD'] : [method.toUpperCase()])), 'OPTIONS'].join(', ')
  const others = METHODS.filter((method) => !taken.includes(method))
  app.on(others, path, (context) =>
    respondProblem(new AppError('method-not-allowed', `\`${context.req.method}\` is not possible here; ${allow} are`), { headers: { allow } }))
  app.on('options', path, () => respond({ status: 204 }, { allow }))
}

/**
 * The management API as one Hono application. server.ts gives it every request below `/api/v1`, inside
 * `withRequest`, after checking host and announced length.
 */
export function makeApi(limits: Partial<RequestLimits> = {}): { fetch: (request: Request) => Response | Promise<Response> } {
  const app = new Hono()
  const guard = makeRequestGuard(limits)
  const methodsOf = new Map<string, string[]>([[`${API_BASE}/openapi.json`, ['get']]])
  app.get(`${API_BASE}/openapi.json`, () => new Response(openApiText(), { headers: { 'content-type': 'application/json', 'cache-control': 'no-cache', 'x-request-id': requestFacts().id } }))
  for (const route of apiRoutes) {
    const path = honoPath(route.path)
    app.on(route.method, path, serve(route, guard))
    methodsOf.set(path, [...(methodsOf.get(path) ?? []), route.method])
  }
  for (const [path, taken] of methodsOf) refuseOtherMethods(app, path, taken)
  app.notFound((context) => respondProblem(new AppError('not-found', `there is no \`${context.req.path}\` in this API; ${API_BASE}/openapi.json lists what there is`)))
  app.onError((error) => respondProblem(error))
  return { fetch: (request) => app.fetch(request) }
}
