import { z } from 'zod'
import { defineRead, defineRoute } from '@/lib/boundary/http'
import { idText, listOf, pageQuery, Time } from '@/lib/boundary/http-schema'
import { keyColumns, RotateBody } from '@/lib/features/api-keys/http-shape'
import { createToken, deleteToken, rotateToken, updateToken } from './operations'
import { describeToken, findToken, listTokens } from './queries'
import { ChangeTokenBody, TokenFilter, TokenId } from './schema'

const EXAMPLE_ID = 'tok_019a0b6e-6200-7bbb-8c10-2a3b4c5d6e7f'
const example = {
  id: EXAMPLE_ID, description: 'reporting', clientId: 'gh_tok_0aB3xY7Qw2Er5Ty8', hint: 'gh_tok_0aB3xY…',
  role: { id: 'rol_019a0b6e-5b01-7aaa-8b10-2a3b4c5d6e7f', name: 'viewer', title: 'Viewer' }, scope: { id: 'org_019a0b6e-5b00-7aaa-8b10-2a3b4c5d6e7f', type: 'organization', name: 'Acme' },
  status: 'active', marks: [], createdBy: { id: 'usr_019a0b6e-5b1c-7d3e-8f10-2a3b4c5d6e7f', name: 'admin@acme.test' }, createdAt: '2026-11-22T09:30:00.000Z', expiresAt: null,
  suspendedAt: null, suspendedReason: null, rotatedFrom: null, replacedBy: null, lastUsedAt: null, lastUsedIp: null,
}

const columns = {
  id: idText(EXAMPLE_ID, 'Id of the token, which is also its id as a principal.'),
  description: z.string(),
  clientId: z.string().meta({ description: 'The half of the token that is not secret.' }),
  hint: keyColumns.hint,
  role: z.object({ id: z.string(), name: z.string(), title: z.string() }),
  scope: z.object({ id: z.string(), type: z.string(), name: z.string() }),
  status: keyColumns.status,
  marks: keyColumns.marks,
  createdBy: keyColumns.createdBy,
  createdAt: Time,
  expiresAt: Time.nullable(),
  suspendedAt: Time.nullable(),
  suspendedReason: keyColumns.suspendedReason,
  rotatedFrom: z.string().nullable().meta({ description: 'The token whose place this one took.' }),
  replacedBy: z.string().nullable().meta({ description: 'The token that takes this one’s place; until `expiresAt` both work.' }),
  lastUsedAt: keyColumns.lastUsedAt,
  lastUsedIp: z.string().nullable(),
}

const Token = z.object(columns).meta({ id: 'ApplicationToken', description: 'A principal of its own that holds exactly one role.' })
const NewToken = z.object({
  ...columns,
  clientSecret: z.string().meta({ description: 'The secret half. Shown in this answer only.' }),
  token: z.string().meta({ description: 'Client id and client secret joined: the credential. Shown in this answer only.' }),
}).meta({ id: 'NewApplicationToken' })
const newExample = { ...example, clientSecret: 'Qw2Er5Ty8…', token: 'gh_tok_0aB3xY7Qw2Er5Ty8_Qw2Er5Ty8…' }

const Params = z.object({ id: TokenId.meta({ description: 'Id of the token.', example: EXAMPLE_ID }) })
const tag = 'Application tokens'

const resource = {
  schema: Token, table: 'ApplicationToken' as const, permission: 'token:read' as const, idOf: ({ id }: { id: string }) => id,
  read: (ctx: Parameters<typeof findToken>[0], { id }: { id: string }) => findToken(ctx, id),
}

export const tokenRoutes = [
  defineRead({
    path: '/tokens',
    tag,
    summary: 'List application tokens',
    description: 'Newest first.',
    permission: 'token:read',
    query: z.strictObject({
      ...pageQuery,
      status: TokenFilter.shape.status.meta({ description: 'Only these.' }),
      mark: TokenFilter.shape.mark.meta({ description: 'Only tokens with this mark.' }),
      role: TokenFilter.shape.role.meta({ description: 'Id of the role they hold.' }),
      q: TokenFilter.shape.q.meta({ description: 'Part of the description, or the beginning of the client id.' }),
    }),
    output: listOf(Token),
    example: { data: [example], nextCursor: null },
    read: async (ctx, { query }) => {
      const { rows, nextCursor } = await listTokens(ctx, query)
      return { data: rows, nextCursor }
    },
  }),
  defineRoute({
    method: 'post',
    path: '/tokens',
    tag,
    summary: 'Generate an application token',
    description: 'It holds exactly one role at one scope (the organization, unless another is named); its maker must hold all that the role permits there. It does not end unless asked to, or unless the organization’s credential policy says so. Its values also work as HTTP Basic (client id, client secret).',
    operation: createToken,
    bodyExample: { role: 'viewer', description: 'reporting' },
    status: 201,
    output: NewToken,
    example: newExample,
    errors: ['not-found'],
    answer: async (ctx, { id, clientSecret, token }) => ({ ...(await describeToken(ctx, id)), clientSecret, token }),
    location: ({ id }) => `/tokens/${id}`,
    secretOf: ({ id }) => id,
  }),
  defineRead({
    path: '/tokens/{id}',
    tag,
    summary: 'Show an application token',
    permission: 'token:read',
    params: Params,
    output: Token,
    example,
    hasVersion: true,
    read: (ctx, { params }) => findToken(ctx, params.id),
  }),
  defineRoute({
    method: 'patch',
    path: '/tokens/{id}',
    tag,
    summary: 'Change an application token',
    description: 'Describes it anew, changes its end, suspends or resumes it. Its role never changes; a change of a custom role reaches its tokens at once.',
    operation: updateToken,
    params: Params,
    body: ChangeTokenBody,
    bodyExample: { status: 'suspended' },
    input: ({ params, body }) => ({ ...body, id: params.id }),
    resource,
  }),
  defineRoute({
    method: 'post',
    path: '/tokens/{id}/rotate',
    tag,
    summary: 'Rotate an application token',
    description: 'Generates another token of the same role and shows its secrets; the old one works on for `overlapHours`.',
    operation: rotateToken,
    params: Params,
    body: RotateBody,
    bodyExample: { overlapHours: 24 },
    input: ({ params, body }) => ({ ...body, id: params.id }),
    status: 201,
    output: NewToken,
    example: { ...newExample, rotatedFrom: EXAMPLE_ID },
    errors: ['conflict'],
    answer: async (ctx, { id, clientSecret, token }) => ({ ...(await describeToken(ctx, id)), clientSecret, token }),
    location: ({ id }) => `/tokens/${id}`,
    secretOf: ({ id }) => id,
  }),
  defineRoute({
    method: 'delete',
    path: '/tokens/{id}',
    tag,
    summary: 'Delete an application token',
    description: 'For good, at once.',
    operation: deleteToken,
    params: Params,
    input: ({ params }) => params,
    status: 204,
    resource,
  }),
]
