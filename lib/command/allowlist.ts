import { commandActor } from '@/lib/access/principals/actor'
import { perform } from '@/lib/boundary/perform'
import { disableAllowlist } from '@/lib/features/ip-allowlist/operations'
import type { Command } from './command'

/** `allowlist disable`: for when nobody can get in any more. The entries stay. */
export const disableList: Command = (args) => {
  args.allow('org')
  const org = args.required('org')
  return async () => {
    const { before } = await perform(disableAllowlist, commandActor, org, {})
    return { json: { org, before, mode: 'off' }, lines: [before === 'off' ? `The IP allowlist of ${org} was off already.` : `The IP allowlist of ${org} is off; its entries are kept.`] }
  }
}
