'use server'

import { performForAccount } from '@/lib/boundary/account-operation'
import { currentActor, requireActor, setSessionCookie } from '@/lib/boundary/browser'
import { submitForm, type Fields } from '@/lib/boundary/form-action'
import type { FormState } from '@/lib/boundary/form-state'
import { performPublic } from '@/lib/boundary/public-operation'
import { landingPath } from '@/lib/features/accounts/landing'
import { acceptInvitation, declineInvitation } from './accept'
import { joinByInvitation } from './join'

type Action = (before: FormState, form: FormData) => Promise<FormState>

/** The form names its invitation by the link's token or by its id. */
const named = ({ token, invitationId }: Fields) => (token === undefined ? { invitationId: invitationId ?? '' } : { token })

/** Form fields: `token`, `name`, `password`. For a person without an account. */
export const joinAction: Action = async (_before, form) =>
  submitForm(form, ['name'], async ({ token, name, password }) => {
    const joined = await performPublic(joinByInvitation, { token, name, password }, currentActor())
    await setSessionCookie(joined.secret)
    return `/${joined.slug}`
  })

/** Form fields: `token` or `invitationId`. */
export const acceptInvitationAction: Action = async (_before, form) =>
  submitForm(form, [], async (fields) => {
    const accepted = await performForAccount(acceptInvitation, requireActor(), named(fields))
    return `/${accepted.slug}`
  })

/** Form fields: `token` or `invitationId`; `next`. */
export const declineInvitationAction: Action = async (_before, form) =>
  submitForm(form, [], async (fields) => {
    const actor = requireActor()
    await performForAccount(declineInvitation, actor, named(fields))
    return landingPath(actor, fields['next'])
  })
