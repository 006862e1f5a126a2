'use server'

import { redirect } from 'next/navigation'
import { performForAccount } from '@/lib/boundary/account-operation'
import { clearSessionCookie, currentActor, requireActor, setSessionCookie } from '@/lib/boundary/browser'
import { submitForm, submitInPlace } from '@/lib/boundary/form-action'
import type { FormState } from '@/lib/boundary/form-state'
import { performPublic } from '@/lib/boundary/public-operation'
import { isAppError } from '@/lib/errors'
import { endSession } from '@/lib/features/sessions/operations'
import { confirmEmail, requestEmailChange } from './email-change'
import { goOn } from './go-on'
import { changePassword, renameAccount } from './operations'
import { requestPasswordReset, resetPassword } from './password-reset'
import { safeNextPath } from './rules'
import { setUp } from './set-up'
import { signIn } from './sign-in'
import { suggestSlug } from './slug-suggestion'

type Action = (before: FormState, form: FormData) => Promise<FormState>

/** Form fields: `email`, `password`, `next`. */
export const signInAction: Action = async (_before, form) =>
  submitForm(form, ['email'], async ({ email, password, next }) => {
    return goOn(await performPublic(signIn, { email, password }, currentActor()), next)
  })

/** Form fields: `next`, where to go afterwards. */
export async function signOutAction(form: FormData): Promise<void> {
  const actor = currentActor()
  try {
    if (actor) await performForAccount(endSession, actor, { sessionId: actor.sessionId })
  } catch (error) {
    // Another tab was faster; the cookie goes in any case.
    if (!isAppError(error) || error.code !== 'not-found') throw error
  }
  await clearSessionCookie()
  const next = form.get('next')
  const path = safeNextPath(typeof next === 'string' ? next : undefined)
  redirect(path ?? '/sign-in?reason=signed-out')
}

/** Form fields: `email`. */
export const requestPasswordResetAction: Action = async (_before, form) =>
  submitForm(form, ['email'], async ({ email }) => {
    await performPublic(requestPasswordReset, { email }, currentActor())
    return '/forgot-password?sent=1'
  })

/** Form fields: `token`, `password`. */
export const resetPasswordAction: Action = async (_before, form) =>
  submitForm(form, [], async ({ token, password }) => {
    await performPublic(resetPassword, { token, password }, currentActor())
    await clearSessionCookie()
    return '/sign-in?reason=password-changed'
  })

/** Form fields: `token`, `organization`, `slug`, `accessModel`, `name`, `email`, `password`. */
export const setUpAction: Action = async (_before, form) =>
  submitForm(form, ['organization', 'slug', 'accessModel', 'modelText', 'name', 'email'], async (fields) => {
    const slug = fields['slug'] || suggestSlug(fields['organization'] ?? '')
    const done = await performPublic(setUp, { ...fields, slug }, currentActor())
    await setSessionCookie(done.secret)
    return `/${done.slug}`
  })

/** Form fields: `name`. */
export const renameAccountAction: Action = async (_before, form) =>
  submitInPlace(form, ['name'], async ({ name }) => {
    await performForAccount(renameAccount, requireActor(), { name })
    return 'Your name is saved.'
  })

/** Form fields: `current`, `password`. */
export const changePasswordAction: Action = async (_before, form) =>
  submitInPlace(form, [], async ({ current, password }) => {
    const { sessionsEnded } = await performForAccount(changePassword, requireActor(), { current, password })
    return sessionsEnded === 0 ? 'Your password is changed.' : `Your password is changed, and ${sessionsEnded === 1 ? 'one other session was' : `${sessionsEnded} other sessions were`} ended.`
  })

/** Form fields: `email`, `password`. */
export const requestEmailChangeAction: Action = async (_before, form) =>
  submitInPlace(form, ['email'], async ({ email, password }) => {
    const requested = await performForAccount(requestEmailChange, requireActor(), { email, password })
    return `If ${requested.email} can be used, a link is on its way there. Open it within an hour, in this browser.`
  })

/** Form fields: `token`. */
export const confirmEmailAction: Action = async (_before, form) =>
  submitForm(form, [], async ({ token }) => {
    await performForAccount(confirmEmail, requireActor(), { token })
    return '/profile?done=email'
  })
