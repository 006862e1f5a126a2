import { OpenAPIHono, z, type RouteConfig } from '@hono/zod-openapi'
import { CORE_PREFIX } from '@/lib/access/models/catalogue'
import { API_BASE } from '@/lib/boundary/http'
import type { ApiRoute } from '@/lib/boundary/http-route'
import { problemTitle, problemUrl } from '@/lib/boundary/problem'
import { env } from '@/lib/env'
import { ERRORS, type ErrorCode } from '@/lib/errors'
import { apiRoutes } from './routes'

export type OpenApiDocument = ReturnType<OpenAPIHono['getOpenAPI31Document']>

export const API_VERSION = '1.0.0'

const INTRODUCTION = `Everything an administrator can do in the console, over HTTP.

**Credential.** Send an API key as \`Authorization: Bearer <key>\` (\`ApiKey <key>\` is accepted too). The organization is the key's; no address names it, and what belongs to another organization does not exist here (404). Cookies are never looked at.

**Errors** are problem documents (RFC 9457): \`type\` is a page that explains, \`instance\` the id of the request, and \`errors\` names each wrong field by JSON pointer or parameter.

**Lists** answer \`{ "data": [...], "nextCursor": … }\`. Give \`nextCursor\` back as \`cursor\`, with the same filters and sort; null means the last page.

**Repeating a request.** A POST with an \`Idempotency-Key\` is done once: the same key and body get the first answer again for 24 hours, another body is 409. An answer that showed a secret is not kept: repeating it is 409 \`secret-already-shown\` with the id.

**Not overwriting others.** Single resources carry an \`ETag\`; send it as \`If-Match\` with PATCH or DELETE, and the change is made only if nobody changed the resource meanwhile (412 otherwise).

**Limits.** \`RateLimit\` and \`RateLimit-Policy\` announce how many requests the credential and the address may still make, whichever process answers; beyond it the answer is 429 with \`Retry-After\`.`

const Problem = z.object({
  type: z.url().meta({ description: 'The page that explains the error.', example: 'https://gatehouse.example/docs/problems/invalid-input' }),
  title: z.string().meta({ example: ERRORS['invalid-input'].title }),
  status: z.number().int().meta({ example: 422 }),
  detail: z.string().meta({ description: 'What was wrong with this request.' }),
  instance: z.string().meta({ description: 'Id of the request, as in `X-Request-Id`.', example: 'req_019a0b6e-7000-7ccc-8d10-2a3b4c5d6e7f' }),
  errors: z.array(z.object({
    pointer: z.string().optional().meta({ description: 'The field of the body, as JSON pointer in a URI fragment.', example: '#/emails/0' }),
    parameter: z.string().optional().meta({ description: 'The query parameter.', example: 'limit' }),
    detail: z.string(),
    line: z.number().int().optional().meta({ description: 'Where the field is a text that was parsed: the line, from 1.' }),
    column: z.number().int().optional(),
    message: z.string().optional().meta({ description: 'Of a text that was parsed: the same as `detail`.' }),
    start: z.number().int().optional().meta({ description: 'The same as offset in UTF-16 units.' }),
    end: z.number().int().optional(),
  })).optional(),
  permission: z.string().optional().meta({ description: 'Of a 403: what is missing.', example: 'gatehouse/member:write' }),
  scope: z.string().optional().meta({ description: 'Of a 403: where it is missing.' }),
  scopeType: z.string().optional().meta({ description: 'Of a 403: the type of the scope, where the caller may see it.', example: 'folder' }),
  scopeName: z.string().optional().meta({ description: 'Of a 403: its name.' }),
  grantors: z.array(z.string()).optional().meta({ description: 'Of a 403: who can give the permission, at most five.' }),
  roles: z.array(z.string()).optional().meta({ description: 'Of a 403: roles that carry the permission, least powerful first.' }),
  near: z.array(z.object({
    role: z.string(), scope: z.object({ type: z.string(), id: z.string(), name: z.string() }),
    outcome: z.enum(['expired', 'held-too-low', 'not-chosen', 'elsewhere']), detail: z.string(),
  })).optional().meta({ description: 'Of a 403: the caller’s own roles that permit it, and why they do not count here.' }),
  explain: z.url().optional().meta({ description: 'Of a 403: the whole explanation in the console, for callers who may ask for decisions.' }),
  id: z.string().optional().meta({ description: 'Of `secret-already-shown`: what the first request made.' }),
  'violated-policies': z.array(z.string()).optional().meta({ description: 'Of a 429: the limits that were reached, as `RateLimit-Policy` names them.', example: ['credential'] }),
}).meta({ id: 'Problem', description: 'An error (RFC 9457).' })

const REQUEST_ID = { 'X-Request-Id': { description: 'Id of the request; also in the log and on audit events.', schema: { type: 'string' } } } as const
const RATE = {
  RateLimit: { description: 'Of each limit: what is left (`r`), and the seconds until it begins again (`t`).', schema: { type: 'string' } },
  'RateLimit-Policy': { description: 'The limits of this address and this credential: requests (`q`) in so many seconds (`w`).', schema: { type: 'string' } },
} as const
const ACCESS_VERSION = { 'Gatehouse-Version': { description: 'The organization’s access version with this change in it. Sent to `/access/v1` as `Gatehouse-At-Least-Version`, it is answered from this state or a later one.', schema: { type: 'string' } } } as const
const ETAG = { ETag: { description: 'The version of the resource.', schema: { type: 'string' } } } as const

/** Every error a route can answer with. */
export function errorsOf({ method, doc, permission, takesBody, event, hasVersion }: ApiRoute): ErrorCode[] {
  const codes: ErrorCode[] = [
    'unauthenticated', 'too-many-requests', 'internal', 'unavailable',
    ...(permission === null ? [] : ['forbidden'] as const),
    ...(doc.params ? ['not-found'] as const : []),
    ...(doc.params || doc.query || takesBody ? ['invalid-input'] as const : []),
    ...(takesBody ? ['malformed-request', 'unsupported-media-type', 'too-large'] as const : []),
    ...(method === 'post' && event !== undefined ? ['idempotency-conflict', 'malformed-request'] as const : []),
    ...(hasVersion && event !== undefined && method !== 'post' ? ['precondition-failed'] as const : []),
    ...(doc.errors ?? []),
  ]
  return [...new Set(codes)].sort((a, b) => ERRORS[a].status - ERRORS[b].status || a.localeCompare(b))
}

const statusesOf = (route: ApiRoute): Map<number, ErrorCode[]> => {
  const byStatus = new Map<number, ErrorCode[]>()
  for (const code of errorsOf(route)) byStatus.set(ERRORS[code].status, [...(byStatus.get(ERRORS[code].status) ?? []), code])
  return byStatus
}

const componentOf = (status: number, codes: readonly ErrorCode[]): string => [status, ...codes].join('.')

const exampleOf = (code: ErrorCode) => ({ type: problemUrl(code), title: problemTitle(code), status: ERRORS[code].status, detail: 'what was wrong with this request', instance: 'req_019a0b6e-7000-7ccc-8d10-2a3b4c5d6e7f' })

/** The responses that routes share, under the names of their status and codes. */
function registerErrors(app: OpenAPIHono): void {
  app.openAPIRegistry.register('Problem', Problem)
  const all = new Map(apiRoutes.flatMap((route) => [...statusesOf(route)].map(([status, codes]) => [componentOf(status, codes), { status, codes }] as const)))
  for (const [name, { status, codes }] of all) {
    app.openAPIRegistry.registerComponent('responses', name, {
      description: codes.map((code) => `${problemTitle(code)} (\`${code}\`).`).join(' '),
      headers: { ...REQUEST_ID, ...RATE, ...(status === 429 || status === 503 ? { 'Retry-After': { description: 'Seconds to wait.', schema: { type: 'integer' as const } } } : {}) },
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' }, examples: Object.fromEntries(codes.map((code) => [code, { value: exampleOf(code) }])) } },
    })
  }
}

const errorResponses = (route: ApiRoute): RouteConfig['responses'] =>
  Object.fromEntries([...statusesOf(route)].map(([status, codes]) => [status, { $ref: `#/components/responses/${componentOf(status, codes)}` }]))

function successOf({ doc: { success }, hasVersion, tellsAccessVersion = false }: ApiRoute): RouteConfig['responses'] {
  const { status, description, schema, example, contentTypes, dryRun } = success
  const content = schema
    ? { 'application/json': { schema: dryRun && status === 200 ? z.union([schema, dryRun]) : schema, ...(example !== undefined && { example }) } }
    : Object.fromEntries((contentTypes ?? []).map((type) => [type, { schema: z.string() }]))
  const headers = { ...REQUEST_ID, ...RATE, ...(schema && hasVersion ? ETAG : {}), ...(tellsAccessVersion ? ACCESS_VERSION : {}) }
  return {
    [status]: { description, headers, ...(Object.keys(content).length > 0 && { content }) },
    ...(dryRun && status !== 200 && { 200: { description: 'With `?dryRun=true`: what would come of it.', headers: { ...REQUEST_ID, ...RATE }, content: { 'application/json': { schema: dryRun } } } }),
  }
}

const IDEMPOTENCY = z.object({ 'Idempotency-Key': z.string().max(255).optional().meta({ description: 'Makes repeating the request harmless for 24 hours.' }) })
const IF_MATCH = z.object({ 'If-Match': z.string().optional().meta({ description: 'The `ETag` the change was decided on.' }) })

function conditionHeaders({ method, event, hasVersion }: ApiRoute) {
  if (event === undefined) return undefined
  if (method === 'post') return IDEMPOTENCY
  return hasVersion ? IF_MATCH : undefined
}

const asObject = (schema: z.ZodType | undefined) => (schema instanceof z.ZodObject ? schema : undefined)

/** `list-users` out of "List users", unique through the path's last word where needed. */
const operationIdOf = ({ doc }: ApiRoute): string => doc.operationId ?? doc.summary.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '')

function configOf(route: ApiRoute): RouteConfig {
  const { method, path, doc, permission } = route
  const [params, query, headers] = [asObject(doc.params), asObject(doc.query), conditionHeaders(route)]
  const needs = permission === null ? 'Needs no permission beyond an active membership.' : `Needs \`${CORE_PREFIX}${permission}\`.`
  return {
    method,
    path: API_BASE + path,
    operationId: operationIdOf(route),
    tags: [doc.tag],
    summary: doc.summary,
    description: [doc.description, needs].filter(Boolean).join('\n\n'),
    security: [{ apiKey: [] }],
    request: {
      ...(params && { params }), ...(query && { query }), ...(headers && { headers }),
      ...(doc.body && { body: { required: true, content: { 'application/json': { schema: doc.body, ...(doc.bodyExample !== undefined && { example: doc.bodyExample }) } } } }),
    },
    responses: { ...successOf(route), ...errorResponses(route) },
    ...(doc.success.dryRun && { 'x-dry-run': true }),
  }
}

function makeDocument(origin: string): OpenApiDocument {
  const app = new OpenAPIHono()
  registerErrors(app)
  app.openAPIRegistry.registerComponent('securitySchemes', 'apiKey', { type: 'http', scheme: 'bearer', description: 'An API key, `gh_key_…`.' })
  for (const route of apiRoutes) app.openAPIRegistry.registerPath(configOf(route))
  const tags = [...new Set(apiRoutes.map(({ doc }) => doc.tag))].map((name) => ({ name }))
  const document = app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: { title: 'Gatehouse management API', version: API_VERSION, description: INTRODUCTION },
    servers: [{ url: origin }],
    tags,
  })
  // Regular expressions with flags arrive as `source/flags`; a JSON Schema pattern is the source alone.
  return JSON.parse(JSON.stringify(document, (key, value: unknown) => (key === 'pattern' && typeof value === 'string' ? value.replace(/(?<=\$)\/[a-z]+$/, '') : value)))
}

let cached: { origin: string; document: OpenApiDocument; text: string } | undefined

function current(): NonNullable<typeof cached> {
  const { origin } = env().publicUrl
  if (cached?.origin === origin) return cached
  const document = makeDocument(origin)
  return (cached = { origin, document, text: JSON.stringify(document) })
}

/** The OpenAPI 3.1 document of all routes; made once, since nothing of it changes while the process runs. Not to be written to. */
export const openApiDocument = (): OpenApiDocument => current().document

/** The same as JSON. */
export const openApiText = (): string => current().text
