'use server'

import { defineAction } from '@/lib/boundary/action'
import { defineBulkAction } from '@/lib/boundary/bulk-action'
import { removeMember, resetMemberPassword, resumeMember, setMemberRoles, suspendMember } from './operations'

export const setMemberRolesAction = defineAction(setMemberRoles)
export const resetMemberPasswordAction = defineAction(resetMemberPassword)

export const suspendMembersAction = defineBulkAction(suspendMember)
export const resumeMembersAction = defineBulkAction(resumeMember)
export const removeMembersAction = defineBulkAction(removeMember)
