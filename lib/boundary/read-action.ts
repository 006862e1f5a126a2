import 'server-only'
import type { z } from 'zod'
import type { Ctx } from '@/lib/access/context'
import type { CorePermission } from '@/lib/access/permissions'
import { requireActor } from './browser'
import { parseInput, read } from './perform'
import { refusalOf } from './report'
import type { ActionResult } from './result'

/**
 * A server action that only reads, for what a dialog needs once it opens: `(org, input) => result`. Never
 * throws; a refusal is a value. Nothing is refreshed.
 */
export function defineReadAction<P extends CorePermission, I extends z.ZodType, V>(permission: P, input: I, query: (ctx: Ctx<P extends CorePermission ? P : never>, input: z.output<I>) => Promise<V>) {
  return async (org: string, raw: z.input<I>): Promise<ActionResult<V>> => {
    try {
      const value = await read(requireActor(), org, permission, (ctx) => query(ctx, parseInput(input, raw)))
      return { ok: true, value }
    } catch (error) {
      return { ok: false, refusal: refusalOf(error) }
    }
  }
}
