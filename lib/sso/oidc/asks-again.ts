import { GOOGLE_ISSUER } from '@/lib/features/sso-connections/rules'

/**
 * What is added to a request so that the provider asks who it is though it knows already, and says when it did
 * (OpenID Connect Core §3.1.2.1). Google says when only if the claim is asked for by name (§5.5).
 */
export const asksAgain = (issuer: string): Readonly<Record<string, string>> => ({
  prompt: 'login', max_age: '0', ...(issuer === GOOGLE_ISSUER && { claims: JSON.stringify({ id_token: { auth_time: { essential: true } } }) }),
})
