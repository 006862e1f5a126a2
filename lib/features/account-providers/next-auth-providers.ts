import { decodeJwt } from 'jose'
import type { OAuthUserConfig } from 'next-auth/providers/oauth'
import GoogleProvider, { type GoogleProfile } from 'next-auth/providers/google'
import OktaProvider, { type OktaProfile } from 'next-auth/providers/okta'
import { accountProviders, type AccountProvider } from './settings'

const TIMEOUT_MS = 8000

/**
 * What both have in common. State, nonce and PKCE are all asked for; NextAuth would take the first alone. Claims come from
 * the signed token, and what it leaves out (Okta's may be thin) from the provider's other door.
 */
function settingsOf<P>({ issuer, clientId, clientSecret }: AccountProvider): OAuthUserConfig<P> & { issuer: string } {
  return {
    clientId, clientSecret, issuer, wellKnown: `${issuer}/.well-known/openid-configuration`,
    checks: ['pkce', 'state', 'nonce'], httpOptions: { timeout: TIMEOUT_MS },
    userinfo: {
      request: async ({ tokens, client }) => {
        // Its signature, issuer, audience, nonce and times were checked before this is asked.
        const claims = decodeJwt(tokens.id_token ?? '')
        if (claims['email'] !== undefined || tokens.access_token === undefined) return claims
        const more = await client.userinfo(tokens.access_token)
        if (more.sub !== claims.sub) throw new Error('sub of the two answers is not the same')
        return { ...more, ...claims }
      },
    },
  }
}

/** The installation's providers, as NextAuth takes them. */
export const nextAuthProviders = () =>
  accountProviders().map((provider) => (provider.id === 'google' ? GoogleProvider(settingsOf<GoogleProfile>(provider)) : OktaProvider(settingsOf<OktaProfile>(provider))))
