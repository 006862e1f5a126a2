'use server'

import { defineAction } from '@/lib/boundary/action'
import { leaveOrganization, renameOrganization } from './operations'

export const renameOrganizationAction = defineAction(renameOrganization)
export const leaveOrganizationAction = defineAction(leaveOrganization)
