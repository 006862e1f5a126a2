import { commandActor } from '@/lib/access/principals/actor'
import { perform } from '@/lib/boundary/perform'
import { now } from '@/lib/clock'
import { absoluteUrl } from '@/lib/env'
import { SCIM_BASE } from '@/lib/features/provisioning/rules'
import { createScimToken } from '@/lib/features/provisioning/token-operations'
import type { Command } from './command'

const DAY_MS = 24 * 3600_000

/** `scim-token create`: a token for `/scim/v2`, shown once, with a directory of its name. */
export const makeScimToken: Command = (args) => {
  args.allow('org', 'name', 'days')
  const [org, name, days] = [args.required('org'), args.required('name'), args.days('days')]
  return async () => {
    const expiresAt = days === undefined ? null : new Date(now().getTime() + days * DAY_MS).toISOString()
    const { id, secret, directoryId } = await perform(createScimToken, commandActor, org, { name, expiresAt })
    const baseUrl = absoluteUrl(SCIM_BASE)
    return {
      json: { id, name, directoryId, expiresAt, baseUrl, secret },
      lines: [`SCIM token ${name} (${id}) for ${baseUrl}, ${expiresAt === null ? 'without end' : `until ${expiresAt}`}: ${secret}`],
    }
  }
}
