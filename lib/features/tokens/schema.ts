import { z } from 'zod'
import { Expiry, ExpiryText, listFields, OverlapHours } from '@/lib/features/api-keys/schema'
import { ScopeRef } from '@/lib/features/roles/schema'
import { idSchema } from '@/lib/ids'
import type { TokenSort } from './page-rules'

export const TokenId = idSchema('token')

const Description = z.string().trim().max(200, 'Use at most 200 characters')

export const CreateTokenInput = z.strictObject({
  role: z.string().trim().min(1, 'Choose a role').max(120),
  scope: ScopeRef.optional(),
  description: Description.default(''),
  expiresAt: Expiry,
})

const changes = { description: Description.optional(), status: z.enum(['active', 'suspended']).optional() }

export const UpdateTokenInput = z.strictObject({ id: TokenId, ...changes, expiresAt: Expiry })
export const ChangeTokenBody = z.strictObject({ ...changes, expiresAt: ExpiryText })
export const RotateTokenInput = z.strictObject({ id: TokenId, overlapHours: OverlapHours.default(0) })
export const TokenInput = z.strictObject({ id: TokenId })

export const TokenFilter = z.strictObject({ ...listFields, status: z.enum(['active', 'suspended', 'expired']).optional(), role: idSchema('role').optional() })
export type TokenFilter = z.output<typeof TokenFilter>

export const NEWEST_FIRST: TokenSort = { column: 'created', direction: 'desc' }
