import { z } from 'zod'
import { MemberOrInvitationId } from '@/lib/features/members/schema'
import { ScopeRef } from '@/lib/features/roles/schema'
import { idSchema } from '@/lib/ids'
import { PAGE_LIMIT_MAX } from '@/lib/pagination'
import { GROUP_SORTS, MEMBERS_AT_ONCE, parseGroupSort, type GroupSort } from './rules'

export const GroupId = idSchema('group')

const Name = z.string().trim().min(1, 'A group needs a name').max(100, 'Use at most 100 characters').regex(/^\P{Cc}*$/u, 'Write the name on one line')
const Description = z.string().trim().max(500, 'Use at most 500 characters')

/** `resource`: where it belongs, in models that tie groups to one. */
export const CreateGroupInput = z.strictObject({ name: Name, description: Description.default(''), resource: ScopeRef.nullish() })

export const UpdateGroupInput = z.strictObject({ id: GroupId, name: Name.optional(), description: Description.optional() })

export const GroupInput = z.strictObject({ id: GroupId })

/** Members are users; somebody invited may be one before they accept. */
export const GroupMembersInput = z.strictObject({
  id: GroupId,
  userIds: z.array(MemberOrInvitationId).min(1, 'Choose at least one person').max(MEMBERS_AT_ONCE, `Choose at most ${MEMBERS_AT_ONCE} people at once`),
})

const DEFAULT_SORT: GroupSort = { column: 'name', direction: 'asc' }

const Sort = z.string().transform((text, ctx) => {
  const sort = parseGroupSort(text)
  if (sort) return sort
  ctx.addIssue({ code: 'custom', message: `Sort by ${GROUP_SORTS.join(' or ')}; a minus before it turns the order around` })
  return z.NEVER
})

/** What narrows and orders the list of groups. */
export const GroupFilter = z.strictObject({
  q: z.string().trim().max(200).default(''),
  /** Belongs to this resource. */
  resourceId: z.string().max(80).optional(),
  /** This person is in it. */
  userId: MemberOrInvitationId.optional(),
  sort: Sort.default(DEFAULT_SORT),
})

export type GroupFilter = z.output<typeof GroupFilter>

/** A page of groups or of members: cursors as an earlier page gave them. */
export const GroupPage = z.strictObject({
  limit: z.number().int().min(1).max(PAGE_LIMIT_MAX).default(50),
  after: z.string().max(2000).optional(),
  before: z.string().max(2000).optional(),
  last: z.boolean().default(false),
})

export type GroupPage = z.output<typeof GroupPage>

export const CandidateSearchInput = z.strictObject({ id: GroupId, q: z.string().trim().max(200).default('') })
