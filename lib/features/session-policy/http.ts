import { z } from 'zod'
import { defineRead, defineRoute } from '@/lib/boundary/http'
import { Time } from '@/lib/boundary/http-schema'
import { updateSessionPolicy } from './operations'
import { findSessionPolicy } from './queries'
import type { SessionPolicy } from './rules'

const Policy = z.object({
  secondFactor: z.enum(['off', 'required']).meta({ description: 'Whether sessions need a second factor. API keys and tokens never do.' }),
  secondFactorFrom: Time.nullable().meta({ description: 'From when on it is demanded; later than now during the grace.' }),
  connectionsCount: z.boolean().meta({ description: 'Whether sessions from an identity provider count as having shown one.' }),
  lifetimeMinutes: z.number().int().nullable().meta({ description: 'How long a session may live, from signing in; null: 30 days.' }),
  idleMinutes: z.number().int().nullable().meta({ description: 'How long it may lie unused; null: no limit.' }),
}).meta({ id: 'SessionPolicy', description: 'What the organization demands of sessions.' })

const toAnswer = ({ from, ...rest }: SessionPolicy): z.input<typeof Policy> => ({ secondFactor: from === null ? 'off' : 'required', secondFactorFrom: from, ...rest })
const example = { secondFactor: 'required', secondFactorFrom: '2026-12-03T09:00:00.000Z', connectionsCount: true, lifetimeMinutes: 720, idleMinutes: 60 }
const tag = 'Sessions'

export const sessionPolicyRoutes = [
  defineRead({
    path: '/session-policy',
    tag,
    summary: 'Show the session policy',
    permission: 'sign-in:read',
    output: Policy,
    example,
    hasVersion: true,
    read: async (ctx) => toAnswer(await findSessionPolicy(ctx.tx, ctx.orgId)),
  }),
  defineRoute({
    method: 'patch',
    path: '/session-policy',
    tag,
    summary: 'Change the session policy',
    description: 'Whatever is left out stays as it is; null lifts a limit. It counts at once, for sessions that exist too.',
    operation: updateSessionPolicy,
    bodyExample: { secondFactor: 'required', graceDays: 7, lifetimeMinutes: 720, idleMinutes: 60 },
    example,
    resource: { schema: Policy, table: 'Organization', permission: 'sign-in:read', idOf: () => '', read: async (ctx) => toAnswer(await findSessionPolicy(ctx.tx, ctx.orgId)) },
  }),
]
