import { z } from 'zod'
import type { Ctx } from '@/lib/access/context'
import type { DirectoryActor } from '@/lib/access/principals/actor'
import type { AuditEntry } from '@/lib/boundary/audit'
import type { Operation } from '@/lib/boundary/operation'
import { rehearse } from '@/lib/boundary/rehearsal'
import { isAppError } from '@/lib/errors'
import { describePreview } from '@/lib/features/access-preview/describe'
import type { AccessPreviewView } from '@/lib/features/access-preview/rules'
import { predicateOf } from '@/lib/features/audit-events/sentences'
import { ADDED_MAX, type RehearsedChange } from '@/lib/features/provisioning/rules'
import { ScimError } from '@/lib/scim/error'

/** What requests under way would have changed, kept until they are written down; nothing outlives its request here. */
const noted = new WeakMap<DirectoryActor, RehearsedChange>()

/** What this request would have changed; null where it would have changed nothing, or counts. */
export const rehearsedBy = (actor: DirectoryActor): RehearsedChange | null => noted.get(actor) ?? null

const inWords = (entry: AuditEntry, event: string): string =>
  predicateOf({
    event: entry.event ?? event, outcome: 'success', actor: { type: 'directory', name: '' }, targets: entry.targets,
    before: entry.before ?? null, after: entry.after ?? null, detail: entry.detail ?? null,
  }).map(({ text }) => text).join('')

/** Somebody who would come with the change has no row to be named by: the change itself names them. */
function named(preview: AccessPreviewView, told: readonly AuditEntry[]): AccessPreviewView {
  const targets = new Map(told.flatMap((entry) => entry.targets.map((target) => [target.id, target] as const)))
  const withName = (lines: AccessPreviewView['gains']) => lines.slice(0, ADDED_MAX).map(({ principal, ...line }) => ({ ...line, principal: (principal.type === 'unknown' ? targets.get(principal.id) : undefined) ?? principal }))
  const more = (lines: readonly unknown[]): number => Math.max(0, lines.length - ADDED_MAX)
  return {
    ...preview, losses: withName(preview.losses), gains: withName(preview.gains), moreLosses: preview.moreLosses + more(preview.losses), moreGains: preview.moreGains + more(preview.gains),
  }
}

type Outcome<V> = { value: V; events: readonly AuditEntry[] }
type Work<V> = (ctx: Ctx<'member:write'>) => Promise<Outcome<V>>

async function previewOf<V>(operation: Operation<'member:write', z.ZodType, V>, actor: DirectoryActor): Promise<AccessPreviewView> {
  try {
    return await rehearse(operation, actor, actor.organizationId, {}, describePreview)
  } catch (error) {
    // Administrators are told by mail of an attempt at the last of them; a rehearsal is none.
    if (isAppError(error) && error.code === 'last-administrator') throw new ScimError(409, undefined, `rehearsal: this would be refused: ${error.message}`)
    throw error
  }
}

/**
 * A change of a directory whose token rehearses: carried out, noted with whose access it would change, and taken back. What
 * would change nothing is answered as ever; what would is refused, so that the identity provider keeps no id of something
 * that is not there and sends it again later.
 *
 * @throws ScimError 409 that says what would have been done, or what would be refused
 */
export async function rehearseScim<V>(event: string, actor: DirectoryActor, work: Work<V>): Promise<V> {
  const done: { outcome: Outcome<V> | null } = { outcome: null }
  const operation: Operation<'member:write', z.ZodType, V> = {
    event, permission: 'member:write', input: z.strictObject({}),
    run: async (ctx) => {
      const outcome = await work(ctx)
      done.outcome = outcome
      return outcome
    },
  }
  const preview = await previewOf(operation, actor)
  if (done.outcome === null) throw new Error('a rehearsal did nothing')
  const { value, events } = done.outcome
  if (events.length === 0) return value
  const deeds = events.map((entry) => inWords(entry, event))
  noted.set(actor, { deeds: deeds.slice(0, ADDED_MAX), moreDeeds: Math.max(0, deeds.length - ADDED_MAX), preview: named(preview, events) })
  throw new ScimError(409, undefined, `rehearsal: nothing was changed, since the token ${actor.token.name} rehearses; it would have ${deeds.slice(0, 3).join(', ')}${deeds.length > 3 ? ` and done ${deeds.length - 3} more` : ''}`)
}
