import { resetSecondFactors } from '@/lib/features/second-factors/reset'
import type { Command } from './command'

/** `second-factor reset`: for somebody who has lost every second factor. */
export const resetFactors: Command = (args) => {
  args.allow('email')
  const email = args.required('email')
  return async () => {
    const done = await resetSecondFactors(email)
    return { json: done, lines: [`${done.email} signs in with the password alone and should set up a second factor again. Sessions ended: ${done.sessionsEnded}.`] }
  }
}
