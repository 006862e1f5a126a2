import type { z } from 'zod'
import type { CorePermission } from '@/lib/access/permissions'
import { entryOf, type Answer, type ApiRoute, type Call, type Described, type RouteDoc } from './http-route'

export type OpenRoute = Described & {
  method: 'get' | 'post'
  permission: CorePermission | null
  query?: z.ZodType
  success: RouteDoc['success']
  /** Checks and audits for itself, on the same road. */
  open: (call: Call) => Promise<Answer>
}

/** A route whose work is no single query or operation: a stream, or what runs longer than a transaction may. */
export function defineOpen({ method, permission, query, success, open, ...described }: OpenRoute): ApiRoute {
  return { ...entryOf(method, described, { query }, success), permission, hasVersion: false, takesBody: false, handle: open }
}

/**
 * One address whose body says which of several routes is meant.
 *
 * @param keyOf reads the choice out of a body nothing of which has been checked; when it names none the first route refuses it
 */
export function defineChoice(routes: Readonly<Record<string, ApiRoute>>, keyOf: (body: unknown) => unknown, doc: Partial<RouteDoc>): ApiRoute {
  const [first] = Object.values(routes)
  if (!first) throw new Error('a choice of routes needs one')
  return {
    ...first,
    doc: { ...first.doc, ...doc },
    handle: (call) => {
      const key = keyOf(call.body)
      const chosen = typeof key === 'string' && Object.hasOwn(routes, key) ? routes[key] : first
      return (chosen ?? first).handle(call)
    },
  }
}
