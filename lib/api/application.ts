import { Hono, type Context } from 'hono'
import type { CredentialActor } from '@/lib/access/principals/actor'
import { API_BASE } from '@/lib/boundary/http'
import type { ApiRoute, Call } from '@/lib/boundary/http-route'
import { AppError, isAppError } from '@/lib/errors'
import { requestFacts } from '@/lib/request'
import { readJson } from './body'
import { actorOfHeader } from './credential'
import { openApiText } from './openapi'
import { DEFAULT_LIMITS, makeCounter, type RateHeaders, type RequestCounter, type RequestLimits } from './rate-limit'
import { respond, respondProblem, type RefusedCall } from './respond'
import { apiRoutes } from './routes'

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const

type Counters = { credential: RequestCounter; failures: RequestCounter }

/** Path parameters as Hono writes them. */
export const honoPath = (path: string): string => API_BASE + path.replace(/\{(\w+)\}/g, ':$1')

function queryOf(context: Context): Call['query'] {
  const entries = Object.entries(context.req.queries())
  return Object.fromEntries(entries.map(([name, values]) => [name, values.length === 1 ? (values[0] ?? '') : values]))
}

/** The caller; a bad credential counts against its address. */
async function authenticate(context: Context, { failures }: Counters): Promise<CredentialActor> {
  try {
    return await actorOfHeader(context.req.header('authorization'))
  } catch (error) {
    if (isAppError(error) && error.code === 'unauthenticated') failures.count(requestFacts().address)
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

function serve(route: ApiRoute, counters: Counters) {
  const isParameter = parameterTest(route)
  return async (context: Context): Promise<Response> => {
    const refused: RefusedCall = { isParameter }
    try {
      const actor = await authenticate(context, counters)
      refused.actor = actor
      const headers = countRequest(counters.credential, actor, refused)
      const { req } = context
      const body = route.takesBody ? await readJson(req.raw) : undefined
      const answer = await route.handle({
        actor, body, method: req.method, path: req.path, params: req.param(), query: queryOf(context), header: (name) => req.header(name),
      })
      return respond(answer, headers)
    } catch (error) {
      return respondProblem(error, refused)
    }
  }
}

/** Counts for the credential; the headers that announce its limit go on refusals too. */
function countRequest(counter: RequestCounter, actor: CredentialActor, refused: RefusedCall): RateHeaders {
  try {
    return (refused.headers = counter.count(actor.credential.id))
  } catch (error) {
    if (isAppError(error)) refused.headers = counter.spent(error.extras.retryAfterSeconds ?? 1)
    throw error
  }
}

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
export function makeApi(limits: RequestLimits = DEFAULT_LIMITS): { fetch: (request: Request) => Response | Promise<Response> } {
  const app = new Hono()
  const counters = { credential: makeCounter('credential', limits.credential), failures: makeCounter('address', limits.failures) }
  const methodsOf = new Map<string, string[]>([[`${API_BASE}/openapi.json`, ['get']]])
  app.get(`${API_BASE}/openapi.json`, () => new Response(openApiText(), { headers: { 'content-type': 'application/json', 'cache-control': 'no-cache', 'x-request-id': requestFacts().id } }))
  for (const route of apiRoutes) {
    const path = honoPath(route.path)
    app.on(route.method, path, serve(route, counters))
    methodsOf.set(path, [...(methodsOf.get(path) ?? []), route.method])
  }
  for (const [path, taken] of methodsOf) refuseOtherMethods(app, path, taken)
  app.notFound((context) => respondProblem(new AppError('not-found', `there is no \`${context.req.path}\` in this API; ${API_BASE}/openapi.json lists what there is`)))
  app.onError((error) => respondProblem(error))
  return { fetch: (request) => app.fetch(request) }
}
