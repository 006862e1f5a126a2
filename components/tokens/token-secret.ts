import type { PublicFacts, ShownSecret } from '@/components/credentials/secret-files'

export type MadeToken = { id: string; clientId: string; clientSecret: string; token: string }

export const TOKEN_VARIABLE = 'GATEHOUSE_TOKEN'

/** The three values of a token, as they are shown and kept. */
export const secretsOfToken = ({ clientId, clientSecret, token }: MadeToken): ShownSecret[] => [
  { label: 'Client ID', key: 'clientId', variable: 'GATEHOUSE_CLIENT_ID', value: clientId },
  { label: 'Client Secret', key: 'clientSecret', variable: 'GATEHOUSE_CLIENT_SECRET', value: clientSecret },
  { label: 'Token', key: 'token', variable: TOKEN_VARIABLE, value: token },
]

export const factsOfToken = ({ id }: MadeToken, more: { description: string; role: string; scope: string; organization: string; expiresAt: string | null; url: string }): PublicFacts => ({ id, ...more })
