import 'server-only'
import { refresh } from 'next/cache'
import type { z } from 'zod'
import type { CorePermission } from '@/lib/access/permissions'
import { AppError } from '@/lib/errors'
import { requireActor } from './browser'
import type { BulkAnswer } from './bulk-answer'
import type { Operation } from './operation'
import { perform } from './perform'
import { refusalOf } from './report'
import type { ActionResult } from './result'

const MOST = 200

/** Ids that somebody chose. @throws AppError `invalid-input` for too many */
export function chosenIds(ids: unknown): readonly string[] {
  if (!Array.isArray(ids) || ids.length > MOST) throw new AppError('invalid-input', `choose at most ${MOST} rows at once`)
  return ids.map(String)
}

export type Rest<I extends z.ZodType<unknown, { id: string }>> = Partial<Omit<z.input<I>, 'id'>>

/**
 * A server action that does one operation for each of several ids: `(org, ids, more) => answers`. Each id is a
 * transaction and an audit event of its own, so that one refusal leaves the others done.
 *
 * @param fixed what the operation's input holds besides the id, whatever is asked; `more` is the asker's part of it
 */
export function defineBulkAction<P extends CorePermission | null, I extends z.ZodType<unknown, { id: string }>, V>(operation: Operation<P, I, V>, fixed?: Rest<I>) {
  return async (org: string, ids: readonly string[], more?: Rest<I>): Promise<ActionResult<BulkAnswer[]>> => {
    try {
      const actor = requireActor()
      const answers: BulkAnswer[] = []
      for (const id of chosenIds(ids)) {
        const refusal = await perform(operation, actor, org, { ...more, ...fixed, id }).then(() => null, refusalOf)
        // Nothing is done yet: the person proves who they are, and the whole is asked again.
        if (refusal?.code === 'confirmation-required' && answers.length === 0) return { ok: false, refusal }
        answers.push({ id, refusal })
      }
      refresh()
      return { ok: true, value: answers }
    } catch (error) {
      return { ok: false, refusal: refusalOf(error) }
    }
  }
}
