import { z } from 'zod'
import { defineRead, defineRoute } from '@/lib/boundary/http'
import { defineQuestion } from '@/lib/boundary/http-question'
import { idText, Time } from '@/lib/boundary/http-schema'
import { keyColumns } from '@/lib/features/api-keys/http-shape'
import { ACCOUNT_EXAMPLE_ID } from '@/lib/features/service-accounts/http'
import { ServiceAccountId } from '@/lib/features/service-accounts/schema'
import { createTrustedIssuer, deleteTrustedIssuer, updateTrustedIssuer } from './operations'
import { describeTrust, findTrustedIssuer, listTrustedIssuers, tryToken } from './queries'
import { OPERATORS, TRUST_STATUSES } from './rules'
import { trustChanges, trustFields, TrustedIssuerId, TryTokenBody } from './schema'

const EXAMPLE_ID = 'tru_019a0b6e-6300-7bbb-8c10-2a3b4c5d6e7f'

const example = {
  id: EXAMPLE_ID, serviceAccountId: ACCOUNT_EXAMPLE_ID, name: 'deployments from main', issuer: 'https://token.actions.githubusercontent.com', audience: 'https://gatehouse.example.com',
  conditions: [{ claim: 'sub', operator: 'glob', values: ['repo:acme/app:ref:refs/heads/*'] }], status: 'active',
  createdBy: { id: 'usr_019a0b6e-5b1c-7d3e-8f10-2a3b4c5d6e7f', name: 'admin@acme.test' }, createdAt: '2026-11-22T09:30:00.000Z', lastUsedAt: null, lastUsedIp: null,
}

const Operator = z.enum(OPERATORS)

const TrustedIssuer = z.object({
  id: idText(EXAMPLE_ID, 'Id of the trust.'),
  serviceAccountId: idText(ACCOUNT_EXAMPLE_ID, 'The service account whose rights it gives; the `audience` of an exchange.'),
  name: z.string(),
  issuer: z.string().meta({ description: 'As it stands in the claim `iss`. Its keys are found by OpenID Connect Discovery.' }),
  audience: z.string().meta({ description: 'What the claim `aud` has to hold.' }),
  conditions: z.array(z.object({ claim: z.string(), operator: Operator, values: z.array(z.string()) })).meta({
    description: 'All have to be met, each by one of its values. In a `glob`, `*` stands for any characters but `/` and `:`, `**` for any.',
  }),
  status: z.enum(TRUST_STATUSES),
  createdBy: keyColumns.createdBy,
  createdAt: Time,
  lastUsedAt: Time.nullable().meta({ description: 'When a token was last exchanged, or one of ours used; at most a minute late.' }),
  lastUsedIp: z.string().nullable(),
}).meta({ id: 'TrustedIssuer', description: 'An outside OIDC issuer whose tokens are exchanged for short-lived ones of a service account.' })

const Trial = z.object({
  accepted: z.boolean(),
  problem: z.string().nullable().meta({ description: 'What is wrong with the token itself: its signature, its times, or that the issuer’s keys cannot be had.' }),
  findings: z.array(z.object({ claim: z.string(), operator: Operator, wanted: z.array(z.string()), found: z.array(z.string()), isMet: z.boolean() })).meta({ description: 'What the trust asks for and what the token has.' }),
}).meta({ id: 'TokenTrial' })

const Account = z.object({ id: ServiceAccountId.meta({ description: 'Id of the service account.', example: ACCOUNT_EXAMPLE_ID }) })
const Params = Account.extend({ issuerId: TrustedIssuerId.meta({ description: 'Id of the trust.', example: EXAMPLE_ID }) })
const tag = 'Service accounts'
const list = '/service-accounts/{id}/trusted-issuers'
const path = `${list}/{issuerId}`
const refOf = ({ id, issuerId }: z.output<typeof Params>) => ({ serviceAccountId: id, id: issuerId })

const resource = {
  schema: TrustedIssuer, table: 'TrustedIssuer' as const, permission: 'service-account:read' as const, idOf: ({ issuerId }: { issuerId: string }) => issuerId,
  read: (ctx: Parameters<typeof findTrustedIssuer>[0], params: z.output<typeof Params>) => findTrustedIssuer(ctx, refOf(params)),
}

export const trustedIssuerRoutes = [
  defineRead({
    path: list, tag,
    summary: 'List trusted issuers of a service account',
    description: 'All of them, at most 20, oldest first.',
    permission: 'service-account:read',
    params: Account,
    output: z.object({ data: z.array(TrustedIssuer), nextCursor: z.null() }),
    example: { data: [example], nextCursor: null },
    read: async (ctx, { params }) => ({ data: await listTrustedIssuers(ctx, params.id), nextCursor: null }),
  }),
  defineRoute({
    method: 'post', path: list, tag,
    summary: 'Trust an issuer for a service account',
    description: 'Whoever makes a trust can act as the account, so all that the account may do must be their own to do. Without `audience` it is this installation’s address.',
    operation: createTrustedIssuer,
    params: Account,
    body: z.strictObject(trustFields),
    bodyExample: { name: 'deployments from main', issuer: 'https://token.actions.githubusercontent.com', conditions: [{ claim: 'sub', operator: 'glob', values: ['repo:acme/app:ref:refs/heads/*'] }] },
    input: ({ params, body }) => ({ ...body, serviceAccountId: params.id }),
    status: 201,
    output: TrustedIssuer,
    example,
    errors: ['limit-reached'],
    answer: (ctx, ref) => describeTrust(ctx, ref),
    location: ({ serviceAccountId, id }) => `/service-accounts/${serviceAccountId}/trusted-issuers/${id}`,
  }),
  defineRead({
    path, tag,
    summary: 'Show a trusted issuer',
    permission: 'service-account:read',
    params: Params,
    output: TrustedIssuer,
    example,
    hasVersion: true,
    read: (ctx, { params }) => resource.read(ctx, params),
  }),
  defineRoute({
    method: 'patch', path, tag,
    summary: 'Change a trusted issuer',
    description: 'Renames it, changes whom it believes about what, suspends or resumes it. Tokens exchanged under other terms end at once.',
    operation: updateTrustedIssuer,
    params: Params,
    body: z.strictObject(trustChanges),
    bodyExample: { status: 'suspended' },
    input: ({ params, body }) => ({ ...body, ...refOf(params) }),
    resource,
  }),
  defineRoute({
    method: 'delete', path, tag,
    summary: 'Stop trusting an issuer',
    description: 'For good; tokens exchanged under it end at once.',
    operation: deleteTrustedIssuer,
    params: Params,
    input: ({ params }) => refOf(params),
    status: 204,
    resource,
  }),
  defineQuestion({
    path: `${path}/try`, tag,
    summary: 'Try a token of a trusted issuer',
    description: 'Tells whether it would be accepted, and which condition it does not meet. The token is neither stored nor exchanged. The issuer’s keys are fetched if they are not known.',
    permission: 'service-account:write',
    params: Params,
    body: TryTokenBody,
    bodyExample: { token: 'eyJhbGciOiJSUzI1NiJ9.e30.c2ln' },
    output: Trial,
    example: { accepted: false, problem: null, findings: [{ claim: 'sub', operator: 'glob', wanted: ['repo:acme/app:ref:refs/heads/*'], found: ['repo:acme/app:pull_request'], isMet: false }] },
    ask: (ctx, { params, body }) => tryToken(ctx, { ...refOf(params), ...body }),
  }),
]
