import * as openid from 'openid-client'
import { env } from '@/lib/env'
import { guardedFetch } from '@/lib/outgoing/guarded-fetch'
import { processWide } from '@/lib/process-state'

/** What is known of a provider before it is asked. `version` changes with the settings. */
export type OidcProvider = { id: string; version: string; issuer: string; clientId: string; clientSecret: string | null }

const MAX_BYTES = 512 * 1024
const TIMEOUT_MS = 8000
const KEPT_MS = 5 * 60_000
const KEPT_MAX = 500

/** The only way to a provider: an address that an administrator typed, or one that such an address named. */
const fetchGuarded: openid.CustomFetch = async (url, { method, headers, body }) => {
  // It sends forms and nothing else.
  const sent = body instanceof URLSearchParams || typeof body === 'string' ? body.toString() : undefined
  const result = await guardedFetch(url, { method, headers, maxBytes: MAX_BYTES, timeoutMs: TIMEOUT_MS, ...(sent !== undefined && { body: sent }) })
  if (!result.ok) throw new Error(result.message)
  const { status, headers: received, text } = result.answer
  return new Response(status === 204 || status === 304 ? null : text, { status, headers: { 'content-type': received.get('content-type') ?? '' } })
}

/** The secret in the header, which is what a provider expects that says nothing; in the body where it takes no other. */
const authenticationWith = (secret: string): openid.ClientAuth => {
  const [inHeader, inBody] = [openid.ClientSecretBasic(secret), openid.ClientSecretPost(secret)]
  return (server, client, body, headers) => {
    const takesHeader = server.token_endpoint_auth_methods_supported?.includes('client_secret_basic') ?? true
    return (takesHeader ? inHeader : inBody)(server, client, body, headers)
  }
}

type Known = { version: string; until: number; configuration: openid.Configuration }
const known = () => processWide('oidc-providers', () => new Map<string, Known>())

/** What a provider says of itself, kept for five minutes. Its `issuer` must be the one that was asked. @throws whatever openid-client does */
export async function discover(provider: OidcProvider): Promise<openid.Configuration> {
  const found = known().get(provider.id)
  if (found && found.version === provider.version && found.until > Date.now()) return found.configuration
  const authentication = provider.clientSecret === null ? openid.None() : authenticationWith(provider.clientSecret)
  const configuration = await openid.discovery(new URL(provider.issuer), provider.clientId, { ...(provider.clientSecret !== null && { client_secret: provider.clientSecret }) }, authentication, {
    [openid.customFetch]: fetchGuarded, timeout: TIMEOUT_MS / 1000,
    // The guarded fetch is what decides about http: this machine only, and only where it was permitted.
    execute: [openid.enableNonRepudiationChecks, ...(env().GATEHOUSE_ALLOW_PRIVATE_IDP ? [openid.allowInsecureRequests] : [])],
  })
  if (known().size >= KEPT_MAX) known().clear()
  known().set(provider.id, { version: provider.version, until: Date.now() + KEPT_MS, configuration })
  return configuration
}
