import 'server-only'
import { refresh } from 'next/cache'
import type { z } from 'zod'
import type { CorePermission } from '@/lib/access/permissions'
import { requireActor } from './browser'
import type { Operation } from './operation'
import { perform } from './perform'
import { refusalOf } from './report'
import type { ActionResult } from './result'
import type { AccountOperation } from './account-operation'
import { performForAccount } from './account-operation'

/**
 * A server action for an operation: `(org, input) => result`. Never throws; a refusal is a value.
 * After success the page's server data is refreshed.
 */
export function defineAction<P extends CorePermission | null, I extends z.ZodType, V>(operation: Operation<P, I, V>) {
  return async (org: string, input: z.input<I>): Promise<ActionResult<V>> => {
    try {
      const value = await perform(operation, requireActor(), org, input)
      refresh()
      return { ok: true, value }
    } catch (error) {
      return { ok: false, refusal: refusalOf(error) }
    }
  }
}

/** A server action for what an account does outside an organization: `(input) => result`. */
export function defineAccountAction<I extends z.ZodType, V>(operation: AccountOperation<I, V>) {
  return async (input: z.input<I>): Promise<ActionResult<V>> => {
    try {
      const value = await performForAccount(operation, requireActor(), input)
      refresh()
      return { ok: true, value }
    } catch (error) {
      return { ok: false, refusal: refusalOf(error) }
    }
  }
}
