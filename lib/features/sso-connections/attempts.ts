import { z } from 'zod'
import { now } from '@/lib/clock'
import { db } from '@/lib/db'
import { mac, randomSecret, sameSecret, seal, unseal } from '@/lib/secrets'
import type { SignInRefusal } from './refusals'

/** How long a sign-in may take at the provider. */
export const ATTEMPT_MINUTES = 10

/** `test` opens nothing; `confirm` proves once more who is signed in; `link` lets a provider of the whole installation open their account. */
export type AttemptPurpose = 'sign-in' | 'test' | 'confirm' | 'link'

/** What begins: for which connection (null: a provider of the whole installation), and what the protocol must find again. */
export type NewAttempt = {
  connection: { organizationId: string; id: string } | null
  /** The `state` of OIDC or the id of a SAML request: whatever comes back with the answer. */
  state: string
  /** The cookie's secret that binds it to this browser. */
  browserSecret: string
  purpose: AttemptPurpose
  /** Of everything but a sign-in: the session that asks. */
  sessionId?: string
  next: string | null
  /** Sealed at rest: nonce, code verifier and the like. */
  data: Readonly<Record<string, string>>
}

export type Attempt = { beganAt: Date; purpose: AttemptPurpose; connectionId: string | null; sessionId: string | null; next: string | null; data: Readonly<Record<string, string>> }

const idOf = (state: string): string => mac('link', `attempt:${state}`)
const browserHashOf = (secret: string): string => mac('link', `browser:${secret}`)

/** A secret for the cookie of a browser that has none yet. */
export const newBrowserSecret = (): string => randomSecret()

/** Notes that a sign-in begins. */
export async function beginAttempt({ connection, state, browserSecret, purpose, sessionId, next, data }: NewAttempt): Promise<void> {
  const at = now()
  await db().signInAttempt.create({
    data: {
      id: idOf(state), organizationId: connection?.organizationId ?? null, connectionId: connection?.id ?? null, purpose, next, sessionId: sessionId ?? null,
      browserHash: browserHashOf(browserSecret), sealed: seal(JSON.stringify(data)), createdAt: at, expiresAt: new Date(at.getTime() + ATTEMPT_MINUTES * 60_000),
    },
  })
}

/** When an attempt began that waits for its answer; null when this connection has none of this state. Uses nothing up. */
export async function findPendingAttempt(state: string, connectionId: string): Promise<Date | null> {
  const row = await db().signInAttempt.findUnique({ where: { id: idOf(state) }, select: { connectionId: true, createdAt: true, expiresAt: true, usedAt: true } })
  return row && row.connectionId === connectionId && row.usedAt === null && row.expiresAt > now() ? row.createdAt : null
}

/** What this browser has under way with this connection (null: a provider of the whole installation), as far as it waits for an answer. */
export async function purposeUnderWay(connectionId: string | null, browserSecret: string | undefined): Promise<AttemptPurpose> {
  if (browserSecret === undefined) return 'sign-in'
  const where = { connectionId, browserHash: browserHashOf(browserSecret), expiresAt: { gt: now() } }
  const latest = await db().signInAttempt.findFirst({ where, select: { purpose: true, usedAt: true }, orderBy: { createdAt: 'desc' } })
  return latest?.usedAt === null ? Purpose.parse(latest.purpose) : 'sign-in'
}

const Data = z.record(z.string(), z.string())
const Purpose = z.enum(['sign-in', 'test', 'confirm', 'link'])

export type Taken = { ok: true; attempt: Attempt } | { ok: false; reason: Extract<SignInRefusal, 'state-missing' | 'state-unknown' | 'state-used' | 'other-browser' | 'issuer-mismatch'> }

/**
 * Takes an attempt up again, once, in the browser that began it and for the connection it began with. An answer in
 * another browser uses nothing up, so that whoever has seen a link cannot spoil it.
 */
export async function takeAttempt(state: string | null | undefined, browserSecret: string | undefined, connectionId: string | null): Promise<Taken> {
  if (!state) return { ok: false, reason: 'state-missing' }
  const id = idOf(state)
  const row = await db().signInAttempt.findUnique({ where: { id } })
  if (!row || row.expiresAt <= now()) return { ok: false, reason: 'state-unknown' }
  if (browserSecret === undefined || !sameSecret(row.browserHash, browserHashOf(browserSecret))) return { ok: false, reason: 'other-browser' }
  if (row.connectionId !== connectionId) return { ok: false, reason: 'issuer-mismatch' }
  const { count } = await db().signInAttempt.updateMany({ where: { id, usedAt: null }, data: { usedAt: now() } })
  if (count === 0) return { ok: false, reason: 'state-used' }
  const { purpose, sessionId, next, sealed, createdAt: beganAt } = row
  return { ok: true, attempt: { beganAt, purpose: Purpose.parse(purpose), connectionId, sessionId, next, data: Data.parse(JSON.parse(unseal(sealed))) } }
}
