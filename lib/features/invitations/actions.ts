'use server'

import { defineAction } from '@/lib/boundary/action'
import { defineBulkAction } from '@/lib/boundary/bulk-action'
import { copyInvitationLink, createInvitations, resendInvitation, revokeInvitation } from './operations'

export const createInvitationsAction = defineAction(createInvitations)
export const copyInvitationLinkAction = defineAction(copyInvitationLink)

export const resendInvitationsAction = defineBulkAction(resendInvitation)
export const revokeInvitationsAction = defineBulkAction(revokeInvitation)
