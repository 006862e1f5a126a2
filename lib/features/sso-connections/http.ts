import { z } from 'zod'
import type { Ctx } from '@/lib/access/context'
import { defineRead, defineRoute } from '@/lib/boundary/http'
import { dryRunQuery, withDryRun } from '@/lib/boundary/http-dry-run'
import { idText, listOf, Time } from '@/lib/boundary/http-schema'
import { previewMappings } from './mapping-preview'
import { createConnection, deleteConnection, disableConnection, enableConnection, setMappings, updateConnection } from './operations'
import { findConnection, listConnections, listMappings } from './queries'
import { CONNECTION_KINDS, CONNECTION_STATUSES } from './rules'
import { ConnectionId, SetMappingsInput, UpdateConnectionInput } from './schema'

const EXAMPLE_ID = 'con_019a0b6e-6200-7bbb-8c10-2a3b4c5d6e7f'
const tag = 'Single sign-on'

const Connection = z.object({
  id: idText(EXAMPLE_ID, 'Id of the connection.'),
  kind: z.enum(CONNECTION_KINDS),
  name: z.string(),
  status: z.enum(CONNECTION_STATUSES).meta({ description: 'Only `enabled` lets people in; it is reached through a test in the console.' }),
  issuer: z.string().meta({ description: 'Empty for SAML.' }),
  clientId: z.string(),
  hasClientSecret: z.boolean().meta({ description: 'The secret itself is never shown.' }),
  assumesVerified: z.boolean(),
  attributes: z.object({ email: z.string().optional(), name: z.string().optional(), groups: z.string().optional() }),
  allowedDomains: z.array(z.string()).meta({ description: 'Empty: every verified domain of the organization.' }),
  testedAt: Time.nullable(),
  testedByName: z.string(),
  lastSignInAt: Time.nullable(),
  createdAt: Time,
}).meta({ id: 'SsoConnection', description: 'An identity provider of the organization.' })

const example = {
  id: EXAMPLE_ID, kind: 'okta', name: 'Okta', status: 'enabled', issuer: 'https://acme.okta.example', clientId: '0oa1b2c3', hasClientSecret: true, assumesVerified: false, attributes: {},
  allowedDomains: [], testedAt: '2026-11-22T09:30:00.000Z', testedByName: 'admin@acme.test', lastSignInAt: null, createdAt: '2026-11-22T09:30:00.000Z',
}

const Mappings = z.object({
  data: z.array(z.object({ id: z.string(), group: z.string(), role: z.object({ id: z.string(), title: z.string() }), scope: z.object({ id: z.string(), type: z.string(), name: z.string() }) })),
}).meta({ id: 'GroupMappings', description: 'In the order of their priority.' })

const MappingChanges = z.object({
  count: z.number().int().meta({ description: 'Users whose roles would change at their next sign-in.' }),
  people: z.array(z.object({ userId: z.string(), email: z.string(), gains: z.array(z.string()), losses: z.array(z.string()) })).meta({ description: 'The first 50 of them by address.' }),
  known: z.number().int().meta({ description: 'Users whose groups are known, from their last sign-in.' }),
  unknown: z.number().int().meta({ description: 'Users of the connection whose groups are not known yet.' }),
}).meta({ id: 'GroupMappingChanges', description: 'Whose roles mappings would change, by the groups of the last sign-in.' })

const mappingsExample = { data: [{ id: 'gmp_019a0b6e-6300-7bbb-8c10-2a3b4c5d6e7f', group: 'platform', role: { id: 'rol_019a0b6e-5b01-7aaa-8b10-2a3b4c5d6e7f', title: 'Viewer' }, scope: { type: 'organization', id: 'org_019a0b6e-5b00-7aaa-8b10-2a3b4c5d6e7f', name: 'Acme' } }] }

const Params = z.object({ id: ConnectionId.meta({ description: 'Id of the connection.', example: EXAMPLE_ID }) })
const { id: _id, ...change } = UpdateConnectionInput.shape
const { mappings } = SetMappingsInput.shape

const resource = {
  schema: Connection, table: 'SsoConnection' as const, permission: 'sign-in:read' as const, idOf: ({ id }: { id: string }) => id,
  read: (ctx: Ctx, { id }: { id: string }) => findConnection(ctx, id),
}

const mappingsOf = async (ctx: Ctx, id: string) => {
  await findConnection(ctx, id)
  return { data: await listMappings(ctx, id) }
}

export const connectionRoutes = [
  defineRead({
    path: '/sso-connections', tag, summary: 'List connections', description: 'The oldest first; there are few, so it is one page.', permission: 'sign-in:read',
    output: listOf(Connection), example: { data: [example], nextCursor: null },
    read: async (ctx) => ({ data: await listConnections(ctx), nextCursor: null }),
  }),
  defineRoute({
    method: 'post', path: '/sso-connections', tag, summary: 'Create a connection', description: 'As a draft. Test it in the console, then enable it.', operation: createConnection,
    bodyExample: { kind: 'okta', name: 'Okta', issuer: 'https://acme.okta.example', clientId: '0oa1b2c3', clientSecret: 'the secret' }, status: 201, output: Connection, example, errors: ['already-exists'],
    answer: (ctx, { id }) => findConnection(ctx, id), location: ({ id }) => `/sso-connections/${id}`,
  }),
  defineRead({ path: '/sso-connections/{id}', tag, summary: 'Show a connection', permission: 'sign-in:read', params: Params, output: Connection, example, hasVersion: true, read: (ctx, { params }) => findConnection(ctx, params.id) }),
  defineRoute({
    method: 'patch', path: '/sso-connections/{id}', tag, summary: 'Change a connection', description: 'Whatever is left out stays. Another issuer, client or secret has to be tested anew.', operation: updateConnection,
    params: Params, body: z.strictObject(change), bodyExample: { name: 'Okta (new)' }, input: ({ params, body }) => ({ ...body, id: params.id }), resource, errors: ['already-exists'],
  }),
  defineRoute({ method: 'delete', path: '/sso-connections/{id}', tag, summary: 'Delete a connection', description: 'Sessions that came through it end at once.', operation: deleteConnection, params: Params, input: ({ params }) => params, status: 204, resource, errors: ['conflict'] }),
  defineRoute({ method: 'post', path: '/sso-connections/{id}/enable', tag, summary: 'Enable a connection', description: 'It must have been tested since its settings changed.', operation: enableConnection, params: Params, input: ({ params }) => params, resource, example, errors: ['conflict'] }),
  defineRoute({ method: 'post', path: '/sso-connections/{id}/disable', tag, summary: 'Disable a connection', description: 'Sessions that came through it end at once.', operation: disableConnection, params: Params, input: ({ params }) => params, resource, example, errors: ['conflict'] }),
  defineRead({ path: '/sso-connections/{id}/group-mappings', tag, summary: 'List group mappings', permission: 'sign-in:read', params: Params, output: Mappings, example: mappingsExample, read: (ctx, { params }) => mappingsOf(ctx, params.id) }),
  withDryRun(defineRoute({
    method: 'put', path: '/sso-connections/{id}/group-mappings', tag, summary: 'Replace group mappings', description: 'In the order of their priority. Roles that are new in them must be your own. They count from each person’s next sign-in on. With `?dryRun=true` nothing is saved: the answer tells whose roles would change, by the groups of their last sign-in.', operation: setMappings, query: dryRunQuery,
    params: Params, body: z.strictObject({ mappings }), bodyExample: { mappings: [{ group: 'platform', role: 'viewer' }] }, input: ({ params, body }) => ({ ...body, id: params.id }), output: Mappings, example: mappingsExample, errors: ['not-found'],
    answer: (ctx, { id }) => mappingsOf(ctx, id),
  }), {
    permission: 'sign-in:write', body: z.strictObject({ mappings }), output: MappingChanges, find: (ctx, body, { id }) => previewMappings(ctx, { ...body, id: ConnectionId.parse(id) }),
  }),
]
