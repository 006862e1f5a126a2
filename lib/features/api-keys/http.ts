import { z } from 'zod'
import { defineRead, defineRoute } from '@/lib/boundary/http'
import { listOf } from '@/lib/boundary/http-schema'
import { ChangeKeyBody, KEY_EXAMPLE_ID, keyColumns, keyExample as example, keyQuery, RotateBody, SecretText } from './http-shape'
import { createApiKey, revokeApiKey, rotateApiKey, updateApiKey } from './operations'
import { findApiKey, listApiKeys } from './queries'
import { ApiKeyFilter, ApiKeyId } from './schema'

const ApiKey = z.object(keyColumns).meta({ id: 'ApiKey' })
const NewApiKey = z.object({ ...keyColumns, secret: SecretText }).meta({ id: 'NewApiKey' })

const Params = z.object({ id: ApiKeyId.meta({ description: 'Id of the key.', example: KEY_EXAMPLE_ID }) })

const Query = z.strictObject({
  ...keyQuery,
  owner: ApiKeyFilter.shape.owner.meta({ description: '`me`, `all` or the id of a user; others’ keys need `gatehouse/key:others`.', example: 'me' }),
})

const tag = 'API keys'
const resource = {
  schema: ApiKey, table: 'ApiKey' as const, permission: 'key:self' as const, idOf: ({ id }: { id: string }) => id,
  read: (ctx: Parameters<typeof findApiKey>[0], { id }: { id: string }) => findApiKey(ctx, id),
}

export const apiKeyRoutes = [
  defineRead({
    path: '/api-keys',
    tag,
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
    tag,
    summary: 'Create an API key',
    description: 'A key of one’s own. It acts with its owner’s rights of the moment, and stops working when the owner is suspended or removed. `role`, `scope` and `addresses` narrow it, for good; a role must be wholly one’s own. Without `expiresAt` the organization’s credential policy says when it ends; null asks for no end.',
    operation: createApiKey,
    bodyExample: { name: 'nightly export', purpose: 'Copies usage to the warehouse.', role: 'viewer', addresses: ['192.0.2.0/24'], expiresAt: '2027-01-31T00:00:00Z' },
    status: 201,
    output: NewApiKey,
    example: { ...example, secret: 'gh_key_0aB3xY7Qw2Er5Ty8_…' },
    errors: ['not-found', 'forbidden'],
    answer: async (ctx, { id, secret }) => ({ ...(await findApiKey(ctx, id)), secret }),
    location: ({ id }) => `/api-keys/${id}`,
    secretOf: ({ id }) => id,
  }),
  defineRead({
    path: '/api-keys/{id}',
    tag,
    summary: 'Show an API key',
    permission: 'key:self',
    params: Params,
    output: ApiKey,
    example,
    hasVersion: true,
    read: (ctx, { params }) => findApiKey(ctx, params.id),
  }),
  defineRoute({
    method: 'patch',
    path: '/api-keys/{id}',
    tag,
    summary: 'Change an API key',
    description: 'Renames it, changes its end, suspends or resumes it. What narrows a key never changes. Others’ keys need `gatehouse/key:others`.',
    operation: updateApiKey,
    params: Params,
    body: ChangeKeyBody,
    bodyExample: { status: 'suspended' },
    input: ({ params, body }) => ({ ...body, id: params.id }),
    resource,
    errors: ['conflict'],
  }),
  defineRoute({
    method: 'post',
    path: '/api-keys/{id}/rotate',
    tag,
    summary: 'Rotate an API key',
    description: 'Makes a new key with the same limits and shows its secret; the old one works on for `overlapHours`, then never more. Only one’s own.',
    operation: rotateApiKey,
    params: Params,
    body: RotateBody,
    bodyExample: { overlapHours: 24 },
    input: ({ params, body }) => ({ ...body, id: params.id }),
    status: 201,
    output: NewApiKey,
    example: { ...example, rotatedFrom: KEY_EXAMPLE_ID, secret: 'gh_key_7Qw2Er5Ty80aB3xY_…' },
    errors: ['conflict'],
    answer: async (ctx, { id, secret }) => ({ ...(await findApiKey(ctx, id)), secret }),
    location: ({ id }) => `/api-keys/${id}`,
    secretOf: ({ id }) => id,
  }),
  defineRoute({
    method: 'delete',
    path: '/api-keys/{id}',
    tag,
    summary: 'Revoke an API key',
    description: 'For good, at once. Others’ keys need `gatehouse/key:others`.',
    operation: revokeApiKey,
    params: Params,
    input: ({ params }) => params,
    status: 204,
    resource,
  }),
]
