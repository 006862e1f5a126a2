'use server'

import { defineAction } from '@/lib/boundary/action'
import { defineBulkAction } from '@/lib/boundary/bulk-action'
import { createApiKey, revokeApiKey, rotateApiKey, updateApiKey } from './operations'

export const createApiKeyAction = defineAction(createApiKey)
export const updateApiKeyAction = defineAction(updateApiKey)
export const rotateApiKeyAction = defineAction(rotateApiKey)
export const revokeApiKeyAction = defineAction(revokeApiKey)
export const revokeApiKeysAction = defineBulkAction(revokeApiKey)
