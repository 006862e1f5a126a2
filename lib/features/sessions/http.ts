import { z } from 'zod'
import { defineRead, defineRoute } from '@/lib/boundary/http'
import { idText, listOf, pageQuery, Time } from '@/lib/boundary/http-schema'
import { listSessions } from './list'
import { endMemberSessions } from './operations'
import { EndMemberSessionsInput } from './schema'

const EXAMPLE_ID = 'ses_019a0b6e-8000-7ddd-8e10-2a3b4c5d6e7f'
const USER_ID = 'usr_019a0b6e-5b1c-7d3e-8f10-2a3b4c5d6e7f'

const Session = z.object({
  id: idText(EXAMPLE_ID, 'Id of the session; it opens nothing.'),
  user: z.object({ id: z.string(), name: z.string(), email: z.string() }),
  method: z.string().meta({ description: 'How the person proved who they are.', example: 'password' }),
  connection: z.object({ id: z.string(), name: z.string() }).nullable().meta({ description: 'The organization’s connection it came through.' }),
  secondFactor: z.string().nullable().meta({ description: 'The second factor it has shown: `totp`, `passkey` or `recovery-code`.' }),
  device: z.string().meta({ description: 'The browser in words.' }),
  userAgent: z.string(),
  address: z.string().meta({ description: 'Where it was last seen.' }),
  createdAt: Time,
  lastSeenAt: Time,
  expiresAt: Time,
}).meta({ id: 'Session', description: 'A signed-in browser that reaches the organization.' })

const example = {
  data: [{
    id: EXAMPLE_ID, user: { id: USER_ID, name: 'Member 42', email: 'member42@acme.test' }, method: 'password', connection: null, secondFactor: 'totp', device: 'Firefox on Linux', userAgent: 'Mozilla/5.0 …',
    address: '192.0.2.7', createdAt: '2026-11-22T08:00:00.000Z', lastSeenAt: '2026-11-22T09:30:00.000Z', expiresAt: '2026-12-22T08:00:00.000Z',
  }],
  nextCursor: null,
}

const userId = EndMemberSessionsInput.shape.userId.meta({ description: 'Id of the user.', example: USER_ID })
const UserParams = z.object({ id: userId })
const Query = z.strictObject(pageQuery)
const tag = 'Sessions'

export const sessionRoutes = [
  defineRead({
    path: '/sessions',
    tag,
    summary: 'List sessions',
    description: 'Open sessions of all members that reach this organization, the newest first.',
    permission: 'session:others',
    query: Query,
    output: listOf(Session),
    example,
    read: async (ctx, { query }) => {
      const { rows, nextCursor } = await listSessions(ctx, query)
      return { data: rows, nextCursor }
    },
  }),
  defineRead({
    path: '/users/{id}/sessions',
    tag,
    summary: 'List a user’s sessions',
    permission: 'session:others',
    params: UserParams,
    query: Query,
    output: listOf(Session),
    example,
    read: async (ctx, { params, query }) => {
      const { rows, nextCursor } = await listSessions(ctx, { userId: params.id, ...query })
      return { data: rows, nextCursor }
    },
  }),
  defineRoute({
    method: 'delete',
    path: '/users/{id}/sessions',
    tag,
    summary: 'End a user’s sessions',
    description: 'None of the person’s present sessions reaches this organization any more; other organizations are not touched.',
    operation: endMemberSessions,
    params: UserParams,
    input: ({ params }) => ({ userId: params.id }),
    status: 204,
  }),
  defineRoute({
    method: 'delete',
    path: '/users/{id}/sessions/{sessionId}',
    tag,
    summary: 'End one session of a user',
    operation: endMemberSessions,
    params: z.object({ id: userId, sessionId: EndMemberSessionsInput.shape.sessionId.unwrap().meta({ description: 'Id of the session.', example: EXAMPLE_ID }) }),
    input: ({ params }) => ({ userId: params.id, sessionId: params.sessionId }),
    status: 204,
  }),
]
