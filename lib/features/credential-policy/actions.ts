'use server'

import { defineAction } from '@/lib/boundary/action'
import { updateCredentialPolicy } from './operations'

export const updateCredentialPolicyAction = defineAction(updateCredentialPolicy)
