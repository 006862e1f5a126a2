'use server'

import { defineAction } from '@/lib/boundary/action'
import { defineBulkAction } from '@/lib/boundary/bulk-action'
import { defineReadAction } from '@/lib/boundary/read-action'
import { findHandoverChoices } from './handover-choices'
import { createAccountKey, revokeAccountKey, rotateAccountKey, updateAccountKey } from './key-operations'
import { createServiceAccount, deleteServiceAccount, updateServiceAccount } from './operations'
import { findAccountKeyDetails } from './page-list'
import { HandoverChoicesInput, RevokeAccountKeyInput } from './schema'

export const createServiceAccountAction = defineAction(createServiceAccount)
export const updateServiceAccountAction = defineAction(updateServiceAccount)
export const deleteServiceAccountAction = defineAction(deleteServiceAccount)

export const createAccountKeyAction = defineAction(createAccountKey)
export const updateAccountKeyAction = defineAction(updateAccountKey)
export const rotateAccountKeyAction = defineAction(rotateAccountKey)
export const suspendAccountKeysAction = defineBulkAction(updateAccountKey, { status: 'suspended' })
export const resumeAccountKeysAction = defineBulkAction(updateAccountKey, { status: 'active' })
export const revokeAccountKeysAction = defineBulkAction(revokeAccountKey)

/** What the panel of one key shows. */
export const findAccountKeyDetailsAction = defineReadAction('service-account:read', RevokeAccountKeyInput, findAccountKeyDetails)

/** What to decide about the keys of people who are to be removed. */
export const findHandoverChoicesAction = defineReadAction('member:write', HandoverChoicesInput, (ctx, { ids }) => findHandoverChoices(ctx, ids))
