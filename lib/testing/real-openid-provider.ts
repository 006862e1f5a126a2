import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { generateKeyPair, exportJWK } from 'jose'
import Provider, { type Configuration } from 'oidc-provider'

/** Who somebody is at the provider, beside the address with which they sign in there. */
export type PersonThere = { name?: string; email_verified?: boolean; groups?: readonly string[] }

export type RealProvider = {
  issuer: string
  clientId: string
  clientSecret: string
  /** Lets our installation ask there, and be come back to. */
  allow: (redirectUri: string) => void
  /** What it says of whoever signs in with this address; everybody else it takes as they say, verified and in no group. */
  set: (email: string, person: PersonThere) => void
  close: () => Promise<void>
}

/**
 * A certified OpenID provider on loopback, standing for Google or Okta. Its own pages ask for an address and any password.
 * As Okta does, it leaves what a person is called and which groups they are in to its other door, unless told otherwise.
 */
export async function startRealProvider({ isThin = true }: { isThin?: boolean } = {}): Promise<RealProvider> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const issuer = `http://127.0.0.1:${port}`
  const people = new Map<string, PersonThere>()
  const { privateKey } = await generateKeyPair('RS256', { extractable: true })
  const redirectUris: string[] = []
  const client = { client_id: 'gatehouse', client_secret: 'a secret that is long enough for tests' }
  const configuration: Configuration = {
    jwks: { keys: [{ ...(await exportJWK(privateKey)), kid: 'one', alg: 'RS256', use: 'sig' }] },
    // Browsers do not tell ports apart.
    cookies: { keys: ['only for tests'], names: { session: `_session_${port}`, interaction: `_interaction_${port}`, resume: `_resume_${port}` } },
    scopes: ['openid', 'email', 'profile', 'groups'],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'], groups: ['groups'] },
    conformIdTokenClaims: isThin,
    pkce: { methods: ['S256'], required: () => true },
    findAccount: (_context, id) => ({
      accountId: id,
      claims: () => ({ sub: id, email: id, email_verified: true, name: id.split('@')[0] ?? id, ...people.get(id), groups: [...(people.get(id)?.groups ?? [])] }),
    }),
  }
  // A client's addresses are told when it is made, and tests learn theirs later.
  const make = () => new Provider(issuer, { ...configuration, clients: [{ ...client, redirect_uris: [`${issuer}/nowhere`, ...redirectUris] }] }).callback()
  let answer = make()
  server.on('request', (request, response) => void answer(request, response))
  return {
    issuer, clientId: client.client_id, clientSecret: client.client_secret,
    allow: (redirectUri) => {
      redirectUris.push(redirectUri)
      answer = make()
    },
    set: (email, person) => void people.set(email, person),
    close: () => new Promise((resolve) => {
      server.closeAllConnections()
      server.close(() => resolve())
    }),
  }
}
