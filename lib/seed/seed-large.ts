import { parseArgs } from 'node:util'
import { StartError } from '@/lib/database/start-error'
import { db } from '@/lib/db'
import { isAppError } from '@/lib/errors'
import { prepareEnvironment } from '@/lib/server/start-up'
import { seedMembers } from './large'
import { ensureSampleOrganization } from './sample-organization'

/** `npm run seed:large -- --users 100000 [--org acme]`, run by scripts/seed-large.mjs. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { users: { type: 'string' }, org: { type: 'string', default: 'acme' } } })
  const users = Number(values.users)
  if (!Number.isInteger(users) || users < 1 || users > 1_000_000) throw new StartError('Usage: npm run seed:large -- --users N [--org SLUG], N from 1 to 1000000')
  const database = await prepareEnvironment()
  try {
    const sample = database.isEmbedded ? await ensureSampleOrganization() : null
    if (sample) console.info(`Sample organization Acme made. Sign in as ${sample.email} with password ${sample.password} (shown once).`)
    const begun = performance.now()
    const made = await seedMembers(values.org, users, (done) => process.stderr.write(`\r${done} of ${users}`))
    process.stderr.write('\n')
    console.info(`${made} members made in ${values.org}, in ${((performance.now() - begun) / 1000).toFixed(1)} s.`)
  } finally {
    await db().$disconnect()
    await database.close()
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof StartError || isAppError(error) ? error.message : error)
  process.exitCode = 1
})
