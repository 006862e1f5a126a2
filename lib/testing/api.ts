import { Gatehouse } from '@/client/gatehouse'
import { makeApi } from '@/lib/api/application'
import type { RequestLimits } from '@/lib/api/rate-limit'
import { makeSecret } from '@/lib/access/principals/secret-format'
import { db } from '@/lib/db'
import { newId } from '@/lib/ids'
import { withRequest } from '@/lib/request'

export type TestKey = { id: string; secret: string }

/** An API key of a member. */
export async function makeKey(organization: { id: string }, member: { id: string }, expiresAt: Date | null = null): Promise<TestKey> {
  const id = newId('key')
  const { publicId, secret, secretHash } = makeSecret('key')
  await db().apiKey.create({ data: { id, organizationId: organization.id, membershipId: member.id, name: 'test', publicId, secretHash, expiresAt } })
  return { id, secret }
}

export type ApiCall = { key?: { secret: string }; body?: unknown; headers?: Record<string, string> }
/** `body` is the parsed JSON as an object, `json` as it came. */
export type ApiReply = { status: number; headers: Headers; body: Record<string, unknown>; json: unknown }

const asRecord = (value: unknown): Record<string, unknown> => (typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {})

const factsOfTest = () => ({ id: newId('request'), address: '198.51.100.7', userAgent: 'test', source: 'api' as const, nonce: '', session: null })

type ClientMore = { limits?: Partial<RequestLimits>; /** How many applications answer in turn, as processes behind a balancer do. */ processes?: number; wait?: (milliseconds: number) => Promise<void>; /** What happens to answers on their way. */ onAnswer?: (answer: Response, request: Request) => Response }

/** The published client on the management API without a server around it; waiting is for the test to do. */
export function testClient({ secret }: { secret: string }, { limits, processes = 1, wait = async () => undefined, onAnswer = (answer) => answer }: ClientMore = {}): Gatehouse {
  const apis = Array.from({ length: processes }, () => (limits ? makeApi(limits) : makeApi()))
  let turn = 0
  const send = (request: Request) =>
    withRequest(factsOfTest(), async () => onAnswer((await apis[turn++ % processes]?.fetch(request)) ?? Response.error(), request))
  return new Gatehouse({ url: 'http://localhost:3000', credential: secret, fetch: send, wait })
}

/** The management API without a server around it: `await api('PATCH /users/usr_…', { key, body })`. */
export function testApi(limits?: Partial<RequestLimits>) {
  const { fetch } = limits ? makeApi(limits) : makeApi()
  return (request: string, { key, body, headers = {} }: ApiCall = {}): Promise<ApiReply> => {
    const [method = 'GET', path = '/'] = request.split(' ')
    const sent = typeof body === 'string' ? body : body === undefined ? null : JSON.stringify(body)
    const all = { ...(key && { authorization: `Bearer ${key.secret}` }), ...(sent !== null && { 'content-type': 'application/json' }), ...headers }
    return withRequest(factsOfTest(), async () => {
      const response = await fetch(new Request(`http://localhost:3000/api/v1${path}`, { method, headers: all, body: sent }))
      const text = await response.text()
      const isJson = /^application\/(problem\+)?json/.test(response.headers.get('content-type') ?? '') && text !== ''
      const json: unknown = isJson ? JSON.parse(text) : undefined
      return { status: response.status, headers: response.headers, body: isJson ? asRecord(json) : { text }, json }
    })
  }
}
