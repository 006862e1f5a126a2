import { ScimError } from '@/lib/scim/error'
import type { ScimAnswer } from './answer'
import type { ScimCall } from './call'
import { listResponse, resourceTypes, schemas, serviceProviderConfig } from './discovery'
import { createGroupRoute, deleteGroupRoute, findGroupRoute, listGroupRoute, patchGroupRoute, replaceGroupRoute, searchGroupRoute } from './groups'
import { listRootRoute, searchRootRoute } from './root-search'
import { createUserRoute, deleteUserRoute, findUserRoute, listUserRoute, patchUserRoute, replaceUserRoute, searchUserRoute } from './users'

export type ScimRoute = { takesBody: boolean; handle: (call: ScimCall) => Promise<ScimAnswer> | ScimAnswer }

const reads = (handle: ScimRoute['handle']): ScimRoute => ({ takesBody: false, handle })
const writes = (handle: ScimRoute['handle']): ScimRoute => ({ takesBody: true, handle })

/** What describes the service is not searched (RFC 7644 §4). */
const told = (body: (id: string) => unknown): ScimRoute => reads((call) => {
  if (call.query('filter') !== undefined) throw new ScimError(403, undefined, 'what describes the service is not filtered')
  const found = body(call.id)
  if (found === undefined) throw new ScimError(404, undefined, `there is no \`${call.id.slice(0, 200)}\` here`)
  return { status: 200, body: found }
})

const oneOf = (all: readonly { id: string }[], id: string): unknown => all.find((each) => each.id.toLowerCase() === id.toLowerCase())

type Methods = Readonly<Record<string, ScimRoute>>

/** By path; `*` stands for an id. */
const ROUTES: Readonly<Record<string, Methods>> = {
  '/': { GET: reads(listRootRoute) },
  '/.search': { POST: writes(searchRootRoute) },
  '/ServiceProviderConfig': { GET: told(() => serviceProviderConfig()) },
  '/ServiceProviderConfigs': { GET: told(() => serviceProviderConfig()) },
  '/ResourceTypes': { GET: told(() => listResponse(resourceTypes().length, 1, resourceTypes())) },
  '/ResourceTypes/*': { GET: told((id) => oneOf(resourceTypes(), id)) },
  '/Schemas': { GET: told(() => listResponse(schemas().length, 1, schemas())) },
  '/Schemas/*': { GET: told((id) => oneOf(schemas(), id)) },
  '/Users': { GET: reads(listUserRoute), POST: writes(createUserRoute) },
  '/Users/.search': { POST: writes(searchUserRoute) },
  '/Users/*': { GET: reads(findUserRoute), PUT: writes(replaceUserRoute), PATCH: writes(patchUserRoute), DELETE: reads(deleteUserRoute) },
  '/Groups': { GET: reads(listGroupRoute), POST: writes(createGroupRoute) },
  '/Groups/.search': { POST: writes(searchGroupRoute) },
  '/Groups/*': { GET: reads(findGroupRoute), PUT: writes(replaceGroupRoute), PATCH: writes(patchGroupRoute), DELETE: reads(deleteGroupRoute) },
}

/** Every method and path there is, `*` standing for an id. */
export const scimRoutes = Object.entries(ROUTES).flatMap(([path, methods]) => Object.keys(methods).map((method) => ({ method, path })))

/** Known to SCIM, and announced as not supported. */
const UNSUPPORTED = /^\/(?:Bulk|Me)(?:\/|$)/i

export type FoundRoute = { kind: 'route'; route: ScimRoute; id: string } | { kind: 'other-method'; allow: string } | { kind: 'unsupported' } | { kind: 'none' }

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** The route of a method and a path below `/scim/v2`; the names of endpoints are taken in any case. */
export function findRoute(method: string, path: string): FoundRoute {
  if (UNSUPPORTED.test(path)) return { kind: 'unsupported' }
  const [, first = '', second, ...more] = path.split('/')
  const names = Object.keys(ROUTES)
  const exact = names.find((name) => name.toLowerCase() === path.toLowerCase())
  const pattern = exact ?? (second !== undefined && more.length === 0 ? names.find((name) => name.toLowerCase() === `/${first.toLowerCase()}/*`) : undefined)
  const methods = pattern === undefined ? undefined : ROUTES[pattern]
  if (!methods) return { kind: 'none' }
  const route = Object.hasOwn(methods, method) ? methods[method] : undefined
  if (route) return { kind: 'route', route, id: exact === undefined ? decoded(second ?? '') : '' }
  return { kind: 'other-method', allow: Object.keys(methods).join(', ') }
}
