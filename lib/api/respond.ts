import type { CredentialActor } from '@/lib/access/principals/actor'
import { isCorePermission } from '@/lib/access/permissions'
import type { Answer } from '@/lib/boundary/http-route'
import { read } from '@/lib/boundary/perform'
import { problemOf } from '@/lib/boundary/problem'
import { refusalOf } from '@/lib/boundary/report'
import { isAppError } from '@/lib/errors'
import { listGrantors } from '@/lib/features/organizations/queries'
import { requestFacts } from '@/lib/request'
import { challenge } from './credential'

type HeaderList = Record<string, string>

/** A door's answer as response. */
export function respond(answer: Answer, headers: HeaderList): Response {
  const all: HeaderList = { 'cache-control': 'private, no-cache', 'x-request-id': requestFacts().id, ...headers, ...answer.headers }
  if (answer.stream) return new Response(answer.stream, { status: answer.status, headers: all })
  if (answer.body === undefined) return new Response(null, { status: answer.status, headers: all })
  all['content-type'] = 'application/json'
  return new Response(JSON.stringify(answer.body), { status: answer.status, headers: all })
}

/** Whom to ask for a missing permission; nobody when that cannot be found out either. */
async function grantorsOf(actor: CredentialActor, permission: string): Promise<readonly string[]> {
  if (!isCorePermission(permission)) return []
  return read(actor, actor.organizationId, null, (ctx) => listGrantors(ctx, permission)).catch(() => [])
}

export type RefusedCall = {
  actor?: CredentialActor | undefined
  headers?: HeaderList
  isParameter?: (name: string) => boolean
}

/** Any caught value as problem document (RFC 9457). */
export async function respondProblem(caught: unknown, { actor, headers = {}, isParameter }: RefusedCall = {}): Promise<Response> {
  const refusal = refusalOf(caught)
  const { status, missing, retryAfterSeconds } = refusal
  const grantors = missing && actor ? await grantorsOf(actor, missing.permission) : undefined
  const resourceId = isAppError(caught) ? caught.extras.resourceId : undefined
  const problem = problemOf(refusal, { resourceId, ...(isParameter && { isParameter }), ...(grantors && { grantors }) })
  return new Response(JSON.stringify(problem), {
    status,
    headers: {
      'cache-control': 'no-store', 'x-request-id': refusal.requestId, ...headers, 'content-type': 'application/problem+json',
      ...(status === 401 && { 'www-authenticate': challenge(refusal.message) }),
      ...(retryAfterSeconds !== undefined && { 'retry-after': String(retryAfterSeconds) }),
    },
  })
}
