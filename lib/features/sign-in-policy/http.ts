import { z } from 'zod'
import { defineRead, defineRoute } from '@/lib/boundary/http'
import { updateSignInPolicy } from './operations'
import { findSignInPolicy } from './queries'

const Policy = z.object({
  ssoOnly: z.boolean().meta({ description: 'Sessions must come from one of the organization’s connections. Keys and tokens are never affected.' }),
  autoprovision: z.boolean().meta({ description: 'A first sign-in through a connection makes the membership.' }),
  defaultRole: z.object({ id: z.string(), title: z.string() }).nullable().meta({ description: 'Of those who come in that way and are in no mapped group; null: as the access model says.' }),
}).meta({ id: 'SignInPolicy', description: 'How people of the organization sign in.' })

const example = { ssoOnly: false, autoprovision: true, defaultRole: null }
const tag = 'Single sign-on'

export const signInPolicyRoutes = [
  defineRead({ path: '/sign-in-policy', tag, summary: 'Show how people sign in', permission: 'sign-in:read', output: Policy, example, hasVersion: true, read: findSignInPolicy }),
  defineRoute({
    method: 'patch', path: '/sign-in-policy', tag, summary: 'Change how people sign in', operation: updateSignInPolicy,
    description: 'Whatever is left out stays as it is. SSO-only can be switched off here; on it goes in the console only, in a browser that has tested a connection (409).',
    bodyExample: { autoprovision: true }, example, errors: ['conflict', 'not-found'],
    resource: { schema: Policy, table: 'Organization', permission: 'sign-in:read', idOf: () => '', read: (ctx) => findSignInPolicy(ctx) },
  }),
]
