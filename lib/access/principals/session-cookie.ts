import { createHash } from 'node:crypto'
import { decode, encode } from 'next-auth/jwt'
import { env } from '@/lib/env'
import { processWide } from '@/lib/process-state'
import { mac } from '@/lib/secrets'

export const SESSION_DAYS = 30
const secondsOf = (days: number) => days * 24 * 3600

export const isSecureSite = (): boolean => env().publicUrl.protocol === 'https:'

/** `__Host-` under https: bound to this host, never sent without encryption. */
export const sessionCookieName = (): string => (isSecureSite() ? '__Host-gatehouse.session' : 'gatehouse.session')

/** Attributes of the session cookie. */
export const sessionCookieOptions = () => ({ httpOnly: true, sameSite: 'lax' as const, path: '/', secure: isSecureSite() })

/** The secret under which NextAuth encrypts its tokens. */
export const nextAuthSecret = (): string => mac('cookie', 'next-auth')

/** The cookie's value: an encrypted token that carries only the session's secret. */
export const encodeSessionCookie = (sessionSecret: string): Promise<string> =>
  encode({ token: { sid: sessionSecret }, secret: nextAuthSecret(), maxAge: secondsOf(SESSION_DAYS) })

const CACHE_MAX = 5000
const cache = () => processWide('session-cookies', () => new Map<string, { secret: string; until: number }>())

/** The session's secret out of a cookie, or null. Decrypting costs 0.1 ms, so the answer is kept for five minutes. */
export async function decodeSessionCookie(cookie: string): Promise<string | null> {
  const key = createHash('sha256').update(cookie).digest('base64url')
  const known = cache().get(key)
  if (known && known.until > Date.now()) return known.secret
  const token = await decode({ token: cookie, secret: nextAuthSecret() }).catch(() => null)
  const secret = typeof token?.sid === 'string' ? token.sid : null
  if (secret === null) return null
  if (cache().size >= CACHE_MAX) cache().clear()
  cache().set(key, { secret, until: Date.now() + 300_000 })
  return secret
}
