import { z } from 'zod'
import { defineRead, defineRoute } from '@/lib/boundary/http'
import { dryRunQuery, withDryRun } from '@/lib/boundary/http-dry-run'
import { updateSignInPolicy } from './operations'
import { previewSignInPolicy } from './preview'
import { findSignInPolicy } from './queries'
import { UpdateSignInPolicyInput } from './schema'

const Policy = z.object({
  ssoOnly: z.boolean().meta({ description: 'Sessions must come from one of the organization’s connections. Keys and tokens are never affected.' }),
  autoprovision: z.boolean().meta({ description: 'A first sign-in through a connection makes the membership.' }),
  defaultRole: z.object({ id: z.string(), title: z.string() }).nullable().meta({ description: 'Of those who come in that way and are in no mapped group; null: as the access model says.' }),
}).meta({ id: 'SignInPolicy', description: 'How people of the organization sign in.' })

const People = z.object({ count: z.number().int(), first: z.array(z.string()).meta({ description: 'The first of them by address, at most 20.' }) })

const Effects = z.object({
  before: Policy, after: Policy,
  signedOut: People.meta({ description: 'Who is signed out at once.' }),
  withoutConnection: People.meta({ description: 'Active users for whose address no enabled connection speaks: they no longer get in.' }),
  problem: z.string().nullable().meta({ description: 'Why it would be refused; null: it would not.' }),
}).meta({ id: 'SignInPolicyEffects', description: 'What a change of the sign-in policy would do, and to whom.' })

const example = { ssoOnly: false, autoprovision: true, defaultRole: null }
const tag = 'Single sign-on'

export const signInPolicyRoutes = [
  defineRead({ path: '/sign-in-policy', tag, summary: 'Show how people sign in', permission: 'sign-in:read', output: Policy, example, hasVersion: true, read: findSignInPolicy }),
  withDryRun(defineRoute({
    method: 'patch', path: '/sign-in-policy', tag, summary: 'Change how people sign in', operation: updateSignInPolicy,
    description: 'Whatever is left out stays as it is. SSO-only can be switched off here; on it goes in the console only, in a browser that has tested a connection (409). With `?dryRun=true` nothing is changed: the answer tells what would come of it, of SSO-only too.', query: dryRunQuery,
    bodyExample: { autoprovision: true }, example, errors: ['conflict', 'not-found'],
    resource: { schema: Policy, table: 'Organization', permission: 'sign-in:read', idOf: () => '', read: (ctx) => findSignInPolicy(ctx) },
  }), { permission: 'sign-in:write', body: UpdateSignInPolicyInput, output: Effects, find: (ctx, body) => previewSignInPolicy(ctx, body) }),
]
