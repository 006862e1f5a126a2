import 'server-only'
import type { z } from 'zod'
import type { Ctx } from '@/lib/access/context'
import type { CorePermission } from '@/lib/access/permissions'
import type { AccessPreview } from '@/lib/access/preview'
import { requireActor } from './browser'
import type { Operation } from './operation'
import { rehearse } from './rehearsal'
import { refusalOf } from './report'
import type { ActionResult } from './result'

/** A server action that rehearses an operation, for what a dialog shows before it is done. Never throws; a refusal is a value. */
export function defineRehearsal<P extends CorePermission | null, I extends z.ZodType, V, T>(operation: Operation<P, I, V>, tell: (ctx: Ctx, preview: AccessPreview) => Promise<T>) {
  return async (org: string, input: z.input<I>): Promise<ActionResult<T>> => {
    try {
      return { ok: true, value: await rehearse(operation, requireActor(), org, input, tell) }
    } catch (error) {
      return { ok: false, refusal: refusalOf(error) }
    }
  }
}
