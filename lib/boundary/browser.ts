import 'server-only'
import { cache } from 'react'
import { cookies } from 'next/headers'
import type { SessionActor } from '@/lib/access/principals/actor'
import { actorOfCookie } from '@/lib/access/principals/session'
import { encodeSessionCookie, sessionCookieName, sessionCookieOptions, SESSION_DAYS } from '@/lib/access/principals/session-cookie'
import { AppError } from '@/lib/errors'

/** Who this browser is signed in as, or null; looked up once a request. */
export const currentActor = cache(async (): Promise<SessionActor | null> => {
  const jar = await cookies()
  return actorOfCookie(jar.get(sessionCookieName())?.value)
})

/** @throws AppError `unauthenticated` when nobody is signed in */
export async function requireActor(): Promise<SessionActor> {
  const actor = await currentActor()
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
