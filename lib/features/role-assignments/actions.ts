'use server'

import { defineAction } from '@/lib/boundary/action'
import { defineReadAction } from '@/lib/boundary/read-action'
import { defineRehearsal } from '@/lib/boundary/rehearsal-action'
import { describePreview } from '@/lib/features/access-preview/describe'
import { listAccessAt, listReachedMembers } from './access'
import { findRolesToGive, searchGivingScopes, searchPrincipals } from './giving'
import { createAssignment, deleteAssignment, updateAssignment } from './operations'
import { requireVisible } from '@/lib/features/members/queries'
import { findEffective, findReach } from './reach'
import { AccessInput, EffectiveInput, GivingInput, OwnEffectiveInput, OwnReachInput, ReachedInput, ReachInput, SearchInput } from './schema'

export const createAssignmentAction = defineAction(createAssignment)
export const updateAssignmentAction = defineAction(updateAssignment)
export const deleteAssignmentAction = defineAction(deleteAssignment)

/** Whose access each of these would change; refused as that itself. */
export const previewGivingAction = defineRehearsal(createAssignment, describePreview)
export const previewChangeAction = defineRehearsal(updateAssignment, describePreview)
export const previewTakingAction = defineRehearsal(deleteAssignment, describePreview)

/** What the dialog that gives roles asks as one goes on in it. */
export const findRolesToGiveAction = defineReadAction('assignment:write', GivingInput, (ctx, { scopeId }) => findRolesToGive(ctx, scopeId))
export const searchGivingScopesAction = defineReadAction('assignment:write', SearchInput, (ctx, { q }) => searchGivingScopes(ctx, q))
export const searchPrincipalsAction = defineReadAction('assignment:write', SearchInput, (ctx, { q }) => searchPrincipals(ctx, q))

export const listAccessAction = defineReadAction('assignment:read', AccessInput, (ctx, { resourceId, filter, ...page }) => listAccessAt(ctx, resourceId, filter, page))
export const listReachedMembersAction = defineReadAction('assignment:read', ReachedInput, (ctx, { id, resourceId, ...page }) => listReachedMembers(ctx, { id, resourceId }, page))

/** What a person can reach, for whoever may see them. */
export const findReachAction = defineReadAction('member:read', ReachInput, async (ctx, { id, parentId }) => findReach(ctx, await requireVisible(ctx, id), parentId, 'member:read'))
export const findEffectiveAction = defineReadAction('member:read', EffectiveInput, async (ctx, { id, resourceId }) => findEffective(ctx, await requireVisible(ctx, id), resourceId, 'member:read'))

/** The same of oneself. */
export const findOwnReachAction = defineReadAction(null, OwnReachInput, (ctx, { parentId }) => findReach(ctx, ctx.membership?.id ?? '', parentId, null))
export const findOwnEffectiveAction = defineReadAction(null, OwnEffectiveInput, (ctx, { resourceId }) => findEffective(ctx, ctx.membership?.id ?? '', resourceId, null))
