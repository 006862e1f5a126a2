'use server'

import { defineAction } from '@/lib/boundary/action'
import { defineBulkAction } from '@/lib/boundary/bulk-action'
import { defineReadAction } from '@/lib/boundary/read-action'
import { createApiKey, revokeApiKey, rotateApiKey, updateApiKey } from './operations'
import { findApiKeyDetails } from './page-list'
import { RevokeApiKeyInput } from './schema'

export const createApiKeyAction = defineAction(createApiKey)
export const updateApiKeyAction = defineAction(updateApiKey)
export const rotateApiKeyAction = defineAction(rotateApiKey)
export const revokeApiKeysAction = defineBulkAction(revokeApiKey)
export const suspendApiKeysAction = defineBulkAction(updateApiKey, { status: 'suspended' })
export const resumeApiKeysAction = defineBulkAction(updateApiKey, { status: 'active' })

/** What the panel of one key shows. */
export const findApiKeyDetailsAction = defineReadAction('key:self', RevokeApiKeyInput, (ctx, { id }) => findApiKeyDetails(ctx, id))
