'use server'

import { defineAccountAction, defineAction } from '@/lib/boundary/action'
import { createOrganization, leaveOrganization, renameOrganization } from './operations'

export const createOrganizationAction = defineAccountAction(createOrganization)
export const renameOrganizationAction = defineAction(renameOrganization)
export const leaveOrganizationAction = defineAction(leaveOrganization)
