'use server'

import { defineAction } from '@/lib/boundary/action'
import { requireActor } from '@/lib/boundary/browser'
import { performForAccount } from '@/lib/boundary/account-operation'
import { submitForm } from '@/lib/boundary/form-action'
import type { FormState } from '@/lib/boundary/form-state'
import { endMemberSessions, endOtherSessions, endSession } from './operations'

/** Form fields: `sessionId`. */
export const endSessionAction = async (_before: FormState, form: FormData): Promise<FormState> =>
  submitForm(form, [], async ({ sessionId }) => {
    await performForAccount(endSession, requireActor(), { sessionId })
    return '/sessions?done=ended'
  })

export const endOtherSessionsAction = async (_before: FormState, form: FormData): Promise<FormState> =>
  submitForm(form, [], async () => {
    await performForAccount(endOtherSessions, requireActor(), {})
    return '/sessions?done=all'
  })

export const endMemberSessionsAction = defineAction(endMemberSessions)
