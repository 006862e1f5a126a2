import { AppError } from '@/lib/errors'
import { renewSetUpLink } from '@/lib/seed/set-up-link'
import type { Command, CommandAnswer } from './command'

/** `set-up link`: takes back earlier ones. */
export const makeLink: Command = (args) => {
  args.allow()
  return link
}

async function link(): Promise<CommandAnswer> {
  const url = await renewSetUpLink()
  if (url === null) throw new AppError('conflict', 'there is an organization already, so nothing is left to set up; sign in instead')
  return { json: { link: url }, lines: [url] }
}
