import { commandActor } from '@/lib/access/principals/actor'
import { perform } from '@/lib/boundary/perform'
import { updateSignInPolicy } from '@/lib/features/sign-in-policy/operations'
import type { Command } from './command'

/** `sso-only disable --org S`: the way back when the identity provider is out of order. */
export const disableSsoOnly: Command = (args) => {
  args.allow('org')
  const org = args.required('org')
  return async () => {
    const policy = await perform(updateSignInPolicy, commandActor, org, { ssoOnly: false })
    return { json: policy, lines: [`SSO-only is off in ${org}. Passwords are accepted again.`] }
  }
}
