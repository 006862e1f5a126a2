import 'server-only'
import type { z } from 'zod'
import type { Ctx } from '@/lib/access/context'
import type { CorePermission } from '@/lib/access/permissions'
import type { SessionActor } from '@/lib/access/principals/actor'
import { requireActor } from './browser'
import { parseInput, read } from './perform'
import { refusalOf } from './report'
import type { ActionResult } from './result'

/**
 * A server action that only reads, for what a dialog needs once it opens: `(org, input) => result`. Never
 * throws; a refusal is a value. Nothing is refreshed.
 */
export function defineReadAction<P extends CorePermission | null, I extends z.ZodType, V>(permission: P, input: I, query: (ctx: Ctx<P extends CorePermission ? P : never>, input: z.output<I>) => Promise<V>) {
  return async (org: string, raw: z.input<I>): Promise<ActionResult<V>> => {
    try {
      const value = await read(requireActor(), org, permission, (ctx) => query(ctx, parseInput(input, raw)))
      return { ok: true, value }
    } catch (error) {
      return { ok: false, refusal: refusalOf(error) }
    }
  }
}

/** The same for what needs no organization: whoever is signed in may ask. */
export function defineAccountReadAction<I extends z.ZodType, V>(input: I, query: (actor: SessionActor, input: z.output<I>) => V | Promise<V>) {
  return async (raw: z.input<I>): Promise<ActionResult<V>> => {
    try {
      return { ok: true, value: await query(requireActor(), parseInput(input, raw)) }
    } catch (error) {
      return { ok: false, refusal: refusalOf(error) }
    }
  }
}
