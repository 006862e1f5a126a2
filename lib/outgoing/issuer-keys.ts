import type { JSONWebKeySet } from 'jose'
import { z } from 'zod'
import { now } from '@/lib/clock'
import { processWide } from '@/lib/process-state'
import { guardedFetch, type FetchOptions } from './guarded-fetch'

export type IssuerKeys = { ok: true; keys: JSONWebKeySet } | { ok: false; message: string }

const LIMITS: FetchOptions = { maxBytes: 256 * 1024, timeoutMs: 5000 }
/** Keys are asked for again after so long. */
const FRESH_MS = 10 * 60_000
/** A key nobody knows makes the issuer be asked again, but not more often than this: else strangers could make us ask. */
const AGAIN_MS = 30_000
/** An issuer that cannot be reached is believed on the keys it had, so long. */
const STALE_MS = 24 * 3600_000
const ISSUERS_MAX = 500

type Entry = { keys: JSONWebKeySet | null; fetchedAt: number; triedAt: number; problem: string; pending: Promise<void> | null }

const entries = () => processWide('issuer-keys', () => new Map<string, Entry>())

const Discovery = z.object({ issuer: z.string(), jwks_uri: z.string() })
const Keys = z.object({ keys: z.array(z.looseObject({ kty: z.string() })).max(200) })

/** The JSON at an address. @throws Error saying what is wrong, for people */
async function fetchJson<T>(url: string, schema: z.ZodType<T>): Promise<T> {
  const result = await guardedFetch(url, LIMITS)
  if (!result.ok) throw new Error(result.message)
  const { status, text } = result.answer
  if (status !== 200) throw new Error(`\`${url}\` answers with status ${status}`)
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw new Error(`\`${url}\` does not answer with JSON`)
  }
  const parsed = schema.safeParse(json)
  if (!parsed.success) throw new Error(`\`${url}\` does not answer with what OpenID Connect asks for`)
  return parsed.data
}

/** The issuer's public keys by its own description (OpenID Connect Discovery). Symmetric ones are left out. */
async function fetchKeys(issuer: string): Promise<JSONWebKeySet> {
  const description = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`
  const { issuer: name, jwks_uri: address } = await fetchJson(description, Discovery)
  if (name !== issuer) throw new Error(`\`${description}\` speaks for \`${name.slice(0, 200)}\`, not for \`${issuer}\``)
  const { keys } = await fetchJson(address, Keys)
  return { keys: keys.filter(({ kty }) => kty === 'RSA' || kty === 'EC' || kty === 'OKP') }
}

async function refresh(issuer: string, entry: Entry): Promise<void> {
  entry.triedAt = now().getTime()
  try {
    entry.keys = await fetchKeys(issuer)
    entry.fetchedAt = entry.triedAt
    entry.problem = ''
  } catch (error) {
    entry.problem = error instanceof Error ? error.message : 'its keys cannot be read'
  } finally {
    entry.pending = null
  }
}

function entryOf(issuer: string): Entry {
  const known = entries().get(issuer)
  if (known) return known
  if (entries().size >= ISSUERS_MAX) entries().clear()
  const entry: Entry = { keys: null, fetchedAt: -Infinity, triedAt: -Infinity, problem: '', pending: null }
  entries().set(issuer, entry)
  return entry
}

const knows = ({ keys }: Entry, kid: string | undefined): boolean => keys !== null && (kid === undefined || keys.keys.some((key) => key.kid === kid))

/**
 * The public keys of an outside issuer, kept for ten minutes. A `kid` they do not have makes the issuer be asked again,
 * since it may have changed its keys; twice a minute at most. Askers at the same time share one request.
 */
export async function findIssuerKeys(issuer: string, kid: string | undefined): Promise<IssuerKeys> {
  const entry = entryOf(issuer)
  const at = now().getTime()
  const isGood = knows(entry, kid) && at - entry.fetchedAt < FRESH_MS
  if (!isGood && (entry.pending !== null || at - entry.triedAt >= AGAIN_MS)) await (entry.pending ??= refresh(issuer, entry))
  const { keys, fetchedAt, problem } = entry
  if (keys !== null && at - fetchedAt < STALE_MS) return { ok: true, keys }
  return { ok: false, message: problem || 'its keys cannot be read' }
}

/** For tests: as after a start. */
export const forgetIssuerKeys = (): void => entries().clear()
