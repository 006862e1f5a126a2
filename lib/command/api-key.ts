import { commandActor } from '@/lib/access/principals/actor'
import { perform } from '@/lib/boundary/perform'
import { now } from '@/lib/clock'
import { issueApiKey } from '@/lib/features/api-keys/operations'
import type { Command } from './command'

const DAY_MS = 24 * 3600_000

/** `api-key create`: a key for a member, shown once. `apiKey` is the name that `org create` uses too. */
export const createApiKey: Command = (args) => {
  args.allow('org', 'email', 'name', 'days')
  const [org, email, name, days] = [args.required('org'), args.required('email'), args.required('name'), args.days('days')]
  return async () => {
    const expiresAt = days === undefined ? null : new Date(now().getTime() + days * DAY_MS).toISOString()
    const { id, secret } = await perform(issueApiKey, commandActor, org, { email, name, expiresAt })
    return {
      json: { id, name, owner: email.toLowerCase(), expiresAt, apiKey: secret, secret },
      lines: [`API key ${name} of ${email} (${id}), ${expiresAt === null ? 'without end' : `until ${expiresAt}`}: ${secret}`],
    }
  }
}
