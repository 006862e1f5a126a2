import { env } from '@/lib/env'
import { KIND_TITLES } from '@/lib/features/sso-connections/rules'
import { beginPath, type AccountProviderId } from './rules'

export type AccountProvider = { id: AccountProviderId; title: string; issuer: string; clientId: string; clientSecret: string }

const withoutSlash = (issuer: string): string => issuer.replace(/\/$/, '')

/** Providers that the environment sets up for the whole installation. */
export function accountProviders(): AccountProvider[] {
  const { GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET, GOOGLE_ISSUER, OKTA_CLIENT_ID, OKTA_CLIENT_SECRET, OKTA_ISSUER } = env()
  const wanted = [
    { id: 'google' as const, issuer: GOOGLE_ISSUER, clientId: GOOGLE_CLIENT_ID, clientSecret: GOOGLE_CLIENT_SECRET },
    { id: 'okta' as const, issuer: OKTA_ISSUER, clientId: OKTA_CLIENT_ID, clientSecret: OKTA_CLIENT_SECRET },
  ]
  return wanted.flatMap(({ id, issuer, clientId, clientSecret }) =>
    issuer === undefined || clientId === undefined || clientSecret === undefined ? [] : [{ id, title: KIND_TITLES[id], issuer: withoutSlash(issuer), clientId, clientSecret }])
}

/** One of them; undefined when it is not set up. */
export const findAccountProvider = (id: string): AccountProvider | undefined => accountProviders().find((each) => each.id === id)

/** A way in that is there for everybody, as the sign-in page offers it. */
export type AccountMethod = { id: AccountProviderId; name: string; href: string; organization: '' }

/** Ways in through them, the one this browser took last first. */
export function accountMethods(last: string | undefined): AccountMethod[] {
  const methods = accountProviders().map(({ id, title }) => ({ id, name: title, href: beginPath(id), organization: '' as const }))
  return methods.sort((a, b) => Number(b.id === last) - Number(a.id === last))
}
