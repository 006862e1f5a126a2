import type { z } from 'zod'
import type { Ctx, Entered } from '@/lib/access/context'
import type { CorePermission } from '@/lib/access/permissions'
import type { AuditEntry } from './audit'

/** What an operation's work gives back: the value for the caller, and what the audit log is told. */
export type Outcome<V> = { value: V } & (Omit<AuditEntry, 'event'> | { events: readonly AuditEntry[] })

/**
 * One change that somebody may make in an organization. Console, API and local command all call it
 * through `perform`, which checks, runs and audits in one transaction.
 */
export type Operation<P extends CorePermission | null, I extends z.ZodType, V> = {
  /** `noun.verb`, as the audit log names it. */
  event: string
  /** What the actor must hold; null: active membership suffices, for what is one's own. */
  permission: P
  input: I
  /**
   * Where the permission must be held; left out: at the organization. It may look up where what the input names
   * lies. A resource the organization does not have is 404, before anything is said about permissions.
   */
  scope?: (input: z.output<I>, entered: Entered) => string | undefined | Promise<string | undefined>
  /**
   * Dangerous: a person must have proven within ten minutes that it is them. Given a function, only when it says so.
   * Credentials and the local command are not asked (decision 12).
   */
  recent?: true | ((input: z.output<I>, entered: Entered) => boolean | Promise<boolean>)
  /** A session that a break-glass code opened may do it; left out, it is refused whatever its holder's rights are. */
  mayBeThroughGlass?: true
  /** What its transaction may take at most, for what takes a hundred thousand rows; left out, 15 s. */
  timeoutMs?: number
  run: (ctx: Ctx<P extends CorePermission ? P : never>, input: z.output<I>) => Promise<Outcome<V>>
}

export type AnyOperation = { event: string; permission: CorePermission | null; input: z.ZodType }

const registry = new Map<string, AnyOperation>()

/** Declares an operation; the registry is what the contract test walks. */
export function operation<const P extends CorePermission | null, I extends z.ZodType, V>(declared: Operation<P, I, V>): Operation<P, I, V> {
  registry.set(declared.event, declared)
  return declared
}

/** All operations of the modules loaded so far. */
export const declaredOperations = (): readonly AnyOperation[] => [...registry.values()]
