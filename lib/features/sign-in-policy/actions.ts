'use server'

import { defineAction } from '@/lib/boundary/action'
import { updateSignInPolicy } from './operations'

export const updateSignInPolicyAction = defineAction(updateSignInPolicy)
