'use server'

import { browserSecret, currentActor, setBrowserSecret } from '@/lib/boundary/browser'
import { submitForm } from '@/lib/boundary/form-action'
import type { FormState } from '@/lib/boundary/form-state'
import { performPublic } from '@/lib/boundary/public-operation'
import { refusalOf } from '@/lib/boundary/report'
import type { ActionResult } from '@/lib/boundary/result'
import type { PasskeyQuestion } from '@/lib/features/second-factors/passkeys'
import { enterWith } from './go-on'
import { askPendingPasskey, completeSignIn } from './second-step'

const YEAR_SECONDS = 365 * 24 * 3600

/** Form fields: `kind`, `value`, `next`. */
export const completeSignInAction = async (_before: FormState, form: FormData): Promise<FormState> =>
  submitForm(form, [], async ({ kind, value, next }) => {
    const opened = await performPublic(completeSignIn, { kind, value, secret: (await browserSecret('pending')) ?? '' }, currentActor())
    if (kind !== undefined && kind !== 'recovery-code') await setBrowserSecret('factor', kind, YEAR_SECONDS)
    return enterWith(opened, next)
  })

/** What the browser needs to ask for a passkey of whoever has given the password here. */
export async function askPendingPasskeyAction(): Promise<ActionResult<PasskeyQuestion>> {
  try {
    return { ok: true, value: await performPublic(askPendingPasskey, { secret: (await browserSecret('pending')) ?? '' }, currentActor()) }
  } catch (error) {
    return { ok: false, refusal: refusalOf(error) }
  }
}
