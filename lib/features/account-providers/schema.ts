import { z } from 'zod'
import { ACCOUNT_PROVIDERS } from './rules'

/** Who a provider of the whole installation says somebody is, checked before. */
export const ProviderIdentityInput = z.strictObject({
  provider: z.enum(ACCOUNT_PROVIDERS), issuer: z.string().min(1), subject: z.string(), email: z.string().nullable(), emailVerified: z.boolean(), name: z.string(),
})
export type ProviderIdentity = z.output<typeof ProviderIdentityInput>

/** Which of one's links: an account has one for each issuer. */
export const UnlinkInput = z.strictObject({ issuer: z.string().min(1).max(500) })
