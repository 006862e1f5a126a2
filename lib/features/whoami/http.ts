import { z } from 'zod'
import { defineRead } from '@/lib/boundary/http'
import { idText, TimeText } from '@/lib/boundary/http-schema'
import { whoami } from './queries'

const Whoami = z.object({
  principal: z.object({
    type: z.string().meta({ description: '`user` for a person’s API key, `service_account`, or `token` for an application token.', example: 'user' }),
    id: idText('usr_019a0b6e-5b1c-7d3e-8f10-2a3b4c5d6e7f', 'Id of the user, service account or token.'),
    name: z.string().meta({ example: 'admin@acme.test' }),
  }),
  organization: z.object({
    id: idText('org_019a0b6e-5b00-7aaa-8b10-2a3b4c5d6e7f', 'Id of the organization.'),
    slug: z.string().meta({ description: 'Address of the organization in the console.', example: 'acme' }),
    name: z.string().meta({ example: 'Acme' }),
    model: z.string().meta({ description: 'Its access model.', example: 'standard' }),
  }),
  credential: z.object({
    type: z.string().meta({ description: '`api_key`, `service_account_key`, `token`, or `access_token` for a short-lived one.', example: 'api_key' }),
    id: idText('key_019a0b6e-6000-7bbb-8c10-2a3b4c5d6e7f', 'Id of the credential; of an access token, that of what it was made from.'),
    expiresAt: TimeText.nullable().meta({ description: 'When it ends by itself; null: never.' }),
    madeFrom: z.object({
      type: z.string().meta({ description: '`api_key`, `service_account_key`, `token` or `trusted_issuer`.', example: 'token' }), id: z.string(), name: z.string(),
    }).nullable().meta({ description: 'What an access token was made from: when that ends, so does the token. null for everything else.', example: null }),
  }).nullable(),
  permissions: z.array(z.string()).meta({ description: 'What the principal holds at the organization. Names with the prefix `gatehouse/` guard Gatehouse’s own doors.', example: ['gatehouse/member:read', 'cluster:view'] }),
}).meta({ id: 'Whoami', description: 'Who a credential speaks for.' })

export const whoamiRoutes = [
  defineRead({
    path: '/whoami',
    tag: 'Whoami',
    summary: 'Show who the credential speaks for',
    operationId: 'whoami',
    description: 'The principal behind the credential, its organization, and the permissions held at the organization at this moment.',
    permission: null,
    output: Whoami,
    read: async (ctx) => whoami(ctx),
  }),
]
