'use server'

import { defineAction } from '@/lib/boundary/action'
import { updateSessionPolicy } from './operations'

export const updateSessionPolicyAction = defineAction(updateSessionPolicy)
