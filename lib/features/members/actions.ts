'use server'

import { defineAction } from '@/lib/boundary/action'
import { defineBulkAction } from '@/lib/boundary/bulk-action'
import { defineBulkRehearsal, defineRehearsal } from '@/lib/boundary/rehearsal-action'
import { describePreview } from '@/lib/features/access-preview/describe'
import { removeMember, resetMemberPassword, resumeMember, setMemberRoles, suspendMember } from './operations'

export const setMemberRolesAction = defineAction(setMemberRoles)
export const resetMemberPasswordAction = defineAction(resetMemberPassword)

export const suspendMembersAction = defineBulkAction(suspendMember)
export const resumeMembersAction = defineBulkAction(resumeMember)
export const removeMembersAction = defineBulkAction(removeMember)

export const previewRolesAction = defineRehearsal(setMemberRoles, describePreview)
export const previewSuspensionAction = defineBulkRehearsal(suspendMember, describePreview)
export const previewRemovalAction = defineBulkRehearsal(removeMember, describePreview)
