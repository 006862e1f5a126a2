import { z } from 'zod'
import { idSchema } from '@/lib/ids'

/** What somebody thinks of narrowing a credential to: a role, a place, both or neither. */
export const RightsInput = z.strictObject({ roleId: idSchema('role').optional(), scopeId: z.string().max(80).regex(/^\P{Cc}*$/u, 'This is no id').optional() })

/** The same for a key of a service account, which has the account's rights. */
export const AccountRightsInput = z.strictObject({ ...RightsInput.shape, serviceAccountId: idSchema('serviceAccount') })

export const PlaceSearchInput = z.strictObject({ q: z.string().trim().max(200).default('') })

export const RoleOptionsInput = z.strictObject({})
