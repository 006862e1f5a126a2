import { z } from 'zod'
import { defineRead, defineRoute } from '@/lib/boundary/http'
import { listOf } from '@/lib/boundary/http-schema'
import { ChangeKeyBody, KEY_EXAMPLE_ID, keyColumns, keyExample, keyQuery, RotateBody, SecretText } from '@/lib/features/api-keys/http-shape'
import { findKeySummary } from '@/lib/features/api-keys/queries'
import { ApiKeyId, ExpiryText, keyFields } from '@/lib/features/api-keys/schema'
import { ACCOUNT_EXAMPLE_ID } from './http'
import { createAccountKey, revokeAccountKey, rotateAccountKey, updateAccountKey } from './key-operations'
import { findAccountKey, listAccountKeys } from './queries'
import { ServiceAccountId } from './schema'

const example = { ...keyExample, hint: 'gh_sva_0aB3xY…', marks: [], role: null, addresses: [], owner: { type: 'service_account', id: ACCOUNT_EXAMPLE_ID, name: 'deployer', email: null } }

const AccountKey = z.object(keyColumns).meta({ id: 'ServiceAccountKey' })
const NewAccountKey = z.object({ ...keyColumns, secret: SecretText }).meta({ id: 'NewServiceAccountKey' })

const Account = z.object({ id: ServiceAccountId.meta({ description: 'Id of the service account.', example: ACCOUNT_EXAMPLE_ID }) })
const Params = Account.extend({ keyId: ApiKeyId.meta({ description: 'Id of the key.', example: KEY_EXAMPLE_ID }) })
const tag = 'Service accounts'
const path = '/service-accounts/{id}/keys/{keyId}'
const location = ({ owner, id }: { owner: string; id: string }): string => `/service-accounts/${owner}/keys/${id}`

const resource = {
  schema: AccountKey, table: 'ApiKey' as const, permission: 'service-account:read' as const, idOf: ({ keyId }: { keyId: string }) => keyId,
  read: (ctx: Parameters<typeof findAccountKey>[0], params: z.output<typeof Params>) => findAccountKey(ctx, params),
}

const byKey = ({ id, keyId }: z.output<typeof Params>) => ({ serviceAccountId: id, id: keyId })

export const serviceAccountKeyRoutes = [
  defineRead({
    path: '/service-accounts/{id}/keys',
    tag,
    summary: 'List keys of a service account',
    description: 'Newest first.',
    permission: 'service-account:read',
    params: Account,
    query: z.strictObject(keyQuery),
    output: listOf(AccountKey),
    example: { data: [example], nextCursor: null },
    read: async (ctx, { params, query }) => {
      const { rows, nextCursor } = await listAccountKeys(ctx, params.id, query)
      return { data: rows, nextCursor }
    },
  }),
  defineRoute({
    method: 'post',
    path: '/service-accounts/{id}/keys',
    tag,
    summary: 'Create a key of a service account',
    description: 'It acts with the account’s rights of the moment. Whoever makes it sees the secret, so all that the account may do must be their own to do.',
    operation: createAccountKey,
    params: Account,
    body: z.strictObject({ ...keyFields, expiresAt: ExpiryText }),
    bodyExample: { name: 'ci', expiresAt: '2027-01-31T00:00:00Z' },
    input: ({ params, body }) => ({ ...body, serviceAccountId: params.id }),
    status: 201,
    output: NewAccountKey,
    example: { ...example, secret: 'gh_sva_0aB3xY7Qw2Er5Ty8_…' },
    answer: async (ctx, { id, secret }) => ({ ...(await findKeySummary(ctx, id)), secret }),
    location,
    secretOf: ({ id }) => id,
  }),
  defineRead({
    path, tag,
    summary: 'Show a key of a service account',
    permission: 'service-account:read',
    params: Params,
    output: AccountKey,
    example,
    hasVersion: true,
    read: (ctx, { params }) => findAccountKey(ctx, params),
  }),
  defineRoute({
    method: 'patch',
    path, tag,
    summary: 'Change a key of a service account',
    description: 'Renames it, changes its end, suspends or resumes it.',
    operation: updateAccountKey,
    params: Params,
    body: ChangeKeyBody,
    bodyExample: { status: 'suspended' },
    input: ({ params, body }) => ({ ...body, ...byKey(params) }),
    resource,
    errors: ['conflict'],
  }),
  defineRoute({
    method: 'post',
    path: `${path}/rotate`,
    tag,
    summary: 'Rotate a key of a service account',
    description: 'Makes a new key with the same limits and shows its secret; the old one works on for `overlapHours`, then never more.',
    operation: rotateAccountKey,
    params: Params,
    body: RotateBody,
    bodyExample: { overlapHours: 24 },
    input: ({ params, body }) => ({ ...body, ...byKey(params) }),
    status: 201,
    output: NewAccountKey,
    example: { ...example, rotatedFrom: KEY_EXAMPLE_ID, secret: 'gh_sva_7Qw2Er5Ty80aB3xY_…' },
    errors: ['conflict'],
    answer: async (ctx, { id, secret }) => ({ ...(await findKeySummary(ctx, id)), secret }),
    location,
    secretOf: ({ id }) => id,
  }),
  defineRoute({
    method: 'delete',
    path, tag,
    summary: 'Revoke a key of a service account',
    description: 'For good, at once.',
    operation: revokeAccountKey,
    params: Params,
    input: ({ params }) => byKey(params),
    status: 204,
    resource,
  }),
]
