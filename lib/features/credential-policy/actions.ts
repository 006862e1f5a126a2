'use server'

import { defineAction } from '@/lib/boundary/action'
import { defineReadAction } from '@/lib/boundary/read-action'
import { findPolicyEffects } from './effects'
import { updateCredentialPolicy } from './operations'
import { PolicyEffectsInput } from './schema'

export const updateCredentialPolicyAction = defineAction(updateCredentialPolicy)

/** What a policy would mean for the credentials there are, asked for while it is edited. */
export const findPolicyEffectsAction = defineReadAction('credential-policy:write', PolicyEffectsInput, findPolicyEffects)
