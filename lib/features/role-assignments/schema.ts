import { z } from 'zod'
import { ScopeRef, WantedAssignment } from '@/lib/features/roles/schema'
import { idSchema } from '@/lib/ids'
import { PAGE_LIMIT_MAX } from '@/lib/pagination'
import { PRINCIPAL_TYPES } from './rules'

export const AssignmentId = idSchema('assignment')

/** Who holds or is to hold a role: a user, an open invitation, a group or a service account. */
export const PrincipalRef = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('user'), id: z.string().min(1, 'Choose who is to hold the role').pipe(idSchema('user')) }),
  z.strictObject({ type: z.literal('invitation'), id: idSchema('invitation') }),
  z.strictObject({ type: z.literal('group'), id: idSchema('group') }),
  z.strictObject({ type: z.literal('service_account'), id: idSchema('serviceAccount') }),
], { error: `expected one of the types ${PRINCIPAL_TYPES.join(', ')}, with an id` })

/** An id of any principal; its prefix says of which kind. */
export const PrincipalId = z.union([idSchema('user'), idSchema('invitation'), idSchema('group'), idSchema('serviceAccount')], {
  error: 'expected the id of a user, an invitation, a group or a service account',
})

const Reason = z.string().trim().max(500, 'Use at most 500 characters')

export const CreateAssignmentInput = z.strictObject({ principal: PrincipalRef, ...WantedAssignment.shape, reason: Reason.default('') })

/** What may change of an assignment; the rest is another assignment. `expiresAt` null: for good. */
export const UpdateAssignmentInput = z.strictObject({ id: AssignmentId, expiresAt: WantedAssignment.shape.expiresAt, reason: Reason.optional() })

export const AssignmentInput = z.strictObject({ id: AssignmentId })

/** What narrows the list of an organization's assignments; `scopeId` is exact. */
export const AssignmentFilter = z.strictObject({ principal: PrincipalId.optional(), roleId: idSchema('role').optional(), scopeId: ScopeRef.optional() })
export type AssignmentFilter = z.output<typeof AssignmentFilter>

/** What narrows the list of who has access to one resource. */
export const AccessFilter = z.strictObject({
  q: z.string().trim().max(200).default(''),
  principal: PrincipalId.optional(),
  roleId: idSchema('role').optional(),
  types: z.array(z.enum(PRINCIPAL_TYPES)).default([]),
  origin: z.enum(['all', 'direct', 'inherited']).default('all'),
})
export type AccessFilter = z.output<typeof AccessFilter>

export const GivingInput = z.strictObject({ scopeId: ScopeRef })
export const SearchInput = z.strictObject({ q: z.string().trim().max(200).default('') })

/** A level of a tree: below this resource, or with null the organization itself. */
export const OwnReachInput = z.strictObject({ parentId: ScopeRef.nullable() })
export const ReachInput = z.strictObject({ id: PrincipalId, ...OwnReachInput.shape })
export const OwnEffectiveInput = z.strictObject({ resourceId: ScopeRef })
export const EffectiveInput = z.strictObject({ id: PrincipalId, ...OwnEffectiveInput.shape })

const Page = { limit: z.number().int().min(1).max(PAGE_LIMIT_MAX).default(50), cursor: z.string().max(2000).optional() }

export const AccessInput = z.strictObject({ resourceId: ScopeRef, filter: AccessFilter.prefault({}), ...Page })
export const ReachedInput = z.strictObject({ id: AssignmentId, resourceId: ScopeRef, ...Page })
