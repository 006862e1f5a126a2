'use server'

import { submitForm } from '@/lib/boundary/form-action'
import type { FormState } from '@/lib/boundary/form-state'
import { performPublic } from '@/lib/boundary/public-operation'
import { safeNextPath } from '@/lib/features/accounts/rules'
import { chooseMethod } from './choose-method'
import { rememberAddress } from './remembered'

/** Form fields: `email`, `next`. The first step of signing in: goes on to the ways in for this address. */
export async function chooseMethodAction(_before: FormState, form: FormData): Promise<FormState> {
  return submitForm(form, ['email'], async ({ email, next }) => {
    await rememberAddress(await performPublic(chooseMethod, { email }))
    const path = safeNextPath(next)
    return `/sign-in?step=method${path ? `&next=${encodeURIComponent(path)}` : ''}`
  })
}
