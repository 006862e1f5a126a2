import type { z } from 'zod'
import type { SessionActor } from '@/lib/access/principals/actor'
import { requireRecentAuthentication } from '@/lib/access/principals/recent'
import { now } from '@/lib/clock'
import { transaction, type Tx } from '@/lib/db'
import { auditActorOfAccount, writeAudit, type AuditEntry } from './audit'
import { AppError } from '@/lib/errors'
import { asAppError, parseInput } from './perform'

export type AccountCtx = { tx: Tx; actor: SessionActor; now: Date }

/** What an account changes outside any one organization: its name, its password, a new organization. */
export type AccountOperation<I extends z.ZodType, V> = {
  event: string
  input: I
  /** Dangerous: the person must have proven within ten minutes that it is them. Given a function, only when it says so. */
  recent?: true | ((actor: SessionActor) => boolean)
  /**
   * Whether a session may do it that came through an organization's connection. The account is the person's own, and an
   * identity provider must not become it: only what ends a session may be done.
   */
  mayBeThroughConnection?: true
  /** Slow or counted work outside the transaction: proving the current password. */
  before?: (actor: SessionActor, input: z.output<I>) => Promise<void>
  /** `events` go to the organizations concerned, with the account as actor. */
  run: (ctx: AccountCtx, input: z.output<I>) => Promise<{ value: V; events: readonly (AuditEntry & { organizationId: string })[] }>
}

const registry = new Map<string, AccountOperation<z.ZodType, unknown>['event']>()

export function accountOperation<I extends z.ZodType, V>(declared: AccountOperation<I, V>): AccountOperation<I, V> {
  registry.set(declared.event, declared.event)
  return declared
}

export const declaredAccountOperations = (): readonly string[] => [...registry.keys()]

/** @throws AppError `session-elsewhere` for a session that opens one organization and not the account */
function requireOwnSession(operation: { mayBeThroughConnection?: true }, actor: SessionActor): void {
  if (!actor.through || operation.mayBeThroughConnection) return
  throw new AppError('session-elsewhere', 'this session came through the identity provider of an organization and opens that one only; to change your account, sign in with your own password')
}

/** Input (422), then work and audit in one transaction. @throws AppError */
export async function performForAccount<I extends z.ZodType, V>(operation: AccountOperation<I, V>, actor: SessionActor, raw: unknown): Promise<V> {
  try {
    const input = parseInput(operation.input, raw)
    if (operation.recent === true || operation.recent?.(actor)) requireRecentAuthentication(actor, now())
    requireOwnSession(operation, actor)
    await operation.before?.(actor, input)
    return await transaction(async (tx) => {
      const { value, events } = await operation.run({ tx, actor, now: now() }, input)
      await writeAudit(tx, events.map((entry) => ({ ...entry, event: entry.event ?? operation.event, outcome: 'success' as const, actor: auditActorOfAccount(actor) })))
      return value
    })
  } catch (error) {
    throw asAppError(error)
  }
}

/** Events of an account in every organization it is an active member of (signing in and out, a new password), with its membership as a target. */
export async function eventsOfMemberships(tx: Tx, accountId: string, entry: AuditEntry): Promise<(AuditEntry & { organizationId: string })[]> {
  const memberships = await tx.membership.findMany({ where: { accountId, status: 'active' }, select: { id: true, email: true, organizationId: true } })
  return memberships.map(({ id, email, organizationId }) => ({
    ...entry, organizationId, targets: [...entry.targets, { type: 'user', id, name: email }],
  }))
}
