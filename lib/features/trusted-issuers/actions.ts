'use server'

import { defineAction } from '@/lib/boundary/action'
import { defineReadAction } from '@/lib/boundary/read-action'
import { createTrustedIssuer, deleteTrustedIssuer, updateTrustedIssuer } from './operations'
import { tryToken } from './queries'
import { TryTokenInput } from './schema'

export const createTrustedIssuerAction = defineAction(createTrustedIssuer)
export const updateTrustedIssuerAction = defineAction(updateTrustedIssuer)
export const deleteTrustedIssuerAction = defineAction(deleteTrustedIssuer)

/** Which condition a pasted token does not meet. */
export const tryTokenAction = defineReadAction('service-account:write', TryTokenInput, tryToken)
