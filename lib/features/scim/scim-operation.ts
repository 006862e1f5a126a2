import { z } from 'zod'
import type { Ctx } from '@/lib/access/context'
import type { DirectoryActor } from '@/lib/access/principals/actor'
import type { AuditEntry } from '@/lib/boundary/audit'
import { perform, prove } from '@/lib/boundary/perform'
import { lockOrganization } from '@/lib/features/members/last-administrator'
import { ScimError } from '@/lib/scim/error'
import { rehearseScim } from './rehearsals'

/** A change that a directory makes: the context, whose right to write was asked before, and which directory. */
export type DirectoryCtx = Ctx<'member:read'> & { directoryId: string }

type Work<V> = (ctx: DirectoryCtx) => Promise<{ value: V; events: readonly AuditEntry[] }>

/**
 * One change of a directory on the one road of every change. The organization is locked first, so that two requests at
 * once are done one after the other and neither loses what the other did. With a token that rehearses it is taken back.
 *
 * @param event what a refusal is told as
 */
export function performScim<V>(event: string, actor: DirectoryActor, work: Work<V>): Promise<V> {
  const run = async (ctx: Ctx<'member:write'>) => {
    await lockOrganization(ctx.tx, ctx.orgId)
    const { value, events } = await work({ ...prove(ctx, 'member:read'), directoryId: actor.directory.id })
    if (events.length > 0) await ctx.tx.directory.update({ where: { organizationId_id: { organizationId: ctx.orgId, id: actor.directory.id } }, data: { lastChangeAt: ctx.now }, select: { id: true } })
    return { value, events }
  }
  if (actor.token.rehearses) return rehearseScim(event, actor, run)
  return perform({ event, permission: 'member:write' as const, input: z.strictObject({}), run }, actor, actor.organizationId, {})
}

/** Honours `If-Match` (RFC 7644 §3.14): the tag is weak, and is compared as it stands. @throws ScimError 412 */
export function checkVersion(ifMatch: string | undefined, version: string): void {
  if (ifMatch === undefined || ifMatch.trim() === '*') return
  const plain = (tag: string) => tag.trim().replace(/^W\//, '')
  if (ifMatch.split(',').some((tag) => plain(tag) === plain(version))) return
  throw new ScimError(412, undefined, `the version is ${version} by now; read it again, then repeat the change`)
}
