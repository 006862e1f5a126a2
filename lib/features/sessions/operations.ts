import { endSessions, excludeSessions } from '@/lib/access/principals/session'
import { accountOperation, eventsOfMemberships } from '@/lib/boundary/account-operation'
import { operation } from '@/lib/boundary/operation'
import { AppError } from '@/lib/errors'
import { EndMemberSessionsInput, EndOtherSessionsInput, EndSessionInput } from './schema'

/** Ends one session of one's own; ending the present one is signing out. @throws AppError `not-found` */
export const endSession = accountOperation({
  event: 'session.end',
  input: EndSessionInput,
  mayBeThroughConnection: true,
  run: async ({ tx, actor }, { sessionId }) => {
    if (actor.through && sessionId !== actor.sessionId) throw new AppError('not-found', 'this session has ended already, or is not yours')
    const reason = sessionId === actor.sessionId ? 'signed-out' : 'ended-by-owner'
    const ended = await endSessions(tx, actor.accountId, reason, { only: sessionId })
    if (ended === 0) throw new AppError('not-found', 'this session has ended already, or is not yours')
    const entry = { targets: [{ type: 'session', id: sessionId, name: '' }], detail: { reason } }
    return { value: { ended }, events: await eventsOfMemberships(tx, actor.accountId, entry) }
  },
})

/** Ends all sessions of one's own but the present one. */
export const endOtherSessions = accountOperation({
  event: 'session.end-all',
  input: EndOtherSessionsInput,
  run: async ({ tx, actor }) => {
    const ended = await endSessions(tx, actor.accountId, 'ended-by-owner', { except: actor.sessionId })
    const entry = { targets: [], detail: { ended } }
    return { value: { ended }, events: ended === 0 ? [] : await eventsOfMemberships(tx, actor.accountId, entry) }
  },
})

/**
 * Closes this organization to a member's sessions, all or one. The sessions stay open for other
 * organizations, which are none of this administrator's business.
 *
 * @throws AppError `not-found` when there is no such member or session
 */
export const endMemberSessions = operation({
  event: 'member.end-sessions',
  permission: 'session:others',
  input: EndMemberSessionsInput,
  run: async (ctx, { userId, sessionId }) => {
    const member = await ctx.tx.membership.findUnique({
      where: { organizationId_id: { organizationId: ctx.orgId, id: userId } },
      select: { id: true, email: true, accountId: true },
    })
    if (!member) throw new AppError('not-found', `no user \`${userId}\``)
    const ended = member.accountId === null ? 0 : await excludeSessions(ctx.tx, member.accountId, ctx.orgId, sessionId)
    if (sessionId !== undefined && ended === 0) throw new AppError('not-found', 'this session has ended already, or is not of this user')
    return { value: { ended }, targets: [{ type: 'user', id: member.id, name: member.email }], detail: { ended, ...(sessionId && { sessionId }) } }
  },
})
