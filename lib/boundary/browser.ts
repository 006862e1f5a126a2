import 'server-only'
import { cookies } from 'next/headers'
import type { SessionActor } from '@/lib/access/principals/actor'
import { encodeSessionCookie, isSecureSite, sessionCookieName, sessionCookieOptions, SESSION_DAYS } from '@/lib/access/principals/session-cookie'
import { AppError } from '@/lib/errors'
import { requestFacts } from '@/lib/request'

/** Who this browser is signed in as, or null; looked up by server.ts, once a request. */
export const currentActor = (): SessionActor | null => requestFacts().session

/** @throws AppError `unauthenticated` when nobody is signed in */
export function requireActor(): SessionActor {
  const actor = currentActor()
  if (!actor) throw new AppError('unauthenticated', 'your session has ended; sign in again')
  return actor
}

/** Hands a new session's secret to the browser. */
export async function setSessionCookie(secret: string): Promise<void> {
  const jar = await cookies()
  jar.set(sessionCookieName(), await encodeSessionCookie(secret), { ...sessionCookieOptions(), maxAge: SESSION_DAYS * 24 * 3600 })
}

export async function clearSessionCookie(): Promise<void> {
  const jar = await cookies()
  jar.set(sessionCookieName(), '', { ...sessionCookieOptions(), maxAge: 0 })
}

const cookieNameOf = (word: BrowserSecret): string => `${isSecureSite() ? '__Host-' : ''}gatehouse.${word}`

/** What a browser keeps beside its session: `pending`, that its password was right; `factor`, the second factor it showed last. */
export type BrowserSecret = 'pending' | 'factor'

export async function setBrowserSecret(word: BrowserSecret, value: string, seconds: number): Promise<void> {
  const jar = await cookies()
  jar.set(cookieNameOf(word), value, { ...sessionCookieOptions(), maxAge: seconds })
}

export async function browserSecret(word: BrowserSecret): Promise<string | undefined> {
  return (await cookies()).get(cookieNameOf(word))?.value
}

export const clearBrowserSecret = (word: BrowserSecret): Promise<void> => setBrowserSecret(word, '', 0)
