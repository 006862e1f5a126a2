import { z } from 'zod'
import { defineRead, defineRoute } from '@/lib/boundary/http'
import { findPolicyEffects } from './effects'
import { updateCredentialPolicy } from './operations'
import { findCredentialPolicy } from './queries'
import { DEFAULT_POLICY, MAKERS, ON_LEAK, type CredentialPolicy } from './rules'

const Makers = z.enum(MAKERS)

const Policy = z.object({
  maxLifetimeDays: z.number().int().nullable().meta({ description: 'Longest life of a new credential; null: no limit.' }),
  defaultLifetimeDays: z.number().int().nullable().meta({ description: 'Life of a key for which no end was asked; null: no end.' }),
  suspendUnusedDays: z.number().int().nullable().meta({ description: 'A credential not used for so long is suspended; null: never.' }),
  requestsPerMinute: z.number().int().nullable().meta({ description: 'Requests a minute each credential may make of this API; null: as many as the installation allows.' }),
  reminderDays: z.array(z.number().int()).meta({ description: 'Days before the end of a credential at which its owner and administrators are reminded by mail; empty: never.' }),
  onLeak: z.enum(ON_LEAK).meta({ description: 'What happens to a credential whose secret was found and reported: `revoke`, `suspend`, or `report` it to its people and no more.' }),
  makers: z.object({ apiKey: Makers, serviceAccountKey: Makers, token: Makers }).meta({ description: 'Who may make a kind of credential: `holders` of the permission, of those only `administrators`, or `nobody`.' }),
}).meta({ id: 'CredentialPolicy', description: 'What the organization demands of its credentials.' })

const example = { ...DEFAULT_POLICY, reminderDays: [14, 3], maxLifetimeDays: 365, defaultLifetimeDays: 90 }
const toAnswer = (policy: CredentialPolicy): z.input<typeof Policy> => ({ ...policy, reminderDays: [...policy.reminderDays], makers: { ...policy.makers } })
const tag = 'Credential policy'

const Counts = z.object({ keys: z.number().int(), tokens: z.number().int() })
const daysOf = (description: string) => z.coerce.number().int().min(1).max(3650).optional().meta({ description, example: 90 })
const EffectsQuery = z.strictObject({ maxLifetimeDays: daysOf('A longest life, in days.'), suspendUnusedDays: daysOf('Days of disuse after which to suspend.') })

export const credentialPolicyRoutes = [
  defineRead({
    path: '/credential-policy',
    tag,
    summary: 'Show the credential policy',
    permission: null,
    output: Policy,
    example,
    hasVersion: true,
    read: async (ctx) => toAnswer(await findCredentialPolicy(ctx.tx, ctx.orgId)),
  }),
  defineRoute({
    method: 'patch',
    path: '/credential-policy',
    tag,
    summary: 'Change the credential policy',
    description: 'Whatever is left out stays as it is. It counts for credentials made or changed from now on; suspension after disuse counts for all.',
    operation: updateCredentialPolicy,
    bodyExample: { maxLifetimeDays: 365, defaultLifetimeDays: 90, suspendUnusedDays: 90 },
    example,
    resource: { schema: Policy, table: 'Organization', permission: null, idOf: () => '', read: async (ctx) => toAnswer(await findCredentialPolicy(ctx.tx, ctx.orgId)) },
  }),
  defineRead({
    path: '/credential-policy/effects',
    tag,
    summary: 'Show what a credential policy would concern',
    description: 'How many present credentials live longer than `maxLifetimeDays`, and how many were unused for `suspendUnusedDays`; each counted to 1,001 at most. Nothing is changed.',
    permission: 'credential-policy:write',
    query: EffectsQuery,
    output: z.object({ tooLong: Counts, unused: Counts }).meta({ id: 'CredentialPolicyEffects' }),
    example: { tooLong: { keys: 12, tokens: 1 }, unused: { keys: 3, tokens: 0 } },
    read: (ctx, { query }) => findPolicyEffects(ctx, { maxLifetimeDays: query.maxLifetimeDays ?? null, suspendUnusedDays: query.suspendUnusedDays ?? null }),
  }),
]
