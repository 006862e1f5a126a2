import { makeAccessToken, type TokenSource } from '@/lib/access/principals/access-token'

export type TokenAnswer = { access_token: string; token_type: 'Bearer'; expires_in: number; issued_token_type?: string }

/** A new access token of a source, as it is answered. */
export function answerToken(organizationId: string, source: TokenSource, at: Date, sourceEndsAt: Date | null): TokenAnswer {
  const { token, expiresAt } = makeAccessToken(organizationId, source, at, sourceEndsAt)
  return { access_token: token, token_type: 'Bearer', expires_in: Math.floor(expiresAt.getTime() / 1000) - Math.floor(at.getTime() / 1000) }
}
