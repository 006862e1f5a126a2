import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { Client } from 'pg'
import { z } from 'zod'
import { openCluster } from '@/lib/database/cluster'
import { withFileLock } from '@/lib/database/file-lock.mjs'
import { migrate } from '@/lib/database/migrate'
import { dataPlaces } from '@/lib/database/places'

const Server = z.object({
  /** May create databases. */
  adminUrl: z.string(),
  /** The role that owns the databases, and its password: no superuser, as in production. */
  url: z.string(),
  /** Beginning of every database name of this run. */
  prefix: z.string(),
})

type Server = z.infer<typeof Server>

const file = (runFolder: string) => join(runFolder, 'server.json')
const templateOf = ({ prefix }: Server) => `${prefix}_template`

/**
 * The PostgreSQL of this run, with a template that has all migrations. The first test file that asks starts it
 * (about 1.5 s), the others wait for that.
 */
export function databaseServer(runFolder: string, given: string): Promise<Server> {
  return withFileLock(join(runFolder, 'lock'), async () => {
    if (existsSync(file(runFolder))) return readServer(runFolder)
    const server = { ...(await addresses(runFolder, given)), prefix: prefixOf(runFolder) }
    await asAdmin(server, `CREATE DATABASE ${templateOf(server)}${ownerClause(server)}`)
    await migrate(addressOf(server, templateOf(server)))
    writeFileSync(file(runFolder), JSON.stringify(server), { mode: 0o600 })
    return server
  })
}

/**
 * A fresh copy of the template under the name of a worker, in place of the one its last test file used: that
 * file's process has ended.
 *
 * @returns the address of the database
 */
export function freshDatabase(server: Server, worker: string): Promise<string> {
  return replaceDatabase(server, worker, templateOf(server))
}

/** The same without tables. */
export function emptyDatabase(server: Server, worker: string): Promise<string> {
  return replaceDatabase(server, worker, 'template1')
}

async function replaceDatabase(server: Server, worker: string, template: string) {
  const name = `${server.prefix}_${worker}`
  await asAdmin(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
  await asAdmin(server, `CREATE DATABASE ${name} TEMPLATE ${template}${ownerClause(server)}`)
  return addressOf(server, name)
}

/** Drops what a run made on a server that stays. An embedded server goes as a whole. */
export async function dropRunDatabases(runFolder: string) {
  if (!existsSync(file(runFolder))) return
  const server = readServer(runFolder)
  if (server.adminUrl !== server.url) return
  const { rows } = await asAdmin(server, `SELECT datname FROM pg_database WHERE datname LIKE '${server.prefix}%'`)
  for (const row of rows) await asAdmin(server, `DROP DATABASE IF EXISTS ${String(row['datname'])} WITH (FORCE)`)
}

async function addresses(runFolder: string, given: string) {
  if (given) return { adminUrl: given, url: given }
  const { binariesDir } = dataPlaces(undefined)
  return openCluster({ dataDir: join(runFolder, 'data'), binariesDir, isDurable: false })
}

const readServer = (runFolder: string) => Server.parse(JSON.parse(readFileSync(file(runFolder), 'utf8')))

/** From the random end of the folder's name, in letters that need no quoting. */
const prefixOf = (runFolder: string) => `gh_${Buffer.from(basename(runFolder).slice(-6)).toString('hex')}`

/** On a given server the user owns what they create, and may not be able to give it away. */
const ownerClause = (server: Server) =>
  server.adminUrl === server.url ? '' : ` OWNER ${decodeURIComponent(new URL(server.url).username)}`

function addressOf(server: Server, database: string) {
  const url = new URL(server.url)
  url.pathname = `/${database}`
  return url.href
}

async function asAdmin(server: Server, sql: string) {
  const client = new Client({ connectionString: server.adminUrl })
  await client.connect()
  try {
    return await client.query<Record<string, unknown>>(sql)
  } finally {
    await client.end()
  }
}
