import { Resolver } from 'node:dns/promises'
import { env } from '@/lib/env'
import { log } from '@/lib/log'

const TIMEOUT_MS = 3000

/** Texts of the TXT records of a name: none when there is no such record, null when no resolver answers. */
export async function findTexts(name: string): Promise<string[] | null> {
  const resolver = new Resolver({ timeout: TIMEOUT_MS, tries: 2 })
  const { GATEHOUSE_DNS } = env()
  if (GATEHOUSE_DNS !== undefined) resolver.setServers([GATEHOUSE_DNS])
  try {
    return (await resolver.resolveTxt(name)).map((parts) => parts.join(''))
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (code === 'ENOTFOUND' || code === 'ENODATA') return []
    log().warn({ name, code }, 'the resolver did not answer')
    return null
  }
}
