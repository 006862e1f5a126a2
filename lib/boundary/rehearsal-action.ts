import 'server-only'
import type { z } from 'zod'
import type { Ctx } from '@/lib/access/context'
import type { CorePermission } from '@/lib/access/permissions'
import type { AccessPreview } from '@/lib/access/preview'
import { requireActor } from './browser'
import { chosenIds, type Rest } from './bulk-action'
import type { Operation } from './operation'
import { rehearse, rehearseAll } from './rehearsal'
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

/** The same for several ids at once: what all of it would change together. */
export function defineBulkRehearsal<P extends CorePermission | null, I extends z.ZodType<unknown, { id: string }>, V, T>(operation: Operation<P, I, V>, tell: (ctx: Ctx, preview: AccessPreview) => Promise<T>) {
  return async (org: string, ids: readonly string[], more?: Rest<I>): Promise<ActionResult<T>> => {
    try {
      return { ok: true, value: await rehearseAll(operation, requireActor(), org, chosenIds(ids).map((id) => ({ ...more, id })), tell) }
    } catch (error) {
      return { ok: false, refusal: refusalOf(error) }
    }
  }
}
