import { absoluteUrl } from '@/lib/env'

export const TOKEN_PATH = '/oauth/token'
export const INTROSPECTION_PATH = '/oauth/introspect'
export const OAUTH_METADATA_PATH = '/.well-known/oauth-authorization-server'

export const CLIENT_CREDENTIALS = 'client_credentials'
export const TOKEN_EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange'

/** The issuer's name: our one public address, without a slash at its end. */
export const issuerName = (): string => absoluteUrl('/').replace(/\/$/, '')

/** What clients find out for themselves (RFC 8414). There is no authorization endpoint, so no response type. */
export const oauthMetadata = () => ({
  issuer: issuerName(),
  token_endpoint: absoluteUrl(TOKEN_PATH),
  token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'none'],
  grant_types_supported: [CLIENT_CREDENTIALS, TOKEN_EXCHANGE],
  response_types_supported: [],
  introspection_endpoint: absoluteUrl(INTROSPECTION_PATH),
  introspection_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'bearer'],
  service_documentation: absoluteUrl('/docs/api'),
})

/** Paths that are the OAuth door's. */
export const isOauthPath = (path: string): boolean => path === '/oauth' || path.startsWith('/oauth/') || path === OAUTH_METADATA_PATH
