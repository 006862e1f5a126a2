import type { NextAuthOptions } from 'next-auth'
import CredentialsProvider from 'next-auth/providers/credentials'
import { actorOfSecret } from '@/lib/access/principals/session'
import { isSecureSite, nextAuthSecret, sessionCookieName, sessionCookieOptions, SESSION_DAYS } from '@/lib/access/principals/session-cookie'
import { performForAccount } from '@/lib/boundary/account-operation'
import { currentActor } from '@/lib/boundary/browser'
import { performPublic } from '@/lib/boundary/public-operation'
import { isAppError } from '@/lib/errors'
import { keepFailure } from '@/lib/features/account-providers/failures'
import { nextAuthProviders } from '@/lib/features/account-providers/next-auth-providers'
import { ATTEMPT_MINUTES } from '@/lib/features/sso-connections/attempts'
import { endSession } from '@/lib/features/sessions/operations'
import { log } from '@/lib/log'
import { signIn } from './sign-in'

declare module 'next-auth' {
  interface User {
    /** Secret of the session that signing in has opened. */
    sid?: string
  }
}

const cookieName = (word: string): string => `${isSecureSite() ? '__Host-' : ''}gatehouse.${word}`

/** What NextAuth would log with `console` goes where everything goes; a metadata object may hold requests and stays out. */
const logger = {
  error: (code: string, metadata?: unknown) => {
    keepFailure(metadata)
    log().warn({ code }, 'NextAuth reported an error')
  },
  warn: () => undefined,
  debug: () => undefined,
}

/** The password, checked by the same operation as the sign-in page. Null is answered like a wrong one. */
async function authorize(credentials: { email?: string; password?: string } | undefined) {
  try {
    const opened = await performPublic(signIn, { email: credentials?.email, password: credentials?.password }, currentActor())
    // The second step has a page of its own, where the password is asked for as well.
    if (opened.step === 'second-factor') throw new Error('SecondFactor')
    return { id: opened.accountId, sid: opened.secret }
  } catch (error) {
    if (!isAppError(error)) throw error
    if (error.code === 'too-many-requests') throw new Error('TooManyAttempts', { cause: error })
    return null
  }
}

async function endByToken(secret: unknown): Promise<void> {
  const actor = typeof secret === 'string' ? await actorOfSecret(secret) : null
  if (actor) await performForAccount(endSession, actor, { sessionId: actor.sessionId })
}

/**
 * NextAuth's options: its cookie is the console's own, with nothing in it but the session's secret, so
 * whoever signed in by either road has the same kind of session, a row that can be ended at once.
 * Google and Okta join as providers where the environment sets them up; `app/sso/account` begins and ends those sign-ins.
 */
export function authOptions(): NextAuthOptions {
  const attemptOptions = { ...sessionCookieOptions(), maxAge: ATTEMPT_MINUTES * 60 }
  return {
    secret: nextAuthSecret(),
    session: { strategy: 'jwt', maxAge: SESSION_DAYS * 24 * 3600 },
    useSecureCookies: isSecureSite(),
    cookies: {
      sessionToken: { name: sessionCookieName(), options: sessionCookieOptions() },
      callbackUrl: { name: cookieName('callback-url'), options: sessionCookieOptions() },
      csrfToken: { name: cookieName('csrf'), options: sessionCookieOptions() },
      state: { name: cookieName('state'), options: attemptOptions },
      nonce: { name: cookieName('nonce'), options: attemptOptions },
      pkceCodeVerifier: { name: cookieName('pkce'), options: attemptOptions },
    },
    pages: { signIn: '/sign-in', signOut: '/sign-out', error: '/sign-in' },
    providers: [
      CredentialsProvider({
        id: 'password',
        name: 'Password',
        credentials: { email: { label: 'E-mail address', type: 'email' }, password: { label: 'Password', type: 'password' } },
        authorize,
      }),
      ...nextAuthProviders(),
    ],
    callbacks: {
      // Providers are judged by the door that has noted the beginning; nothing else lets them in.
      signIn: ({ account }) => account?.type === 'credentials',
      // The token keeps the secret only: names and addresses belong to the account, not to a cookie.
      jwt: ({ token, user }) => {
        const sid = user?.sid ?? token['sid']
        return typeof sid === 'string' ? { sid } : {}
      },
      session: async ({ session, token }) => {
        const actor = typeof token['sid'] === 'string' ? await actorOfSecret(token['sid']) : null
        if (!actor) throw new Error('the session has ended')
        return { expires: session.expires, user: { name: actor.name, email: actor.email } }
      },
    },
    events: { signOut: ({ token }) => endByToken(token['sid']) },
    logger,
  }
}
