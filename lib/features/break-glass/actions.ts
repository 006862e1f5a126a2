'use server'

import { performForAccount } from '@/lib/boundary/account-operation'
import { defineAction } from '@/lib/boundary/action'
import { requireActor, setSessionCookie } from '@/lib/boundary/browser'
import { submitForm } from '@/lib/boundary/form-action'
import type { FormState } from '@/lib/boundary/form-state'
import { breakGlass } from './open'
import { addHolder, makeCodes, removeHolder } from './operations'

export const addHolderAction = defineAction(addHolder)
export const removeHolderAction = defineAction(removeHolder)
export const makeCodesAction = defineAction(makeCodes)

/** Form fields: `org`, `code`. */
export const breakGlassAction = async (_before: FormState, form: FormData): Promise<FormState> =>
  submitForm(form, [], async ({ org, code }) => {
    const { secret, slug } = await performForAccount(breakGlass, requireActor(), { org, code })
    await setSessionCookie(secret)
    return `/${slug}/settings/sign-in`
  })
