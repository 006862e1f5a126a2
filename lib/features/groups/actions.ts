'use server'

import { defineAction } from '@/lib/boundary/action'
import { defineBulkAction } from '@/lib/boundary/bulk-action'
import { defineReadAction } from '@/lib/boundary/read-action'
import { addGroupMembers, createGroup, deleteGroup, removeGroupMembers, updateGroup } from './operations'
import { searchGroupCandidates } from './queries'
import { CandidateSearchInput } from './schema'

export const createGroupAction = defineAction(createGroup)
export const updateGroupAction = defineAction(updateGroup)
export const deleteGroupAction = defineAction(deleteGroup)
export const deleteGroupsAction = defineBulkAction(deleteGroup)
export const addGroupMembersAction = defineAction(addGroupMembers)
export const removeGroupMembersAction = defineAction(removeGroupMembers)
export const searchGroupCandidatesAction = defineReadAction('group:write', CandidateSearchInput, searchGroupCandidates)
