'use server'

import { defineAction } from '@/lib/boundary/action'
import { createConnection, deleteConnection, disableConnection, enableConnection, setMappings, updateConnection } from './operations'

export const createConnectionAction = defineAction(createConnection)
export const updateConnectionAction = defineAction(updateConnection)
export const enableConnectionAction = defineAction(enableConnection)
export const disableConnectionAction = defineAction(disableConnection)
export const deleteConnectionAction = defineAction(deleteConnection)
export const setMappingsAction = defineAction(setMappings)
