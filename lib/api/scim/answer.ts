import { challenge } from '@/lib/api/credential'
import { refusalOf } from '@/lib/boundary/report'
import { requestFacts } from '@/lib/request'
import type { ErrorCode } from '@/lib/errors'
import { errorBody, isScimError, type ScimType } from '@/lib/scim/error'

/** What is answered; `body` undefined: there is nothing to say. */
export type ScimAnswer = { status: number; body?: unknown; headers?: Record<string, string> }

/** Our errors in the words of SCIM. */
const TYPES: Partial<Record<ErrorCode, { status: number; scimType?: ScimType }>> = {
  'malformed-request': { status: 400, scimType: 'invalidSyntax' },
  'invalid-input': { status: 400, scimType: 'invalidValue' },
  'already-exists': { status: 409, scimType: 'uniqueness' },
  managed: { status: 403 },
}

/** Any caught value as an answer (RFC 7644 §3.12). The text of an error that is not known goes to the log only. */
export function refusalAnswer(caught: unknown): ScimAnswer {
  if (isScimError(caught)) return { status: caught.status, body: errorBody(caught.status, caught.message, caught.scimType) }
  const refusal = refusalOf(caught)
  const { status, scimType } = TYPES[refusal.code] ?? { status: refusal.status }
  return {
    status, body: errorBody(status, refusal.code === 'internal' ? `${refusal.message} (${refusal.requestId})` : refusal.message, scimType),
    headers: {
      ...(status === 401 && { 'www-authenticate': challenge(refusal.message).split(', ApiKey')[0] ?? 'Bearer' }),
      ...(refusal.retryAfterSeconds !== undefined && { 'retry-after': String(refusal.retryAfterSeconds) }),
    },
  }
}

/** SCIM's own type, unless the client takes plain JSON only. */
function contentType(accept: string | undefined): string {
  const wanted = (accept ?? '').toLowerCase()
  return wanted.includes('application/json') && !/scim\+json|\*\/\*|application\/\*/.test(wanted) ? 'application/json; charset=utf-8' : 'application/scim+json; charset=utf-8'
}

export function respondScim({ status, body, headers = {} }: ScimAnswer, accept: string | undefined): Response {
  const all: Record<string, string> = { 'cache-control': 'no-store', 'x-request-id': requestFacts().id, ...headers }
  if (body === undefined) return new Response(null, { status, headers: all })
  return new Response(JSON.stringify(body), { status, headers: { ...all, 'content-type': contentType(accept) } })
}
