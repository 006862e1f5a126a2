import { setTimeout as sleep } from 'node:timers/promises'
import type { z } from 'zod'
import type { SessionActor } from '@/lib/access/principals/actor'
import { now } from '@/lib/clock'
import { transaction, type Tx } from '@/lib/db'
import { countAttempt, type LimitName } from '@/lib/rate-limit'
import { requestFacts } from '@/lib/request'
import { writeAudit, type AuditActor, type AuditEntry, type AuditOutcome } from './audit'
import { asAppError, parseInput } from './perform'

/** What happened, for one organization; `outcome` is success unless told otherwise. */
export type PublicEvent = AuditEntry & { organizationId: string; actor: AuditActor; outcome?: AuditOutcome }

export type PublicCtx = {
  now: Date
  /** Who this browser is signed in as already, if anybody. */
  browser: SessionActor | null
  /** Runs the change and its audit in one transaction. Slow work such as hashing belongs before it. */
  write: <T>(work: (tx: Tx) => Promise<{ value: T; events: readonly PublicEvent[] }>) => Promise<T>
}

export type Attempt = { name: LimitName; by: string }

/** What somebody may ask for who is not signed in: signing in, a reset, following a mailed link. */
export type PublicOperation<I extends z.ZodType, V> = {
  event: string
  input: I
  /** Attempts to count before anything is looked up; at least one. */
  limits: (input: z.output<I>, address: string) => readonly [Attempt, ...Attempt[]]
  run: (ctx: PublicCtx, input: z.output<I>) => Promise<V>
}

export type AnyPublicOperation = { event: string; input: z.ZodType }

const registry = new Map<string, AnyPublicOperation>()

export function publicOperation<I extends z.ZodType, V>(declared: PublicOperation<I, V>): PublicOperation<I, V> {
  registry.set(declared.event, declared)
  return declared
}

/** All public operations of the modules loaded so far. */
export const declaredPublicOperations = (): readonly AnyPublicOperation[] => [...registry.values()]

/**
 * Input (422), rate limits (429), then the work; each of its writes with its audit in one transaction.
 *
 * @param browser who the asking browser is signed in as already
 * @throws AppError
 */
export async function performPublic<I extends z.ZodType, V>(operation: PublicOperation<I, V>, raw: unknown, browser: SessionActor | null = null): Promise<V> {
  try {
    const input = parseInput(operation.input, raw)
    for (const { name, by } of operation.limits(input, requestFacts().address)) await countAttempt(name, by)
    return await operation.run({ now: now(), browser, write: (work) => write(operation.event, work) }, input)
  } catch (error) {
    throw asAppError(error)
  }
}

function write<T>(event: string, work: (tx: Tx) => Promise<{ value: T; events: readonly PublicEvent[] }>): Promise<T> {
  return transaction(async (tx) => {
    const { value, events } = await work(tx)
    await writeAudit(tx, events.map((entry) => ({ ...entry, event: entry.event ?? event, outcome: entry.outcome ?? 'success' })))
    return value
  })
}

/** Does the work and answers no sooner than `ms`, so that the time taken does not tell whether there was something to do. */
export async function noSoonerThan<T>(ms: number, work: () => Promise<T>): Promise<T> {
  const [result] = await Promise.allSettled([work(), sleep(ms)])
  if (result.status === 'rejected') throw result.reason
  return result.value
}
