import { hintOfSecret, type PublicFacts, type ShownSecret } from '@/components/credentials/secret-files'

export const secretOfScimToken = (secret: string): ShownSecret[] => [{ label: 'SCIM token', key: 'token', variable: 'GATEHOUSE_SCIM_TOKEN', value: secret }]

/** What an identity provider asks for beside the token, and what helps to find it again. */
export const factsOfScimToken = ({ id, secret }: { id: string; secret: string }, more: { name: string; url: string }): PublicFacts => ({ id, hint: hintOfSecret(secret), ...more })

export const KEPT_WHERE = 'where your identity provider asks for it'
