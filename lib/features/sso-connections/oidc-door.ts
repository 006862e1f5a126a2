import type { SessionActor } from '@/lib/access/principals/actor'
import { transaction } from '@/lib/db'
import { absoluteUrl } from '@/lib/env'
import { log } from '@/lib/log'
import { countAttempt } from '@/lib/rate-limit'
import { requestFacts } from '@/lib/request'
import { unseal } from '@/lib/secrets'
import type { OidcProvider } from '@/lib/sso/oidc/client'
import { checkOidcAnswer, makeOidcRequest } from '@/lib/sso/oidc/flow'
import { beginAttempt, purposeUnderWay, takeAttempt, type AttemptPurpose } from './attempts'
import { completeConnectionSignIn, recordRefusedSignIn, type ConnectionSession } from './completion'
import { completeConfirmation } from './confirmation'
import { completeConnectionTest } from './connection-test'
import type { OidcConnection } from './queries'
import type { SignInRefusal } from './refusals'
import { authenticatedAtOf, identityOfClaims, OIDC_ATTRIBUTES } from './rules'

/** Where the provider sends the browser back to; each connection has its own, so that answers of two providers cannot be mixed up. */
export const oidcRedirectUri = (connectionId: string): string => absoluteUrl(`/sso/oidc/${connectionId}/callback`)

const providerOf = ({ id, changedAt, settings, sealedSecret }: OidcConnection): OidcProvider => ({
  id, version: changedAt.toISOString(), issuer: settings.issuer, clientId: settings.clientId, clientSecret: sealedSecret === null ? null : unseal(sealedSecret),
})

/** What was refused, and what asked for it, whose page says so. */
export type Refused = { kind: 'refused'; reason: SignInRefusal; purpose: AttemptPurpose; next?: string | null }

async function refuse(connection: OidcConnection, reason: SignInRefusal, purpose: AttemptPurpose, found = ''): Promise<Refused> {
  await transaction((tx) => recordRefusedSignIn(tx, connection, reason, { ...(found !== '' && { detail: { found } }) }))
  return { kind: 'refused', reason, purpose }
}

/** Begins a sign-in, a test or a confirmation: the provider's address, or why there is none. */
export async function beginOidc(connection: OidcConnection, asked: { browserSecret: string; purpose: AttemptPurpose; sessionId?: string; next: string | null }): Promise<{ kind: 'redirect'; url: string } | Refused> {
  await countAttempt('oidc-address', requestFacts().address)
  const { purpose } = asked
  const { issuer, clientId } = connection.settings
  if (issuer === '' || clientId === '' || (purpose !== 'test' && connection.status !== 'enabled')) return { kind: 'refused', reason: 'connection-off', purpose }
  try {
    const { url, state, data } = await makeOidcRequest(providerOf(connection), oidcRedirectUri(connection.id), purpose === 'confirm')
    await beginAttempt({ ...asked, connection, state, data: { ...data, state } })
    return { kind: 'redirect', url }
  } catch (error) {
    log().warn({ connectionId: connection.id, err: error }, 'an identity provider could not be asked')
    return refuse(connection, 'provider-unreachable', purpose, error instanceof Error ? error.message.slice(0, 200) : '')
  }
}

export type Finished = { kind: 'signed-in'; session: ConnectionSession; next: string | null } | { kind: 'tested' } | { kind: 'confirmed'; next: string | null } | Refused

/** The provider's answer, in the browser that it was sent to. */
export async function finishOidc(connection: OidcConnection, address: URL, browserSecret: string | undefined, browser: SessionActor | null): Promise<Finished> {
  await countAttempt('oidc-address', requestFacts().address)
  const underWay = await purposeUnderWay(connection.id, browserSecret)
  const taken = await takeAttempt(address.searchParams.get('state'), browserSecret, connection.id)
  if (!taken.ok) return refuse(connection, taken.reason, underWay)
  const { attempt } = taken
  const { state = '', nonce = '', verifier = '', issuer = '' } = attempt.data
  const { mapping, settings } = connection
  const wanted = [mapping.email ?? OIDC_ATTRIBUTES.email, mapping.groups ?? OIDC_ATTRIBUTES.groups]
  const answer = await checkOidcAnswer(providerOf(connection), address, { state, nonce, verifier, issuer }, wanted)
  const { purpose, next } = attempt
  if (!answer.ok) return { ...(await refuse(connection, answer.reason, purpose, answer.found)), next }
  const identity = identityOfClaims(answer.claims, mapping, settings.assumesVerified)
  if (purpose === 'test') return (await completeConnectionTest(connection, identity, attempt, browser)) ? { kind: 'tested' } : refuse(connection, 'other-browser', purpose)
  if (purpose === 'confirm') {
    const reason = await completeConfirmation(connection, identity, authenticatedAtOf(answer.claims), attempt, browser)
    return reason === null ? { kind: 'confirmed', next } : { kind: 'refused', reason, purpose, next }
  }
  const completion = await completeConnectionSignIn(connection, identity, browser)
  return completion.ok ? { kind: 'signed-in', session: completion.session, next } : { kind: 'refused', reason: completion.reason, purpose }
}
