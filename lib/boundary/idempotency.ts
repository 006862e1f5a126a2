import { createHash } from 'node:crypto'
import { Prisma } from '@/lib/generated/prisma/client'
import type { Ctx } from '@/lib/access/context'
import { AppError } from '@/lib/errors'
import type { Answer, Call } from './http-route'

const KEPT_MS = 24 * 3600_000
const KEY = /^[\x21-\x7e]{1,255}$/

/** An answer as it is kept: that of a request which made a secret holds only the id of what it made. */
type Kept = { requestHash: string; status: number | null; body: Prisma.JsonValue }

/** The same value gives the same text, whatever the order of keys. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner,
  ) ?? ''
}

const hashOf = ({ method, path, query, body }: Call): string =>
  createHash('sha256').update(`${method} ${path} ${canonical(query)} ${canonical(body)}`).digest('base64url')

/** The request's `Idempotency-Key`, or null. @throws AppError `malformed-request` when it is not 1 to 255 visible characters */
export function idempotencyKey(call: Call): string | null {
  const key = call.header('idempotency-key')
  if (key === undefined) return null
  if (!KEY.test(key)) throw new AppError('malformed-request', '`Idempotency-Key` has 1 to 255 visible ASCII characters')
  return key
}

/** Takes the key in the transaction of the work. A second request with it waits here until the first is through. */
async function take({ tx, now }: Ctx, credentialId: string, key: string, requestHash: string): Promise<boolean> {
  const old = new Date(now.getTime() - KEPT_MS)
  try {
    await tx.$executeRaw`SET LOCAL lock_timeout = '10s'`
    const rows = await tx.$queryRaw<unknown[]>(Prisma.sql`
      INSERT INTO "IdempotentAnswer" ("credentialId", "key", "requestHash", "createdAt") VALUES (${credentialId}, ${key}, ${requestHash}, ${now})
      ON CONFLICT ("credentialId", "key") DO UPDATE SET "requestHash" = EXCLUDED."requestHash", "status" = NULL, "body" = NULL, "createdAt" = EXCLUDED."createdAt"
        WHERE "IdempotentAnswer"."createdAt" < ${old}
      RETURNING 1`)
    await tx.$executeRaw`SET LOCAL lock_timeout = 0`
    return rows.length > 0
  } catch (error) {
    if (!String(error).includes('lock timeout')) throw error
    throw new AppError('idempotency-conflict', 'the first request with this key is still under way; ask again in a moment')
  }
}

function keptAnswer(kept: Kept, requestHash: string): Answer {
  if (kept.requestHash !== requestHash) throw new AppError('idempotency-conflict', 'this key was used for another request in the last 24 hours; use a new one')
  const { body } = kept
  const parts = typeof body === 'object' && body !== null && !Array.isArray(body) ? body : {}
  if (typeof parts['secretOf'] === 'string') {
    throw new AppError('secret-already-shown', `this request made \`${parts['secretOf']}\`, whose secret was shown in the first answer only`, { resourceId: parts['secretOf'] })
  }
  const location = parts['location']
  return {
    status: kept.status === 201 || kept.status === 204 ? kept.status : 200,
    headers: { 'idempotency-replayed': 'true', ...(typeof location === 'string' && { location }) },
    ...(parts['body'] !== undefined && { body: parts['body'] }),
  }
}

/**
 * Runs the work at most once for a key: both are committed together, so that a crash leaves either nothing or the
 * answer. The same request again gets the first answer; refusals are not kept, since nothing was done.
 *
 * @param secretOf id of what the answer shows a secret of; such an answer is never stored
 * @throws AppError `idempotency-conflict`, `secret-already-shown`
 */
export async function answerOnce<T>(
  ctx: Ctx, call: Call, key: string, work: () => Promise<{ outcome: T; answer: Answer; secretOf?: string }>,
): Promise<{ outcome: T | null; answer: Answer }> {
  const where = { credentialId_key: { credentialId: call.actor.credential.id, key } }
  const requestHash = hashOf(call)
  if (!(await take(ctx, call.actor.credential.id, key, requestHash))) {
    const kept = await ctx.tx.idempotentAnswer.findUniqueOrThrow({ where, select: { requestHash: true, status: true, body: true } })
    return { outcome: null, answer: keptAnswer(kept, requestHash) }
  }
  const { outcome, answer, secretOf } = await work()
  const location = answer.headers?.['location']
  const shown: Prisma.InputJsonValue = JSON.parse(JSON.stringify(secretOf ? { secretOf } : { location, body: answer.body }))
  await ctx.tx.idempotentAnswer.update({ where, data: { status: answer.status, body: shown } })
  return { outcome, answer }
}
