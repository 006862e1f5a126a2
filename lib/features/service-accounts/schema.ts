import { z } from 'zod'
import { ApiKeyId, changeFields, keyFields, OverlapHours } from '@/lib/features/api-keys/schema'
import { WantedAssignments } from '@/lib/features/roles/schema'
import { idSchema } from '@/lib/ids'
import { PAGE_LIMIT_MAX } from '@/lib/pagination'
import { ACCOUNT_STATUSES } from './rules'

export const ServiceAccountId = idSchema('serviceAccount')

const Name = z.string().trim().min(1, 'A service account needs a name').max(80, 'Use at most 80 characters')
const Description = z.string().trim().max(500, 'Use at most 500 characters')
const ExternalId = z.string().trim().min(1).max(200).nullish()

export const CreateServiceAccountInput = z.strictObject({ name: Name, description: Description.default(''), roles: WantedAssignments.default([]), externalId: ExternalId })

export const UpdateServiceAccountInput = z.strictObject({
  id: ServiceAccountId, name: Name.optional(), description: Description.optional(), status: z.enum(ACCOUNT_STATUSES).optional(), externalId: ExternalId,
})

/** People who are to be removed. */
export const HandoverChoicesInput = z.strictObject({ ids: z.array(idSchema('user')).min(1).max(200) })

export const ServiceAccountInput = z.strictObject({ id: ServiceAccountId })

/** What narrows the list of service accounts; newest first. */
export const ServiceAccountFilter = z.strictObject({
  status: z.enum(ACCOUNT_STATUSES).optional(),
  q: z.string().trim().max(200).default(''),
  limit: z.number().int().min(1).max(PAGE_LIMIT_MAX).default(50),
  cursor: z.string().max(2000).optional(),
})

const ofAccount = { serviceAccountId: ServiceAccountId }

export const CreateAccountKeyInput = z.strictObject({ ...ofAccount, ...keyFields })
export const UpdateAccountKeyInput = z.strictObject({ ...ofAccount, id: ApiKeyId, ...changeFields })
export const RotateAccountKeyInput = z.strictObject({ ...ofAccount, id: ApiKeyId, overlapHours: OverlapHours.default(0) })
export const RevokeAccountKeyInput = z.strictObject({ ...ofAccount, id: ApiKeyId })

export type ServiceAccountFilter = z.output<typeof ServiceAccountFilter>
