import { loadSecretKey } from '@/lib/database/secret-key'
import { migrate, type MigrationResult } from '@/lib/database/migrate'
import { openDatabase } from '@/lib/database/open-database'
import { StartError } from '@/lib/database/start-error'
import { asAppError } from '@/lib/boundary/perform'
import { db } from '@/lib/db'
import { forgetEnv } from '@/lib/env'
import { isAppError, type AppError } from '@/lib/errors'
import { newId } from '@/lib/ids'
import { withRequest } from '@/lib/request'
import { disableList } from './allowlist'
import { createApiKey } from './api-key'
import { Arguments } from './arguments'
import { verifyLog } from './audit'
import type { Command, CommandAnswer } from './command'
import { createOrganization } from './create-organization'
import { listOutbox, showMail } from './outbox'
import { makeScimToken } from './scim-token'
import { disableSsoOnly } from './sso-only'
import { resetFactors } from './second-factor'
import { makeLink } from './set-up'
import { HELP, UsageError } from './usage'

let migrated: MigrationResult = { applied: [], unknown: [] }

/** `migrate`: done before every command; this one tells what was done. */
const tellMigrations: Command = (args) => {
  args.allow()
  return () => {
    const { applied } = migrated
    return Promise.resolve({ json: migrated, lines: applied.length > 0 ? applied.map((name) => `Applied ${name}`) : ['The database is up to date.'] })
  }
}

const COMMANDS: Readonly<Record<string, { words: number; run: Command }>> = {
  'org create': { words: 2, run: createOrganization },
  'api-key create': { words: 2, run: createApiKey },
  'scim-token create': { words: 2, run: makeScimToken },
  'allowlist disable': { words: 2, run: disableList },
  'audit verify': { words: 2, run: verifyLog },
  'outbox list': { words: 2, run: listOutbox },
  'outbox show': { words: 3, run: showMail },
  'sso-only disable': { words: 2, run: disableSsoOnly },
  'second-factor reset': { words: 2, run: resetFactors },
  'set-up link': { words: 2, run: makeLink },
  migrate: { words: 1, run: tellMigrations },
}

function findCommand({ words }: Arguments): Command {
  const name = words[0] === 'migrate' ? 'migrate' : words.slice(0, 2).join(' ')
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (!command) throw new UsageError(name === '' ? 'no command was given' : `there is no command \`${name}\``)
  const extra = words[command.words]
  if (extra !== undefined) throw new UsageError(`\`${extra}\` is too much`)
  return command.run
}

/** Opens the database, runs the command in it, and leaves it as it was found. */
async function inDatabase(work: () => Promise<CommandAnswer>): Promise<CommandAnswer> {
  const settings = { databaseUrl: process.env.DATABASE_URL, dataDir: process.env.GATEHOUSE_DATA_DIR }
  const database = await openDatabase(settings)
  try {
    process.env.DATABASE_URL = database.url
    process.env.GATEHOUSE_SECRET_KEY = loadSecretKey({ ...settings, secretKey: process.env.GATEHOUSE_SECRET_KEY })
    process.env.LOG_LEVEL = 'silent' // standard output is the answer's alone
    forgetEnv()
    migrated = await migrate(database.url)
    const facts = { id: newId('request'), address: '', userAgent: 'local command', source: 'command' as const, nonce: '', session: null }
    return await withRequest(facts, work).finally(() => db().$disconnect())
  } finally {
    await database.close()
  }
}

const say = (text: string): void => void process.stdout.write(`${text}\n`)
const complain = (text: string): void => void process.stderr.write(`${text}\n`)

/** Each fault of a text that was parsed, when there are several. */
function faultsOf({ extras: { fields = [] } }: AppError): string[] {
  const faults = fields.filter(({ position }) => position !== undefined)
  return faults.length > 1 ? faults.map(({ message }) => `  ${message}`) : []
}

/** Says what went wrong in words, and returns the exit code. */
function explain(caught: unknown): number {
  const error = asAppError(caught)
  if (error instanceof UsageError) {
    complain(`gatehouse: ${error.message}\nTry: npm run --silent gatehouse -- --help`)
    return 2
  }
  if (error instanceof StartError) complain(error.message)
  else if (isAppError(error)) complain([`gatehouse: ${error.message}`, ...faultsOf(error)].join('\n'))
  else complain(`gatehouse: something went wrong that was not foreseen\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
  return 1
}

async function main(): Promise<number> {
  try {
    const args = new Arguments(process.argv.slice(2))
    if (args.flag('help')) {
      say(HELP.trimEnd())
      return 0
    }
    const work = findCommand(args)(args)
    const answer = await inDatabase(work)
    say(args.flag('json') ? JSON.stringify(answer.json, null, 2) : answer.lines.join('\n'))
    return answer.hasFailed ? 1 : 0
  } catch (error) {
    return explain(error)
  }
}

process.exitCode = await main()
