import { randomUUID } from 'node:crypto'
import type { Client } from 'pg'
import { connectWhenUp } from '@/lib/database/connect'
import { listMigrationNames, type Migration, migrationsFolder, readMigrations } from '@/lib/database/migration-files'
import { StartError } from '@/lib/database/start-error'

/** The number Prisma locks too, so that `prisma migrate deploy` and this wait for one another. */
const ADVISORY_LOCK = 72_707_369

/** As Prisma makes it. */
const CREATE_TABLE = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  "id" VARCHAR(36) PRIMARY KEY NOT NULL,
  "checksum" VARCHAR(64) NOT NULL,
  "finished_at" TIMESTAMPTZ,
  "migration_name" VARCHAR(255) NOT NULL,
  "logs" TEXT,
  "rolled_back_at" TIMESTAMPTZ,
  "started_at" TIMESTAMPTZ NOT NULL DEFAULT now(),
  "applied_steps_count" INTEGER NOT NULL DEFAULT 0
)`

const READ_TABLE = `SELECT "migration_name" AS name, "checksum", "finished_at" IS NOT NULL AS finished
  FROM "_prisma_migrations" WHERE "rolled_back_at" IS NULL`

export type MigrationResult = {
  /** Names applied now, in order. */
  applied: string[]
  /** Names the database has and this program does not: a newer version has been here. */
  unknown: string[]
}

/** Anything that runs SQL, such as a `pg` pool or client. */
export type Queryable = {
  query: (sql: string) => Promise<{ rows: Record<string, unknown>[] }>
}

/**
 * Brings a database forward: applies each migration it lacks, oldest first, one transaction a file. Safe to run
 * from several processes at once; the later ones find nothing to do. A database that does not answer yet is waited
 * for (30 seconds).
 *
 * @param folder another folder than `prisma/migrations`: for tests
 * @throws StartError when the database can't be reached or is older than PostgreSQL 15, when an applied file has
 *   changed since, when an earlier attempt is recorded as unfinished, or when a migration fails (nothing of it stays)
 */
export async function migrate(databaseUrl: string, folder = migrationsFolder()): Promise<MigrationResult> {
  const migrations = readMigrations(folder)
  const client = await connectWhenUp(databaseUrl)
  try {
    await inLockedTransaction(client, () => client.query(CREATE_TABLE))
    const applied: string[] = []
    for (const migration of migrations) if (await applyIfMissing(client, migrations, migration)) applied.push(migration.name)
    const known = new Set(migrations.map(({ name }) => name))
    const recorded = await readRecorded(client)
    return { applied, unknown: [...recorded.keys()].filter((name) => !known.has(name)).sort() }
  } finally {
    await client.end()
  }
}

/**
 * Names of the migrations this program has and the database lacks, oldest first: `[]` when it may be served.
 *
 * @param client asked one or two short queries; fails as it fails
 */
export async function pendingMigrations(client: Queryable, folder = migrationsFolder()): Promise<string[]> {
  const { rows } = await client.query(`SELECT to_regclass('"_prisma_migrations"') IS NOT NULL AS found`)
  const recorded = rows[0]?.['found'] === true ? await readRecorded(client) : new Map<string, Recorded>()
  return listMigrationNames(folder).filter((name) => !recorded.get(name)?.finished)
}

type Recorded = { checksum: string; finished: boolean }

async function readRecorded(client: Queryable): Promise<Map<string, Recorded>> {
  const { rows } = await client.query(READ_TABLE)
  return new Map(
    rows.map((row) => [String(row['name']), { checksum: String(row['checksum']), finished: row['finished'] === true }]),
  )
}

/** Reads the table again under the lock: another process may have applied it while we waited. */
function applyIfMissing(client: Client, all: Migration[], migration: Migration): Promise<boolean> {
  return inLockedTransaction(client, async () => {
    const recorded = await readRecorded(client)
    checkHistory(all, recorded)
    if (recorded.has(migration.name)) return false
    const startedAt = new Date()
    await client.query(migration.sql).catch((error: unknown) => {
      throw new StartError(`The migration ${migration.name} failed and changed nothing: ${describe(error)}`)
    })
    await client.query(
      `INSERT INTO "_prisma_migrations"
         ("id", "checksum", "migration_name", "started_at", "finished_at", "applied_steps_count")
       VALUES ($1, $2, $3, $4, clock_timestamp(), 1)`,
      [randomUUID(), migration.checksum, migration.name, startedAt],
    )
    return true
  })
}

function checkHistory(all: Migration[], recorded: Map<string, Recorded>) {
  for (const { name, checksum } of all) {
    const found = recorded.get(name)
    if (found && !found.finished)
      throw new StartError(
        `The migration ${name} was begun by another tool and not finished. Look at the table "_prisma_migrations", ` +
          'repair the database or restore a backup, then start again.',
      )
    if (found && found.checksum !== checksum)
      throw new StartError(
        `The migration ${name} has been changed since it was applied to this database. ` +
          'Restore the file as it was, and put the change into a new migration.',
      )
  }
}

async function inLockedTransaction<T>(client: Client, work: () => Promise<T>): Promise<T> {
  await client.query('BEGIN')
  try {
    await client.query(`SELECT pg_advisory_xact_lock(${ADVISORY_LOCK})`)
    const result = await work()
    await client.query('COMMIT')
    return result
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {}) // the first error tells more than a lost connection
    throw error
  }
}

function describe(error: unknown) {
  if (!(error instanceof Error)) return String(error)
  const detail = 'detail' in error && typeof error.detail === 'string' ? ` (${error.detail})` : ''
  return `${error.message}${detail}`
}
