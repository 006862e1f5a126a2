import { parseArgs } from 'node:util'
import { StartError } from '@/lib/database/start-error'
import { db } from '@/lib/db'
import { isAppError } from '@/lib/errors'
import { prepareEnvironment } from '@/lib/server/start-up'
import { seedMembers } from './large'
import { seedKeys } from './large-keys'
import { ensureSampleOrganization } from './sample-organization'

const USAGE = 'Usage: npm run seed:large -- [--users N] [--keys N] [--org SLUG], N from 1 to 1000000'

/** What was asked for; undefined when it was not. @throws StartError */
function amountOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const amount = Number(text)
  if (!Number.isInteger(amount) || amount < 1 || amount > 1_000_000) throw new StartError(USAGE)
  return amount
}

/** `npm run seed:large -- --users 100000 --keys 100000 [--org acme]`, run by scripts/seed-large.mjs. */
async function main(): Promise<void> {
  const { values: { org, ...asked } } = parseArgs({ options: { users: { type: 'string' }, keys: { type: 'string' }, org: { type: 'string', default: 'acme' } } })
  const [users, keys] = [amountOf(asked.users), amountOf(asked.keys)]
  if (users === undefined && keys === undefined) throw new StartError(USAGE)
  const database = await prepareEnvironment()
  try {
    const sample = database.isEmbedded ? await ensureSampleOrganization() : null
    if (sample) console.info(`Sample organization Acme made. Sign in as ${sample.email} with password ${sample.password} (shown once).`)
    for (const [what, amount, seed] of [['members', users, seedMembers], ['keys', keys, seedKeys]] as const) {
      if (amount === undefined) continue
      const begun = performance.now()
      const made = await seed(org, amount, (done) => process.stderr.write(`\r${done} of ${amount}`))
      process.stderr.write('\n')
      console.info(`${made} ${what} made in ${org}, in ${((performance.now() - begun) / 1000).toFixed(1)} s.`)
    }
  } finally {
    await db().$disconnect()
    await database.close()
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof StartError || isAppError(error) ? error.message : error)
  process.exitCode = 1
})
