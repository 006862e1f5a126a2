import type { CredentialActor } from '@/lib/access/principals/actor'
import type { Answer } from '@/lib/boundary/http-route'
import { read } from '@/lib/boundary/perform'
import { problemOf, type ExplainedRefusal } from '@/lib/boundary/problem'
import { refusalOf } from '@/lib/boundary/report'
import { absoluteUrl } from '@/lib/env'
import { isAppError, type MissingRight } from '@/lib/errors'
import { explainRefusal } from '@/lib/features/explanations/refusals'
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

/** What is missing, who can give it and what came near, for whoever asked; null when that cannot be found out either. */
async function explained(actor: CredentialActor, missing: MissingRight): Promise<ExplainedRefusal | null> {
  const told = await read(actor, actor.organizationId, null, (ctx) => explainRefusal(ctx, missing)).catch(() => null)
  if (told === null) return null
  const { scope, grantors, near, roles, explainPath } = told
  return {
    grantors, roles, near: near.map(({ role, scope: { id, type, name }, outcome, words }) => ({ role, scope: { type, id, name }, outcome, detail: words })),
    ...(scope.type !== undefined && { scopeType: scope.type }), ...(scope.name !== undefined && { scopeName: scope.name }), ...(explainPath !== null && { explain: absoluteUrl(explainPath) }),
  }
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
  const refused = missing && actor ? await explained(actor, missing) : null
  const { resourceId, violatedPolicies } = isAppError(caught) ? caught.extras : {}
  const problem = problemOf(refusal, { resourceId, violatedPolicies, ...(isParameter && { isParameter }), ...(refused && { refused }) })
  return new Response(JSON.stringify(problem), {
    status,
    headers: {
      'cache-control': 'no-store', 'x-request-id': refusal.requestId, ...headers, 'content-type': 'application/problem+json',
      ...(status === 401 && { 'www-authenticate': challenge(refusal.message) }),
      ...(retryAfterSeconds !== undefined && { 'retry-after': String(retryAfterSeconds) }),
    },
  })
}
