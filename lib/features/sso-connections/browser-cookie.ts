import { sessionCookieOptions, isSecureSite } from '@/lib/access/principals/session-cookie'
import { ATTEMPT_MINUTES } from './attempts'

/** The cookie that binds a sign-in under way to the browser that began it; `__Host-` under https. */
export const signInCookieName = (): string => (isSecureSite() ? '__Host-gatehouse.sign-in' : 'gatehouse.sign-in')

/** Lax, so that it comes along when an identity provider sends the browser back with a GET, and never with its POST. */
export const signInCookieOptions = () => ({ ...sessionCookieOptions(), maxAge: ATTEMPT_MINUTES * 60 })
