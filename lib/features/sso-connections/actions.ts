'use server'

import { defineAction } from '@/lib/boundary/action'
import { defineReadAction } from '@/lib/boundary/read-action'
import { previewMappings } from './mapping-preview'
import { createConnection, deleteConnection, disableConnection, enableConnection, setMappings, updateConnection } from './operations'
import { SetMappingsInput } from './schema'

export const createConnectionAction = defineAction(createConnection)
export const updateConnectionAction = defineAction(updateConnection)
export const enableConnectionAction = defineAction(enableConnection)
export const disableConnectionAction = defineAction(disableConnection)
export const deleteConnectionAction = defineAction(deleteConnection)
export const setMappingsAction = defineAction(setMappings)

/** Whose roles these mappings would change. */
export const previewMappingsAction = defineReadAction('sign-in:write', SetMappingsInput, previewMappings)
