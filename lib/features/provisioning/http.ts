import { z } from 'zod'
import { defineRead, defineRoute } from '@/lib/boundary/http'
import { idText, listOf, pageQuery, TimeText } from '@/lib/boundary/http-schema'
import { AccessPreviewAnswer, REHEARSAL, RehearsedQuery } from '@/lib/features/access-preview/schema'
import { tellPreview } from '@/lib/features/access-preview/tell'
import { RotateBody } from '@/lib/features/api-keys/http-shape'
import { deleteDirectory, handOverGroup, releaseGroup, releaseMember, updateDirectory } from './directory-operations'
import { createMapping, deleteMapping, updateMapping } from './mapping-operations'
import { findDirectory, findRequest, findScimToken, listDirectories, listMappings, listRequests, listScimTokens } from './queries'
import { DIRECTORY_KINDS, LEAVER_KEYS, MATCHES } from './rules'
import { ChangeDirectoryBody, CreateMappingInput, CreateScimTokenInput, DirectoryId, MappingId, ScimTokenId, UpdateMappingInput, UpdateScimTokenInput } from './schema'
import { createScimToken, deleteScimToken, rotateScimToken, updateScimToken } from './token-operations'

const TOKEN = 'sct_019a0b6e-6500-7bbb-8c10-2a3b4c5d6e7f'
const DIRECTORY = 'dir_019a0b6e-6400-7bbb-8c10-2a3b4c5d6e7f'
const MAPPING = 'map_019a0b6e-6600-7bbb-8c10-2a3b4c5d6e7f'
const REQUEST = 'prq_019a0b6e-6700-7bbb-8c10-2a3b4c5d6e7f'
const tag = 'Provisioning'
const permission = 'provisioning:write' as const
const Ref = z.object({ id: z.string(), name: z.string() })

const tokenShape = {
  id: idText(TOKEN, 'Id of the token.'),
  name: z.string(),
  hint: z.string().meta({ description: 'What can be shown of the secret.' }),
  status: z.enum(['active', 'expired']),
  rehearses: z.boolean().meta({ description: 'Its changes are carried out, noted and taken back: what would change something is answered with 409.' }),
  createdBy: z.string(),
  createdAt: TimeText,
  expiresAt: TimeText.nullable(),
  rotatedFrom: z.string().nullable(),
  replacedBy: z.string().nullable().meta({ description: 'The token that takes this one’s place; until `expiresAt` both work.' }),
  lastUsedAt: TimeText.nullable(),
  lastUsedIp: z.string().nullable(),
}
const Token = z.object({ ...tokenShape, directory: Ref }).meta({ id: 'ScimToken', description: 'A credential for `/scim/v2` and for nothing else.' })
const NewToken = z.object({ ...tokenShape, directory: Ref, secret: z.string().meta({ description: 'The token itself. Shown in this answer only.' }) }).meta({ id: 'NewScimToken' })
const plainToken = { id: TOKEN, name: 'Okta', hint: 'gh_scim_0aB3xY…', status: 'active', rehearses: false, createdBy: 'admin@acme.test', createdAt: '2026-11-22T09:30:00.000Z', expiresAt: null, rotatedFrom: null, replacedBy: null, lastUsedAt: null, lastUsedIp: null }
const tokenExample = { ...plainToken, directory: { id: DIRECTORY, name: 'Okta' } }
const newExample = { ...tokenExample, secret: 'gh_scim_0aB3xY7Qw2Er5Ty8_Qw2Er5Ty8…' }

const Directory = z.object({
  id: idText(DIRECTORY, 'Id of the directory.'),
  name: z.string(),
  kind: z.enum(DIRECTORY_KINDS),
  leaverKeys: z.enum(LEAVER_KEYS).meta({ description: 'What becomes of the API keys of somebody it removes.' }),
  handoverTo: Ref.nullable(),
  sendsInvitations: z.boolean().meta({ description: 'Whether people it brings are mailed an invitation.' }),
  users: z.number().int(),
  groups: z.number().int(),
  tokens: z.array(z.object(tokenShape)),
  createdAt: TimeText,
  lastRequestAt: TimeText.nullable(),
  lastChangeAt: TimeText.nullable(),
  lastRefused: z.object({ at: TimeText, status: z.number().int(), detail: z.string() }).nullable().meta({ description: 'The latest request that was refused, of those that are kept.' }),
}).meta({ id: 'Directory', description: 'Where people and groups come from over SCIM.' })
const directoryExample = {
  id: DIRECTORY, name: 'Okta', kind: 'okta', leaverKeys: 'revoke', handoverTo: null, sendsInvitations: true, users: 21, groups: 4, tokens: [plainToken],
  createdAt: '2026-11-22T09:30:00.000Z', lastRequestAt: null, lastChangeAt: null, lastRefused: null,
}

const Mapping = z.object({
  id: idText(MAPPING, 'Id of the mapping.'),
  matchBy: z.enum(MATCHES),
  value: z.string().meta({ description: 'Name or external id of the group, which may come later.' }),
  role: z.object({ id: z.string(), name: z.string(), title: z.string() }),
  scope: z.object({ id: z.string(), type: z.string(), name: z.string() }),
  priority: z.number().int(),
  createdBy: z.string(),
  createdAt: TimeText,
  groups: z.array(z.object({ id: z.string(), name: z.string(), members: z.number().int() })),
}).meta({ id: 'ProvisioningMapping', description: 'Members of a directory’s group hold a role.' })
const mappingExample = {
  id: MAPPING, matchBy: 'name', value: 'Analysts', role: { id: 'rol_019a0b6e-5b01-7aaa-8b10-2a3b4c5d6e7f', name: 'viewer', title: 'Viewer' },
  scope: { id: 'org_019a0b6e-5b00-7aaa-8b10-2a3b4c5d6e7f', type: 'organization', name: 'Acme' }, priority: 1, createdBy: 'admin@acme.test', createdAt: '2026-11-22T09:30:00.000Z', groups: [],
}

const requestShape = {
  id: idText(REQUEST, 'Id of the request in this list.'), at: TimeText, method: z.string(), path: z.string(), status: z.number().int(), scimType: z.string().nullable(), detail: z.string(),
  milliseconds: z.number().int(), requestId: z.string(),
  rehearsal: z.object({ deeds: z.array(z.string()), moreDeeds: z.number().int(), preview: AccessPreviewAnswer }).nullable().meta({ description: 'With a token that rehearses: what it would have done, in words after “it would have”, and whose access that would have changed.' }),
}
const RequestLine = z.object(requestShape).meta({ id: 'ProvisioningRequest' })
const RequestWhole = z.object({ ...requestShape, request: z.unknown(), answer: z.unknown() }).meta({ id: 'ProvisioningRequestWithBodies' })
const requestExample = { id: REQUEST, at: '2026-11-22T09:30:00.000Z', method: 'POST', path: '/Users', status: 409, scimType: 'uniqueness', detail: 'another user has the user name `b.jensen@acme.test`', milliseconds: 12, requestId: 'req_019a0b6e-6800-7bbb-8c10-2a3b4c5d6e7f', rehearsal: null }

const TokenParams = z.object({ id: ScimTokenId.meta({ description: 'Id of the token.', example: TOKEN }) })
const DirectoryParams = z.object({ id: DirectoryId.meta({ description: 'Id of the directory.', example: DIRECTORY }) })
const MappingParams = z.object({ id: MappingId.meta({ description: 'Id of the mapping.', example: MAPPING }) })
const RequestParams = z.object({ id: DirectoryId.meta({ description: 'Id of the directory.', example: DIRECTORY }), requestId: z.string().max(80).meta({ description: 'Id of the request.', example: REQUEST }) })
const GroupParams = z.object({ id: z.string().regex(/^grp_/).meta({ description: 'Id of the group.', example: 'grp_019a0b6e-5b1c-7d3e-8f10-2a3b4c5d6e7f' }) })
const UserParams = z.object({ id: z.string().regex(/^usr_/).meta({ description: 'Id of the user.', example: 'usr_019a0b6e-5b1c-7d3e-8f10-2a3b4c5d6e7f' }) })

export const provisioningRoutes = [
  defineRead({
    path: '/scim-tokens', tag, summary: 'List SCIM tokens', description: 'Newest first; there are few, so there is one page.', permission,
    output: listOf(Token), example: { data: [tokenExample], nextCursor: null }, read: async (ctx) => ({ data: await listScimTokens(ctx), nextCursor: null }),
  }),
  defineRoute({
    method: 'post', path: '/scim-tokens', tag, summary: 'Create a SCIM token',
    description: 'For `/scim/v2`. Without `directoryId` a directory of the token’s name is made with it. For a directory there is, its maker must hold all that its groups and mappings give.',
    operation: createScimToken, body: CreateScimTokenInput, bodyExample: { name: 'Okta' }, input: ({ body }) => ({ ...body, expiresAt: body.expiresAt?.toISOString() ?? null }), status: 201, output: NewToken, example: newExample, errors: ['not-found'],
    answer: async (ctx, { id, secret }) => ({ ...(await findScimToken(ctx, id)), secret }), location: ({ id }) => `/scim-tokens/${id}`, secretOf: ({ id }) => id,
  }),
  defineRead({ path: '/scim-tokens/{id}', tag, summary: 'Show a SCIM token', permission, params: TokenParams, output: Token, example: tokenExample, read: (ctx, { params }) => findScimToken(ctx, params.id) }),
  defineRoute({
    method: 'patch', path: '/scim-tokens/{id}', tag, summary: 'Let a SCIM token rehearse, or count', description: 'With `rehearses` what it sends is carried out, noted with whose access it would change, and taken back. To let it count you must hold all that the directory’s groups and mappings give.',
    operation: updateScimToken, params: TokenParams, body: UpdateScimTokenInput.omit({ id: true }), bodyExample: { rehearses: true }, input: ({ params, body }) => ({ ...body, id: params.id }), output: Token, example: { ...tokenExample, rehearses: true },
    answer: (ctx, { id }) => findScimToken(ctx, id),
  }),
  defineRoute({
    method: 'post', path: '/scim-tokens/{id}/rotate', tag, summary: 'Rotate a SCIM token', description: 'Makes another token of the same directory; the old one works on for `overlapHours`.',
    operation: rotateScimToken, params: TokenParams, body: RotateBody, bodyExample: { overlapHours: 24 }, input: ({ params, body }) => ({ ...body, id: params.id }), status: 201, output: NewToken,
    example: { ...newExample, rotatedFrom: TOKEN }, errors: ['conflict'], answer: async (ctx, { id, secret }) => ({ ...(await findScimToken(ctx, id)), secret }), location: ({ id }) => `/scim-tokens/${id}`, secretOf: ({ id }) => id,
  }),
  defineRoute({ method: 'delete', path: '/scim-tokens/{id}', tag, summary: 'Revoke a SCIM token', description: 'At once and for good. What it brought stays the directory’s.', operation: deleteScimToken, params: TokenParams, input: ({ params }) => params, status: 204 }),
  defineRead({
    path: '/directories', tag, summary: 'List directories', description: 'There are few, so there is one page.', permission, output: listOf(Directory), example: { data: [directoryExample], nextCursor: null },
    read: async (ctx) => ({ data: await listDirectories(ctx), nextCursor: null }),
  }),
  defineRead({ path: '/directories/{id}', tag, summary: 'Show a directory', permission, params: DirectoryParams, output: Directory, example: directoryExample, read: (ctx, { params }) => findDirectory(ctx, params.id) }),
  defineRoute({
    method: 'patch', path: '/directories/{id}', tag, summary: 'Change a directory', description: 'With `leaverKeys` `hand-over` name the service account in `handoverTo`; what it may do must be your own.',
    operation: updateDirectory, params: DirectoryParams, body: ChangeDirectoryBody, bodyExample: { sendsInvitations: false }, input: ({ params, body }) => ({ ...body, id: params.id }), output: Directory, example: directoryExample,
    errors: ['not-found'], answer: (ctx, { id }) => findDirectory(ctx, id),
  }),
  defineRoute({ method: 'delete', path: '/directories/{id}', tag, summary: 'Disconnect a directory', description: `Its tokens and mappings go, with the roles they gave. People and groups stay, and are decided about here again. ${REHEARSAL}`, operation: deleteDirectory, params: DirectoryParams, query: RehearsedQuery, rehearsal: tellPreview, input: ({ params }) => params, status: 204, errors: ['last-administrator'] }),
  defineRead({
    path: '/directories/{id}/requests', tag, summary: 'List a directory’s requests', description: 'The latest ones over SCIM, newest first.', permission, params: DirectoryParams,
    query: z.strictObject({ ...pageQuery, errors: z.enum(['true', 'false'], { error: 'expected `true` or `false`' }).default('false').meta({ description: 'With `true` only those that were refused.', example: 'true' }) }),
    output: listOf(RequestLine), example: { data: [requestExample], nextCursor: null },
    read: async (ctx, { params, query }) => {
      const { rows, nextCursor } = await listRequests(ctx, { directoryId: params.id, onlyErrors: query.errors === 'true', limit: query.limit, cursor: query.cursor })
      return { data: rows, nextCursor }
    },
  }),
  defineRead({ path: '/directories/{id}/requests/{requestId}', tag, summary: 'Show a directory’s request', description: 'With what was sent and what was answered; passwords are never kept.', permission, params: RequestParams, output: RequestWhole, example: { ...requestExample, request: { userName: 'b.jensen@acme.test' }, answer: { status: '409' } }, read: (ctx, { params }) => findRequest(ctx, params.id, params.requestId) }),
  defineRead({ path: '/directories/{id}/mappings', tag, summary: 'List a directory’s mappings', description: 'In the order in which they count.', permission, params: DirectoryParams, output: listOf(Mapping), example: { data: [mappingExample], nextCursor: null }, read: async (ctx, { params }) => ({ data: await listMappings(ctx, (await findDirectory(ctx, params.id)).id), nextCursor: null }) }),
  defineRoute({
    method: 'post', path: '/directories/{id}/mappings', tag, summary: 'Map a group to a role', description: `Whoever is in the directory’s group of this name holds the role at the scope (the organization, unless another is named), also when the group comes later. You must hold the role there yourself. ${REHEARSAL}`,
    operation: createMapping, params: DirectoryParams, query: RehearsedQuery, rehearsal: tellPreview, body: CreateMappingInput.omit({ directoryId: true }), bodyExample: { value: 'Analysts', role: 'viewer' }, input: ({ params, body }) => ({ ...body, directoryId: params.id }), status: 201, output: Mapping, example: mappingExample,
    errors: ['not-found', 'already-exists'], answer: async (ctx, { id }, { params }) => (await listMappings(ctx, params.id)).find((each) => each.id === id), location: ({ id }) => `/mappings/${id}`,
  }),
  defineRoute({
    method: 'patch', path: '/mappings/{id}', tag, summary: 'Change a mapping', description: `Its group, role, scope or priority. Where everybody holds exactly one role, the lowest number among somebody’s groups decides. You must hold the role there yourself. ${REHEARSAL}`,
    operation: updateMapping, params: MappingParams, query: RehearsedQuery, rehearsal: tellPreview, body: UpdateMappingInput.omit({ id: true }), bodyExample: { priority: 2 }, input: ({ params, body }) => ({ ...body, id: params.id }), status: 204, errors: ['already-exists', 'last-administrator'],
  }),
  defineRoute({
    method: 'delete', path: '/mappings/{id}', tag, summary: 'Delete a mapping', description: `The roles it gave go with it. ${REHEARSAL}`, operation: deleteMapping, params: MappingParams, query: RehearsedQuery, rehearsal: tellPreview,
    input: ({ params }) => params, status: 204, errors: ['last-administrator'],
  }),
  defineRoute({
    method: 'post', path: '/groups/{id}/hand-over', tag, summary: 'Hand a group over to a directory', description: `The directory decides who is in it from now on. You must hold all that the group gives. ${REHEARSAL}`,
    operation: handOverGroup, params: GroupParams, query: RehearsedQuery, rehearsal: tellPreview, body: z.strictObject({ directoryId: DirectoryId }),
    bodyExample: { directoryId: DIRECTORY }, input: ({ params, body }) => ({ ...body, id: params.id }), status: 204, errors: ['managed', 'conflict'],
  }),
  defineRoute({ method: 'post', path: '/groups/{id}/release', tag, summary: 'Take a group back from a directory', description: `People here decide about it again; roles that came from mappings go. ${REHEARSAL}`, operation: releaseGroup, params: GroupParams, query: RehearsedQuery, rehearsal: tellPreview, input: ({ params }) => params, status: 204 }),
  defineRoute({ method: 'post', path: '/users/{id}/release', tag, summary: 'Take a user back from a directory', description: 'To keep somebody out at once, say. The directory takes them over again with its next change of them.', operation: releaseMember, params: UserParams, input: ({ params }) => params, status: 204 }),
]
