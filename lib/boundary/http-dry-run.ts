import { z } from 'zod'
import type { Ctx } from '@/lib/access/context'
import type { CorePermission } from '@/lib/access/permissions'
import type { ApiRoute, Call } from './http-route'
import { parseParams, parseQuery } from './http-schema'
import { parseInput, read } from './perform'

const DryRun = z.enum(['true', 'false'], { error: 'expected `true` or `false`' }).optional()
  .meta({ description: 'With `true` nothing is changed: the answer tells what would come of it.', example: 'true' })

/** Query of a route that can be tried out. */
export const dryRunQuery = z.strictObject({ dryRun: DryRun })

export type Rehearsal<P extends CorePermission, I extends z.ZodType, V> = {
  permission: P
  /** The body, or left out: it is not looked at. */
  body: I
  output: z.ZodType<unknown, V>
  find: (ctx: Ctx<P extends CorePermission ? P : never>, body: z.output<I>, params: Call['params'], query: Call['query']) => Promise<V>
}

/**
 * A route that changes something and, asked with `?dryRun=true`, only tells what would come of it. The route declares
 * `dryRunQuery` as its query, or extends it by what else it takes.
 */
export function withDryRun<P extends CorePermission, I extends z.ZodType, V>(route: ApiRoute, { permission, body, output, find }: Rehearsal<P, I, V>): ApiRoute {
  return {
    ...route,
    doc: { ...route.doc, success: { ...route.doc.success, dryRun: output } },
    handle: (call) => {
      if (call.query['dryRun'] !== 'true') return route.handle(call)
      const { actor } = call
      return read(actor, actor.organizationId, permission, (ctx) => {
        parseQuery(route.doc.query, call)
        parseParams(route.doc.params, call)
        return find(ctx, parseInput(body, call.body), call.params, call.query)
      })
        .then((found) => ({ status: 200, body: output.parse(found) }))
    },
  }
}
