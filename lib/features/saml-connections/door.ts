import type { SessionActor } from '@/lib/access/principals/actor'
import { now } from '@/lib/clock'
import { transaction } from '@/lib/db'
import { safeNextPath } from '@/lib/features/accounts/rules'
import { beginAttempt, findPendingAttempt, takeAttempt, type Attempt, type AttemptPurpose } from '@/lib/features/sso-connections/attempts'
import { completeConnectionSignIn, recordRefusedSignIn, type ConnectionSession } from '@/lib/features/sso-connections/completion'
import { completeConfirmation } from '@/lib/features/sso-connections/confirmation'
import { completeConnectionTest } from '@/lib/features/sso-connections/connection-test'
import type { SignInRefusal } from '@/lib/features/sso-connections/refusals'
import { countAttempt } from '@/lib/rate-limit'
import { requestFacts } from '@/lib/request'
import { makeAuthnRequest, newRequestId, type AuthnRequest } from '@/lib/sso/saml/authn-request'
import type { SamlClaims } from '@/lib/sso/saml/claims'
import { isSamlRefused, signInRefusalOf } from '@/lib/sso/saml/refusals'
import { checkResponse } from '@/lib/sso/saml/response'
import { findArrival, keepArrival, spendArrival } from './arrivals'
import { samlSettingsOf, type SamlConnection } from './queries'
import { identityOfSaml } from './rules'

export type Beginning = { browserSecret: string; purpose: AttemptPurpose; sessionId?: string; next: string | null }

/** A request to the identity provider, noted down; or why there is none. */
export async function beginSaml(connection: SamlConnection, { browserSecret, purpose, sessionId, next }: Beginning): Promise<AuthnRequest | { kind: 'refused'; reason: SignInRefusal }> {
  await countAttempt('saml-address', requestFacts().address)
  if (connection.stored === null || (purpose !== 'test' && connection.status !== 'enabled')) return { kind: 'refused', reason: 'connection-off' }
  const state = newRequestId()
  const request = await makeAuthnRequest(await samlSettingsOf(connection, connection.stored), state, purpose === 'confirm')
  await beginAttempt({ connection, state, browserSecret, purpose, next, data: {}, ...(sessionId !== undefined && { sessionId }) })
  return request
}

export type Received =
  | { kind: 'ticket'; ticket: string }
  /** It answers no request of ours: whoever sent the browser wanted it signed in, so the sign-in begins here, with a request. */
  | { kind: 'begin'; next: string | null }
  | { kind: 'refused'; reason: SignInRefusal }

async function refuse(connection: SamlConnection, reason: SignInRefusal, detail = '', email: string | null = null): Promise<{ kind: 'refused'; reason: SignInRefusal }> {
  await transaction((tx) => recordRefusedSignIn(tx, connection, reason, { email, ...(detail !== '' && { detail: { found: detail } }) }))
  return { kind: 'refused', reason }
}

/** Checks what was posted to the ACS URL. The browser that brought it is not known yet. */
export async function receiveSaml(connection: SamlConnection, field: string | undefined, relayState: string | undefined): Promise<Received> {
  await countAttempt('saml-address', requestFacts().address)
  const { stored } = connection
  if (stored === null) return { kind: 'refused', reason: 'connection-off' }
  try {
    const findRequest = (id: string) => findPendingAttempt(id, connection.id)
    const claims = await checkResponse(await samlSettingsOf(connection, stored), field, { now: now(), findRequest })
    const ticket = await keepArrival(connection, claims)
    return claims.inResponseTo === null ? { kind: 'begin', next: safeNextPath(relayState) } : { kind: 'ticket', ticket }
  } catch (error) {
    if (isSamlRefused(error)) return refuse(connection, signInRefusalOf(error.code), error.detail)
    throw error
  }
}

export type Finished =
  | { kind: 'signed-in'; session: ConnectionSession; next: string | null }
  | { kind: 'tested' }
  | { kind: 'confirmed'; next: string | null }
  | { kind: 'refused'; reason: SignInRefusal; purpose?: AttemptPurpose; next?: string | null }

async function complete(connection: SamlConnection, claims: SamlClaims, attempt: Attempt, browser: SessionActor | null): Promise<Finished> {
  const identity = identityOfSaml(claims, connection.mapping)
  if (attempt.purpose === 'test') return (await completeConnectionTest(connection, identity, attempt, browser)) ? { kind: 'tested' } : refuse(connection, 'other-browser')
  if (attempt.purpose === 'confirm') {
    const { purpose, next } = attempt
    const reason = await completeConfirmation(connection, identity, claims.authenticatedAt, attempt, browser)
    return reason === null ? { kind: 'confirmed', next } : { kind: 'refused', reason, purpose, next }
  }
  const completion = await completeConnectionSignIn(connection, identity, browser)
  return completion.ok ? { kind: 'signed-in', session: completion.session, next: attempt.next } : { kind: 'refused', reason: completion.reason }
}

/**
 * The second step, in a GET that carries the cookie of the browser that began: whoever posts an answer of their own
 * into another person's browser does not get that browser signed in.
 */
export async function finishSaml(connection: SamlConnection, ticket: string, browserSecret: string | undefined, browser: SessionActor | null): Promise<Finished> {
  const claims = await findArrival(connection, ticket)
  if (claims === null) return { kind: 'refused', reason: 'state-unknown' }
  const taken = await takeAttempt(claims.inResponseTo, browserSecret, connection.id)
  if (!taken.ok) return refuse(connection, taken.reason)
  return (await spendArrival(ticket)) ? complete(connection, claims, taken.attempt, browser) : refuse(connection, 'state-used')
}
