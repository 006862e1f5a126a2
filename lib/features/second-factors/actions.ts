'use server'

import { defineAccountAction } from '@/lib/boundary/action'
import { beginTotp, confirmTotp, regenerateRecoveryCodes, removeTotp } from './operations'
import { addPasskey, beginPasskey, removePasskey, renamePasskey } from './passkey-operations'

export const beginTotpAction = defineAccountAction(beginTotp)
export const confirmTotpAction = defineAccountAction(confirmTotp)
export const removeTotpAction = defineAccountAction(removeTotp)
export const regenerateRecoveryCodesAction = defineAccountAction(regenerateRecoveryCodes)
export const beginPasskeyAction = defineAccountAction(beginPasskey)
export const addPasskeyAction = defineAccountAction(addPasskey)
export const renamePasskeyAction = defineAccountAction(renamePasskey)
export const removePasskeyAction = defineAccountAction(removePasskey)
