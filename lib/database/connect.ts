import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { StartError } from '@/lib/database/start-error'

const PATIENCE_MS = 30_000
const OLDEST = 15

/** Nobody listens yet, the name is not known yet, or PostgreSQL is starting (57P03): worth waiting for. */
const PASSING = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', '57P03'])

/**
 * Connects, waiting for a database that is only just coming up.
 *
 * @returns a connected client; the caller ends it
 * @throws StartError when it can't be reached in 30 seconds, refuses us, or is older than PostgreSQL 15
 */
export async function connectWhenUp(databaseUrl: string, patienceMs = PATIENCE_MS): Promise<Client> {
  for (const deadline = Date.now() + patienceMs; ; await sleep(500)) {
    const client = new Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 })
    client.on('error', () => {}) // a connection lost between queries is reported by the next query
    try {
      await client.connect()
      await checkVersion(client)
      return client
    } catch (error) {
      await client.end().catch(() => {})
      if (error instanceof StartError) throw error
      if (!PASSING.has(codeOf(error)) || Date.now() > deadline) throw unreachable(databaseUrl, error)
    }
  }
}

async function checkVersion(client: Client) {
  const { rows } = await client.query<{ version: string }>(`SELECT current_setting('server_version_num') AS version`)
  const major = Math.floor(Number(rows[0]?.version) / 10_000)
  if (major < OLDEST) throw new StartError(`Gatehouse needs PostgreSQL ${OLDEST} or newer; the database is version ${major}.`)
}

function codeOf(error: unknown) {
  const inner = error instanceof AggregateError ? error.errors[0] : error
  return inner instanceof Error && 'code' in inner ? String(inner.code) : ''
}

/** The address without user and password. */
function unreachable(databaseUrl: string, error: unknown) {
  const url = URL.canParse(databaseUrl) ? new URL(databaseUrl) : null
  const where = url ? `${url.hostname}:${url.port || 5432}${url.pathname}` : 'the address in DATABASE_URL'
  const why = error instanceof Error ? error.message || codeOf(error) : String(error)
  return new StartError(`The database ${where} can't be used (${why}). Check DATABASE_URL and that PostgreSQL runs.`)
}
