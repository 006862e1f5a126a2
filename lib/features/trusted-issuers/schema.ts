import { z } from 'zod'
import { ServiceAccountId } from '@/lib/features/service-accounts/schema'
import { idSchema } from '@/lib/ids'
import { matchesEverything, OPERATORS, TRUST_STATUSES } from './rules'

export const TrustedIssuerId = idSchema('trustedIssuer')

const Name = z.string().trim().min(1, 'A trust needs a name').max(80, 'Use at most 80 characters')
const Audience = z.string().trim().min(1, 'Say which audience its tokens carry').max(300, 'Use at most 300 characters')

/** As it stands in the claim `iss`, letter by letter. */
const Issuer = z.string().trim().max(300, 'Use at most 300 characters').refine((text) => {
  const url = URL.canParse(text) ? new URL(text) : null
  return url !== null && /^https?:$/.test(url.protocol) && url.search === '' && url.hash === '' && url.username === ''
}, 'Give the issuer’s address, such as https://token.actions.githubusercontent.com')

export const ConditionInput = z.strictObject({
  claim: z.string().trim().min(1, 'Name a claim').max(100, 'Use at most 100 characters')
    .refine((claim) => !['iss', 'aud', 'exp', 'nbf', 'iat'].includes(claim), 'This claim is checked anyway; name another, such as `sub`'),
  operator: z.enum(OPERATORS, 'Choose equals or glob').default('equals'),
  values: z.array(z.string().min(1, 'Give a value').max(300, 'Use at most 300 characters')).min(1, 'Give a value').max(20, 'Give at most 20 values'),
}).refine(({ operator, values }) => operator !== 'glob' || !values.some(matchesEverything), { path: ['values'], message: 'This pattern fits everything, so it is no condition' })

/** Without a condition everybody who can get a token of the issuer would be let in. */
const Conditions = z.array(ConditionInput).min(1, 'Give at least one condition: otherwise everybody with a token of this issuer gets in').max(20, 'Give at most 20 conditions')

const ofAccount = { serviceAccountId: ServiceAccountId }

export const trustFields = { name: Name, issuer: Issuer, audience: Audience.optional(), conditions: Conditions }
export const trustChanges = { name: Name.optional(), issuer: Issuer.optional(), audience: Audience.optional(), conditions: Conditions.optional(), status: z.enum(TRUST_STATUSES).optional() }

export const CreateTrustedIssuerInput = z.strictObject({ ...ofAccount, ...trustFields })
export const UpdateTrustedIssuerInput = z.strictObject({ ...ofAccount, id: TrustedIssuerId, ...trustChanges })
export const TrustedIssuerInput = z.strictObject({ ...ofAccount, id: TrustedIssuerId })

/** A token of the issuer, to be tried. It is looked at and forgotten. */
export const TryTokenBody = z.strictObject({ token: z.string().trim().min(1, 'Paste a token').max(16_384, 'This is too long for a token') })
export const TryTokenInput = z.strictObject({ ...ofAccount, id: TrustedIssuerId, ...TryTokenBody.shape })
