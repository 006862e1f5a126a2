import { createHash } from 'node:crypto'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'
import { migrate, pendingMigrations } from '@/lib/database/migrate'
import { listMigrationNames, migrationsFolder, readMigrations } from '@/lib/database/migration-files'
import { databaseServer, freshDatabase } from '@/lib/testing/database-server'

let folder: string
let url: string
let client: Client

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gatehouse-migrations-'))
  cpSync(migrationsFolder(), folder, { recursive: true })
  const server = await databaseServer(inject('runFolder'), inject('testDatabaseUrl'))
  url = await freshDatabase(server, `migrate_w${process.env['VITEST_POOL_ID'] ?? '0'}`)
  client = new Client({ connectionString: url })
  await client.connect()
})

afterEach(async () => {
  await client.end()
  rmSync(folder, { recursive: true })
})

function add(name: string, sql: string) {
  mkdirSync(join(folder, name), { recursive: true })
  writeFileSync(join(folder, name, 'migration.sql'), sql)
}

const tables = async () =>
  (await client.query<{ name: string }>(`SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'`)).rows

test('a migrated database has nothing pending, and migrating it again changes nothing', async () => {
  expect(await pendingMigrations(client)).toEqual([])
  expect(await migrate(url)).toEqual({ applied: [], unknown: [] })
})

test('records what Prisma records', async () => {
  const { rows } = await client.query('SELECT * FROM "_prisma_migrations" ORDER BY "migration_name"')
  expect(rows.map((row) => [row.migration_name, row.checksum])).toEqual(
    readMigrations().map(({ name, checksum }) => [name, checksum]),
  )
  expect(rows[0]).toMatchObject({ applied_steps_count: 1, rolled_back_at: null, logs: null })
  expect(rows[0].checksum).toMatch(/^[0-9a-f]{64}$/)
  expect(rows[0].finished_at).toBeInstanceOf(Date)
})

test('applies several statements of a file, in the order of names', async () => {
  add('29990101000001_second', 'ALTER TABLE first ADD COLUMN b int; CREATE INDEX ON first (b)')
  add('29990101000000_first', "CREATE TABLE first (a int); INSERT INTO first VALUES (1); -- it's ; done\n")
  expect(await pendingMigrations(client, folder)).toEqual(['29990101000000_first', '29990101000001_second'])
  expect((await migrate(url, folder)).applied).toEqual(['29990101000000_first', '29990101000001_second'])
  expect((await client.query('SELECT a, b FROM first')).rows).toEqual([{ a: 1, b: null }])
  expect(await pendingMigrations(client, folder)).toEqual([])
})

test('processes that start together apply each migration once', async () => {
  add('29990101000000_slow', 'SELECT pg_sleep(0.2); CREATE TABLE once (a int)')
  const results = await Promise.all([migrate(url, folder), migrate(url, folder), migrate(url, folder)])
  expect(results.flatMap(({ applied }) => applied)).toEqual(['29990101000000_slow'])
})

test('a failing migration leaves nothing of itself, keeps the ones before, and can be repaired', async () => {
  add('29990101000000_good', 'CREATE TABLE good (a int)')
  add('29990101000001_bad', 'CREATE TABLE half (a int); CREATE TABLE half (a int)')
  await expect(migrate(url, folder)).rejects.toThrow(/29990101000001_bad failed and changed nothing: .*half.* exists/)
  const names = (await tables()).map(({ name }) => name)
  expect(names).toContain('good')
  expect(names).not.toContain('half')
  add('29990101000001_bad', 'CREATE TABLE half (a int)')
  expect((await migrate(url, folder)).applied).toEqual(['29990101000001_bad'])
})

test('refuses an applied file that has changed', async () => {
  const [first = ''] = listMigrationNames(folder)
  add(first, 'SELECT 1')
  await expect(migrate(url, folder)).rejects.toThrow(`The migration ${first} has been changed`)
})

test('names what a newer version has applied', async () => {
  add('29990101000000_newer', 'SELECT 1')
  await migrate(url, folder)
  expect((await migrate(url)).unknown).toEqual(['29990101000000_newer'])
})

test('refuses to go on where Prisma left a migration unfinished, and ignores one it rolled back', async () => {
  add('29990101000000_torn', 'CREATE TABLE torn (a int)')
  const checksum = createHash('sha256').update('CREATE TABLE torn (a int)').digest('hex')
  await client.query(
    `INSERT INTO "_prisma_migrations" ("id", "checksum", "migration_name") VALUES ('1', $1, '29990101000000_torn')`,
    [checksum],
  )
  expect(await pendingMigrations(client, folder)).toEqual(['29990101000000_torn'])
  await expect(migrate(url, folder)).rejects.toThrow('29990101000000_torn was begun by another tool')
  await client.query(`UPDATE "_prisma_migrations" SET "rolled_back_at" = now() WHERE "id" = '1'`)
  expect((await migrate(url, folder)).applied).toEqual(['29990101000000_torn'])
})

test('an empty database has everything pending', async () => {
  await client.query('DROP TABLE "_prisma_migrations"')
  expect(await pendingMigrations(client)).toEqual(listMigrationNames())
})
