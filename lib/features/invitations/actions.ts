'use server'

import { defineAction } from '@/lib/boundary/action'
import { defineBulkAction } from '@/lib/boundary/bulk-action'
import { defineReadAction } from '@/lib/boundary/read-action'
import { copyInvitationLink, createInvitations, resendInvitation, revokeInvitation } from './operations'
import { previewInvitation } from './preview'
import { PreviewInput } from './schema'

export const createInvitationsAction = defineAction(createInvitations)
export const copyInvitationLinkAction = defineAction(copyInvitationLink)

export const resendInvitationsAction = defineBulkAction(resendInvitation)
export const revokeInvitationsAction = defineBulkAction(revokeInvitation)

export const previewInvitationAction = defineReadAction('member:write', PreviewInput, previewInvitation)
