'use server'

import { defineAction } from '@/lib/boundary/action'
import { defineReadAction } from '@/lib/boundary/read-action'
import { defineRehearsal } from '@/lib/boundary/rehearsal-action'
import { describePreview } from '@/lib/features/access-preview/describe'
import { addGroupMembers, createGroup, deleteGroup, removeGroupMembers, updateGroup } from './operations'
import { searchGroupCandidates } from './queries'
import { CandidateSearchInput } from './schema'

export const createGroupAction = defineAction(createGroup)
export const updateGroupAction = defineAction(updateGroup)
export const deleteGroupAction = defineAction(deleteGroup)
export const addGroupMembersAction = defineAction(addGroupMembers)
export const removeGroupMembersAction = defineAction(removeGroupMembers)
export const searchGroupCandidatesAction = defineReadAction('group:write', CandidateSearchInput, searchGroupCandidates)

/** Whose access each of these would change; refused as that itself. */
export const previewGroupDeletionAction = defineRehearsal(deleteGroup, describePreview)
export const previewJoiningAction = defineRehearsal(addGroupMembers, describePreview)
export const previewLeavingAction = defineRehearsal(removeGroupMembers, describePreview)
