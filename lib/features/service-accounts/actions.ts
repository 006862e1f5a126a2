'use server'

import { defineAction } from '@/lib/boundary/action'
import { createAccountKey, revokeAccountKey, rotateAccountKey, updateAccountKey } from './key-operations'
import { createServiceAccount, deleteServiceAccount, updateServiceAccount } from './operations'

export const createServiceAccountAction = defineAction(createServiceAccount)
export const updateServiceAccountAction = defineAction(updateServiceAccount)
export const deleteServiceAccountAction = defineAction(deleteServiceAccount)

export const createAccountKeyAction = defineAction(createAccountKey)
export const updateAccountKeyAction = defineAction(updateAccountKey)
export const rotateAccountKeyAction = defineAction(rotateAccountKey)
export const revokeAccountKeyAction = defineAction(revokeAccountKey)
