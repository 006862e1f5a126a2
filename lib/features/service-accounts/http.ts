import { z } from 'zod'
import { defineRead, defineRoute } from '@/lib/boundary/http'
import { idText, listOf, pageQuery, Time, TimeText } from '@/lib/boundary/http-schema'
import { keyColumns } from '@/lib/features/api-keys/http-shape'
import { createServiceAccount, deleteServiceAccount, updateServiceAccount } from './operations'
import { describeAccount, findServiceAccount, listServiceAccounts } from './queries'
import { ACCOUNT_STATUSES } from './rules'
import { ServiceAccountFilter, ServiceAccountId, UpdateServiceAccountInput } from './schema'

export const ACCOUNT_EXAMPLE_ID = 'sva_019a0b6e-6100-7bbb-8c10-2a3b4c5d6e7f'

const example = {
  id: ACCOUNT_EXAMPLE_ID, name: 'deployer', description: 'Rolls out what CI has built.', status: 'active', externalId: null,
  roles: [{ role: { id: 'rol_019a0b6e-5b01-7aaa-8b10-2a3b4c5d6e7f', name: 'cluster-operator', title: 'Cluster operator' }, scope: { type: 'organization', id: 'org_019a0b6e-5b00-7aaa-8b10-2a3b4c5d6e7f', name: 'Acme' }, expiresAt: null }],
  keys: 1, createdBy: { id: 'usr_019a0b6e-5b1c-7d3e-8f10-2a3b4c5d6e7f', name: 'admin@acme.test' }, createdAt: '2026-11-22T09:30:00.000Z', lastUsedAt: null,
}

const ServiceAccount = z.object({
  id: idText(ACCOUNT_EXAMPLE_ID, 'Id of the service account.'),
  name: z.string(),
  description: z.string(),
  status: z.enum(ACCOUNT_STATUSES),
  externalId: z.string().nullable().meta({ description: 'The id that the platform’s own programs know it by.' }),
  roles: z.array(z.object({
    role: z.object({ id: z.string(), name: z.string(), title: z.string() }), scope: z.object({ type: z.string(), id: z.string(), name: z.string() }), expiresAt: TimeText.nullable(),
  })).meta({ description: 'Roles in force.' }),
  keys: z.number().int().meta({ description: 'Keys that are not revoked.' }),
  createdBy: keyColumns.createdBy,
  createdAt: Time,
  lastUsedAt: Time.nullable().meta({ description: 'The latest use of any of its keys, at most a minute late.' }),
}).meta({ id: 'ServiceAccount', description: 'A program as a principal. It outlives the person who made it.' })

const Params = z.object({ id: ServiceAccountId.meta({ description: 'Id of the service account.', example: ACCOUNT_EXAMPLE_ID }) })
const { id: _id, ...change } = UpdateServiceAccountInput.shape
const tag = 'Service accounts'

const resource = {
  schema: ServiceAccount, table: 'ServiceAccount' as const, permission: 'service-account:read' as const, idOf: ({ id }: { id: string }) => id,
  read: (ctx: Parameters<typeof findServiceAccount>[0], { id }: { id: string }) => findServiceAccount(ctx, id),
}

export const serviceAccountRoutes = [
  defineRead({
    path: '/service-accounts',
    tag,
    summary: 'List service accounts',
    description: 'Newest first.',
    permission: 'service-account:read',
    query: z.strictObject({
      ...pageQuery,
      status: ServiceAccountFilter.shape.status.meta({ description: 'Only these.' }),
      q: ServiceAccountFilter.shape.q.meta({ description: 'Part of the name.' }),
    }),
    output: listOf(ServiceAccount),
    example: { data: [example], nextCursor: null },
    read: async (ctx, { query }) => {
      const { rows, nextCursor } = await listServiceAccounts(ctx, query)
      return { data: rows, nextCursor }
    },
  }),
  defineRoute({
    method: 'post',
    path: '/service-accounts',
    tag,
    summary: 'Create a service account',
    description: 'Each of its roles must be wholly held by whoever gives it. It has no secret until a key is made for it.',
    operation: createServiceAccount,
    bodyExample: { name: 'deployer', description: 'Rolls out what CI has built.', roles: [{ role: 'viewer' }] },
    status: 201,
    output: ServiceAccount,
    example,
    errors: ['already-exists', 'not-found'],
    answer: (ctx, { id }) => describeAccount(ctx, id),
    location: ({ id }) => `/service-accounts/${id}`,
  }),
  defineRead({
    path: '/service-accounts/{id}',
    tag,
    summary: 'Show a service account',
    permission: 'service-account:read',
    params: Params,
    output: ServiceAccount,
    example,
    hasVersion: true,
    read: (ctx, { params }) => resource.read(ctx, params),
  }),
  defineRoute({
    method: 'patch',
    path: '/service-accounts/{id}',
    tag,
    summary: 'Change a service account',
    description: 'Renames or describes it, suspends or resumes it. While it is suspended its keys are refused. Roles are given and taken at `/role-assignments`.',
    operation: updateServiceAccount,
    params: Params,
    body: z.strictObject(change),
    bodyExample: { status: 'suspended' },
    input: ({ params, body }) => ({ ...body, id: params.id }),
    resource,
    errors: ['already-exists'],
  }),
  defineRoute({
    method: 'delete',
    path: '/service-accounts/{id}',
    tag,
    summary: 'Delete a service account',
    description: 'For good, with its roles, keys and trusted issuers; its keys stop at once.',
    operation: deleteServiceAccount,
    params: Params,
    input: ({ params }) => params,
    status: 204,
    resource,
  }),
]
