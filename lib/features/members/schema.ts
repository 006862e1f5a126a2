import { z } from 'zod'
import { WantedAssignments } from '@/lib/features/roles/schema'
import { idSchema, membershipIdOf } from '@/lib/ids'
import { PAGE_LIMIT_MAX } from '@/lib/pagination'
import { MEMBER_STATUSES, parseMemberSort, type MemberSort } from './rules'

export const MemberId = idSchema('user')

/** A member or an open invitation; both name the same membership. */
export const MemberOrInvitationId = z.union([MemberId, idSchema('invitation')], { error: 'expected an id of the form usr_… or inv_…' }).transform(membershipIdOf)

const DEFAULT_SORT: MemberSort = { column: 'name', direction: 'asc' }

const Sort = z.string().transform((text, ctx) => {
  const sort = parseMemberSort(text)
  if (sort) return sort
  ctx.addIssue({ code: 'custom', message: 'Sort by name, email, last-seen or added; a minus before it turns the order around' })
  return z.NEVER
})

/** What narrows and orders the list of users. */
export const MemberFilter = z.strictObject({
  q: z.string().trim().max(200).default(''),
  status: z.array(z.enum(MEMBER_STATUSES)).default([]),
  /** Holds this role anywhere. */
  roleId: idSchema('role').optional(),
  unused90Days: z.boolean().default(false),
  administrators: z.boolean().default(false),
  sort: Sort.default(DEFAULT_SORT),
})

export type MemberFilter = z.output<typeof MemberFilter>

/** A page of the list: cursors as an earlier page gave them. */
export const MemberPage = z.strictObject({
  limit: z.number().int().min(1).max(PAGE_LIMIT_MAX).default(50),
  after: z.string().max(2000).optional(),
  before: z.string().max(2000).optional(),
  last: z.boolean().default(false),
})

export const MemberInput = z.strictObject({ id: MemberId })
/** `handoverTo`: a service account that keeps the person's API keys working; left out, they are revoked. */
export const RemoveMemberInput = z.strictObject({ id: MemberId, handoverTo: idSchema('serviceAccount').optional() })
export const SetRolesInput = z.strictObject({ id: MemberOrInvitationId, roles: WantedAssignments })
