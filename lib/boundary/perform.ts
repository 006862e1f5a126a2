import type { z } from 'zod'
import type { Ctx, Entered } from '@/lib/access/context'
import { asMember, enter, requirePermission } from '@/lib/access/enter'
import type { CorePermission } from '@/lib/access/permissions'
import type { Actor } from '@/lib/access/principals/actor'
import { requireRecentAuthentication } from '@/lib/access/principals/recent'
import { requireForBreakGlass } from '@/lib/access/way-in'
import { db, transaction } from '@/lib/db'
import { AppError, isAppError } from '@/lib/errors'
import { auditActorOf, writeAudit, type AuditEntry, type AuditOutcome } from './audit'
import { translateDatabaseError } from './database-errors'
import type { Operation, Outcome } from './operation'

/** Where in the input there is text that no database takes (a NUL, half a surrogate pair), or null. */
function unstorablePath(raw: unknown, path: string[] = []): string | null {
  if (typeof raw === 'string') return raw.includes('\0') || /\p{Surrogate}/u.test(raw) ? path.join('.') : null
  // No schema goes that deep; a body made to exhaust the stack does.
  if (typeof raw !== 'object' || raw === null || path.length > 100) return null
  for (const [key, value] of Object.entries(raw)) {
    const found = unstorablePath(value, [...path, key])
    if (found !== null) return found
  }
  return null
}

/** Input against its schema. @throws AppError `invalid-input` with a message for each field */
export function parseInput<I extends z.ZodType>(schema: I, raw: unknown): z.output<I> {
  const unstorable = unstorablePath(raw)
  if (unstorable !== null) throw new AppError('invalid-input', `\`${unstorable}\`: it holds a character that is no text`, { fields: [{ path: unstorable, message: 'Leave out the character that is no text' }] })
  const parsed = schema.safeParse(raw)
  if (parsed.success) return parsed.data
  const fields = parsed.error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({ path: [...issue.path, key].join('.'), message: 'This is not known here' }))
      : [{ path: issue.path.join('.'), message: issue.message }])
  throw new AppError('invalid-input', fields.map((f) => (f.path ? `\`${f.path}\`: ${f.message}` : f.message)).join('; '), { fields })
}

/** Errors of the database become ours; everything else passes. */
export const asAppError = (error: unknown): unknown => (isAppError(error) ? error : (translateDatabaseError(error) ?? error))

/** The proof of a permission, or with null of membership. @throws AppError `forbidden` */
export function prove<P extends CorePermission | null>(entered: Entered, permission: P, scope?: string): Ctx<P extends CorePermission ? P : never>
export function prove(entered: Entered, permission: CorePermission | null, scope?: string): Ctx<CorePermission> | Ctx {
  return permission === null ? asMember(entered) : requirePermission(entered, permission, scope)
}

const entriesOf = <V>(outcome: Outcome<V>): readonly AuditEntry[] => ('events' in outcome ? outcome.events : [outcome])

/** Refusals are told too: without permission as `denied`, for a rule (409) as `failed`. */
async function recordRefusal(entered: Entered, event: string, error: unknown): Promise<void> {
  if (!isAppError(error)) return
  const outcome: AuditOutcome | null = error.code === 'forbidden' ? 'denied' : error.status === 409 ? 'failed' : null
  if (outcome === null) return
  const detail = { code: error.code, message: error.message, ...(error.extras.missing && { missing: error.extras.missing }) }
  await writeAudit(db(), [{ organizationId: entered.orgId, event, outcome, actor: auditActorOf(entered), targets: [], detail }])
}

export type PerformOptions = {
  /** Runs in the transaction before the work, e.g. an If-Match check. */
  precondition?: (ctx: Ctx) => Promise<void>
}

/**
 * The one road of every change: organization through membership (404), permission held anywhere
 * (403), input (422), permission at this scope (403), for what is dangerous a recent proof (403), then work and audit in one transaction.
 *
 * @param org address slug or id of the organization
 * @throws AppError
 */
export async function perform<P extends CorePermission | null, I extends z.ZodType, V>(
  operation: Operation<P, I, V>, actor: Actor, org: string, raw: unknown, options: PerformOptions = {},
): Promise<V> {
  let entered: Entered | undefined
  try {
    return await transaction(async (tx) => {
      const inside = await enter(tx, actor, org)
      entered = inside
      requireForBreakGlass(inside, operation.mayBeThroughGlass)
      prove(inside, operation.permission)
      const input = parseInput(operation.input, raw)
      const ctx = prove(inside, operation.permission, (await operation.scope?.(input, inside)) ?? inside.orgId)
      if (operation.recent === true || (await operation.recent?.(input, inside))) requireRecentAuthentication(actor, inside.now)
      await options.precondition?.(asMember(inside))
      const outcome = await operation.run(ctx, input)
      await writeAudit(tx, entriesOf(outcome).map((entry) => ({
        ...entry, organizationId: inside.orgId, event: entry.event ?? operation.event, outcome: 'success' as const, actor: auditActorOf(inside),
      })))
      return outcome.value
    }, operation.timeoutMs)
  } catch (caught) {
    const error = asAppError(caught)
    if (entered) await recordRefusal(entered, operation.event, error).catch(() => undefined)
    throw error
  }
}

/** Reads on the pool, with the proof of a permission held anywhere. @throws AppError */
export async function read<P extends CorePermission | null, T>(actor: Actor, org: string, permission: P, query: (ctx: Ctx<P extends CorePermission ? P : never>) => Promise<T>): Promise<T> {
  try {
    return await query(prove(await enter(db(), actor, org, actor.type === 'credential' ? actor.entrance : undefined), permission))
  } catch (error) {
    throw asAppError(error)
  }
}
