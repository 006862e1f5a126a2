'use server'

import { defineAction } from '@/lib/boundary/action'
import { createToken, deleteToken, rotateToken, updateToken } from './operations'

export const createTokenAction = defineAction(createToken)
export const updateTokenAction = defineAction(updateToken)
export const rotateTokenAction = defineAction(rotateToken)
export const deleteTokenAction = defineAction(deleteToken)
