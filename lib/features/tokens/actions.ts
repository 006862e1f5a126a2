'use server'

import { defineAction } from '@/lib/boundary/action'
import { defineBulkAction } from '@/lib/boundary/bulk-action'
import { createToken, deleteToken, rotateToken, updateToken } from './operations'

export const createTokenAction = defineAction(createToken)
export const updateTokenAction = defineAction(updateToken)
export const rotateTokenAction = defineAction(rotateToken)

export const suspendTokensAction = defineBulkAction(updateToken, { status: 'suspended' })
export const resumeTokensAction = defineBulkAction(updateToken, { status: 'active' })
export const deleteTokensAction = defineBulkAction(deleteToken)
