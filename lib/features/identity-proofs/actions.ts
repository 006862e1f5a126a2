'use server'

import { z } from 'zod'
import { performForAccount } from '@/lib/boundary/account-operation'
import { requireActor } from '@/lib/boundary/browser'
import { submitForm } from '@/lib/boundary/form-action'
import type { FormState } from '@/lib/boundary/form-state'
import { defineAccountReadAction } from '@/lib/boundary/read-action'
import { refusalOf } from '@/lib/boundary/report'
import type { ActionResult } from '@/lib/boundary/result'
import { now } from '@/lib/clock'
import { safeNextPath } from '@/lib/features/accounts/rules'
import { proofOptions } from '@/lib/features/second-factors/passkeys'
import { confirmIdentity } from './operations'
import { findOwnProofProvider } from './providers'
import { findProofFacts } from './queries'
import { proofKinds } from './rules'
import type { Proof } from './schema'

/** How the signed-in person can prove that it is them. */
export const findProofKindsAction = defineAccountReadAction(z.strictObject({}), async (actor) => ({
  kinds: proofKinds(await findProofFacts(actor.accountId)), provider: await findOwnProofProvider(actor), email: actor.email,
}))

/** What the browser needs to ask for a passkey of the signed-in person. */
export const askPasskeyAction = defineAccountReadAction(z.strictObject({}), (actor) => proofOptions(actor.accountId, now()))

/** Refreshes nothing: the page behind the dialog stays as it is. */
export async function confirmIdentityAction(proof: Proof): Promise<ActionResult<null>> {
  try {
    return { ok: true, value: await performForAccount(confirmIdentity, requireActor(), proof) }
  } catch (error) {
    return { ok: false, refusal: refusalOf(error) }
  }
}

/** The same as a page. Form fields: `kind`, `value`, `next`. */
export const confirmIdentityFormAction = async (_before: FormState, form: FormData): Promise<FormState> =>
  submitForm(form, [], async ({ kind, value, next }) => {
    await performForAccount(confirmIdentity, requireActor(), { kind, value })
    return safeNextPath(next) ?? '/confirm?done=1'
  })
