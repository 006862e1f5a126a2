import { z } from 'zod'
import { defineRead, defineRoute } from '@/lib/boundary/http'
import { idText, listOf, pageQuery, Time } from '@/lib/boundary/http-schema'
import { createApiKey, revokeApiKey } from './operations'
import { findApiKey, listApiKeys } from './queries'
import { KEY_STATUSES } from './rules'
import { ApiKeyFilter, ApiKeyId } from './schema'

const EXAMPLE_ID = 'key_019a0b6e-6000-7bbb-8c10-2a3b4c5d6e7f'
const example = {
  id: EXAMPLE_ID, name: 'nightly export', hint: 'gh_key_0aB3xY…', owner: { type: 'user', id: 'usr_019a0b6e-5b1c-7d3e-8f10-2a3b4c5d6e7f', name: 'admin@acme.test', email: 'admin@acme.test' },
  status: 'active', createdAt: '2026-11-22T09:30:00.000Z', expiresAt: null, lastUsedAt: null, lastUsedIp: null,
}

const columns = {
  id: idText(EXAMPLE_ID, 'Id of the key.'),
  name: z.string(),
  hint: z.string().meta({ description: 'Beginning of the secret, by which people tell keys apart.' }),
  owner: z.object({ type: z.literal('user'), id: z.string(), name: z.string(), email: z.string() }),
  status: z.enum(KEY_STATUSES),
  createdAt: Time,
  expiresAt: Time.nullable(),
  lastUsedAt: Time.nullable().meta({ description: 'At most a minute late.' }),
  lastUsedIp: z.string().nullable(),
}

const ApiKey = z.object(columns).meta({ id: 'ApiKey' })
const NewApiKey = z.object({ ...columns, secret: z.string().meta({ description: 'The credential. Shown in this answer only.' }) }).meta({ id: 'NewApiKey' })

const Params = z.object({ id: ApiKeyId.meta({ description: 'Id of the key.', example: EXAMPLE_ID }) })

const Query = z.strictObject({
  ...pageQuery,
  owner: ApiKeyFilter.shape.owner.meta({ description: '`me`, `all` or the id of a user; others’ keys need `gatehouse/key:others`.', example: 'me' }),
  status: ApiKeyFilter.shape.status.meta({ description: 'Only these; left out: all but revoked ones.' }),
  q: ApiKeyFilter.shape.q.meta({ description: 'Part of the name.' }),
})

export const apiKeyRoutes = [
  defineRead({
    path: '/api-keys',
    tag: 'API keys',
    summary: 'List API keys',
    description: 'Newest first. One’s own unless `owner` says otherwise.',
    permission: 'key:self',
    query: Query,
    output: listOf(ApiKey),
    example: { data: [example], nextCursor: null },
    errors: ['forbidden'],
    read: async (ctx, { query }) => {
      const { rows, nextCursor } = await listApiKeys(ctx, query)
      return { data: rows, nextCursor }
    },
  }),
  defineRoute({
    method: 'post',
    path: '/api-keys',
    tag: 'API keys',
    summary: 'Create an API key',
    description: 'A key of one’s own. It acts with its owner’s rights of the moment, and stops working when the owner is suspended or removed.',
    operation: createApiKey,
    bodyExample: { name: 'nightly export', expiresAt: '2027-01-31T00:00:00Z' },
    status: 201,
    output: NewApiKey,
    example: { ...example, secret: 'gh_key_0aB3xY7Qw2Er5Ty8_…' },
    answer: async (ctx, { id, secret }) => ({ ...(await findApiKey(ctx, id)), secret }),
    location: ({ id }) => `/api-keys/${id}`,
    secretOf: ({ id }) => id,
  }),
  defineRead({
    path: '/api-keys/{id}',
    tag: 'API keys',
    summary: 'Show an API key',
    permission: 'key:self',
    params: Params,
    output: ApiKey,
    example,
    hasVersion: true,
    read: (ctx, { params }) => findApiKey(ctx, params.id),
  }),
  defineRoute({
    method: 'delete',
    path: '/api-keys/{id}',
    tag: 'API keys',
    summary: 'Revoke an API key',
    description: 'For good, at once. Others’ keys need `gatehouse/key:others`.',
    operation: revokeApiKey,
    params: Params,
    input: ({ params }) => params,
    status: 204,
    resource: { schema: ApiKey, table: 'ApiKey', permission: 'key:self', idOf: ({ id }) => id, read: (ctx, { id }) => findApiKey(ctx, id) },
  }),
]
