import { Hono, type Context } from 'hono'
import type { DirectoryActor } from '@/lib/access/principals/actor'
import { actorOfScimToken } from '@/lib/access/principals/scim-token'
import { readJson } from '@/lib/api/body'
import { noCredential, secretIn } from '@/lib/api/credential'
import { makeRequestGuard, type RateHeaders, type RequestLimits, type Tally } from '@/lib/api/rate-limit'
import { AppError, isAppError } from '@/lib/errors'
import { SCIM_BASE } from '@/lib/features/provisioning/rules'
import { mailAboutLastAdministrator } from '@/lib/features/scim/last-administrator-mail'
import { keepRequest } from '@/lib/features/scim/request-log'
import { log } from '@/lib/log'
import { requestFacts } from '@/lib/request'
import { ScimError } from '@/lib/scim/error'
import { checkStorable, unstorableAt } from '@/lib/scim/storable'
import { refusalAnswer, respondScim, type ScimAnswer } from './answer'
import type { ScimCall } from './call'
import { findRoute, type ScimRoute } from './routes'

/** The directory whose token this is; a bad one counts against its address. */
async function authenticate(context: Context, tally: Tally): Promise<DirectoryActor> {
  const header = (context.req.header('authorization') ?? '').trim()
  const secret = secretIn(header)
  const found = secret === undefined ? null : await actorOfScimToken(secret)
  if (found && 'type' in found) return found
  await tally.count('failures', requestFacts().address)
  if (header === '') throw noCredential('SCIM token')
  throw new AppError('unauthenticated', found?.message ?? 'the `Authorization` header is not `Bearer <SCIM token>`')
}

/** The last administrator stays, and the others are told that somebody tried. */
async function tellAdministrators(actor: DirectoryActor, error: unknown, context: Context): Promise<void> {
  if (!isAppError(error) || error.code !== 'last-administrator') return
  await mailAboutLastAdministrator(actor, `${context.req.method} ${context.req.path}`).catch((failed: unknown) => log().error({ err: failed }, 'administrators could not be told'))
}

type Handled = { answer: ScimAnswer; body: unknown }

async function handle(context: Context, route: ScimRoute, id: string, actor: DirectoryActor): Promise<Handled> {
  let body: unknown
  try {
    body = route.takesBody ? await readJson(context.req.raw) : undefined
    checkStorable(body)
    const call: ScimCall = {
      actor, body, id, method: context.req.method === 'HEAD' ? 'GET' : context.req.method, header: (name) => context.req.header(name),
      query: (name) => {
        const values = context.req.queries(name)
        return values && values.length > 1 ? values : values?.[0]
      },
    }
    return { answer: await route.handle(call), body }
  } catch (error) {
    await tellAdministrators(actor, error, context)
    return { answer: refusalAnswer(error), body }
  }
}

function routeOf(context: Context): { route: ScimRoute; id: string } | ScimAnswer {
  const path = context.req.path.slice(SCIM_BASE.length).replace(/\/+$/, '') || '/'
  const found = findRoute(context.req.method === 'HEAD' ? 'GET' : context.req.method, path)
  if (found.kind === 'route' && unstorableAt(found.id) < 0) return found
  if (found.kind === 'unsupported') return refusalAnswer(new ScimError(501, undefined, `\`${path}\` is not supported here; /ServiceProviderConfig tells what is`))
  if (found.kind === 'none' || found.kind === 'route') return refusalAnswer(new ScimError(404, undefined, `there is no \`${context.req.path.slice(0, 200)}\`; /ResourceTypes tells what there is`))
  const answer = refusalAnswer(new ScimError(405, undefined, `\`${context.req.method}\` is not possible here; possible: ${found.allow}`))
  return { ...answer, headers: { allow: found.allow } }
}

const withLimits = (answer: ScimAnswer, limits: RateHeaders): ScimAnswer => ({ ...answer, headers: { ...limits, ...answer.headers } })

async function serve(context: Context, tally: Tally): Promise<Response> {
  const accept = context.req.header('accept')
  try {
    const started = performance.now()
    await tally.count('address', requestFacts().address)
    const actor = await authenticate(context, tally)
    await tally.count('credential', actor.token.id)
    const found = routeOf(context)
    const { answer, body } = 'route' in found ? await handle(context, found.route, found.id, actor) : { answer: found, body: undefined }
    const { pathname, search } = new URL(context.req.url)
    await keepRequest(actor, { method: context.req.method, path: pathname.slice(SCIM_BASE.length) + search, status: answer.status, request: body, answer: answer.body, milliseconds: Math.round(performance.now() - started) })
    return respondScim(withLimits(answer, tally.headers()), accept)
  } catch (error) {
    return respondScim(withLimits(refusalAnswer(error), tally.headers()), accept)
  }
}

/** Provisioning as one application. server.ts gives it every request below `/scim/v2`, inside `withRequest`. */
export function makeScim(limits: Partial<RequestLimits> = {}): { fetch: (request: Request) => Response | Promise<Response> } {
  const app = new Hono()
  const guard = makeRequestGuard(limits)
  app.all('*', (context) => serve(context, guard.begin()))
  return { fetch: (request) => app.fetch(request) }
}
