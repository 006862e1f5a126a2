import { hintOfSecret, type PublicFacts, type ShownSecret } from '@/components/credentials/secret-files'

/** The environment variable that examples and files of keys use. */
export const KEY_VARIABLE = 'GATEHOUSE_API_KEY'

export const secretOfKey = (secret: string): ShownSecret[] => [{ label: 'API key', key: 'secret', variable: KEY_VARIABLE, value: secret }]

/** What helps to find the key again. The hint is the part of the secret that lists show. */
export const factsOfKey = (key: { id: string; secret: string }, more: { name: string; owner: string; organization: string; expiresAt: string | null; url: string }): PublicFacts => ({
  id: key.id, hint: hintOfSecret(key.secret), ...more,
})
