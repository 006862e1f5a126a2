import { join } from 'node:path'
import { Client } from 'pg'
import { expect, inject, test } from 'vitest'
import { projectRoot } from '@/lib/database/project-root'
import { databaseServer, emptyDatabase, freshDatabase } from '@/lib/testing/database-server'
import { readSchema, schemaDiff } from '@/scripts/schema-diff.mjs'

const schema = readSchema(join(projectRoot(), 'prisma', 'schema'))

test('the schema has no change without a migration (node scripts/migration.mjs NAME writes it)', async () => {
  expect(await schemaDiff(readSchema(join(projectRoot(), 'prisma', 'migrations')), schema)).toBe('')
})

test('a changed schema is noticed', async () => {
  const changed = [...schema, { path: 'new.prisma', content: 'model Planted {\n  id String @id\n}\n' }]
  expect(await schemaDiff(schema, changed)).toContain('CREATE TABLE "Planted"')
})

/** What Prisma relies on. The migrations may make more (triggers, checks, further indexes), not less. */
const CATALOGUE = {
  columns: `SELECT table_name || '.' || column_name AS name,
      concat_ws(' ', udt_name, character_maximum_length, datetime_precision, is_nullable, column_default) AS definition
    FROM information_schema.columns WHERE table_schema = 'public'`,
  indexes: `SELECT indexname AS name, indexdef AS definition FROM pg_indexes WHERE schemaname = 'public'`,
  constraints: `SELECT conrelid::regclass || '.' || conname AS name, pg_get_constraintdef(oid) AS definition
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype IN ('p', 'f', 'u')`,
  values: `SELECT enumtypid::regtype || '.' || enumlabel AS name, '' AS definition FROM pg_enum`,
}

test('the migrated database is the one the schema describes', async () => {
  const server = await databaseServer(inject('runFolder'), inject('testDatabaseUrl'))
  const worker = `w${process.env['VITEST_POOL_ID'] ?? '0'}`
  const migrated = await connect(await freshDatabase(server, `${worker}_migrated`))
  const described = await connect(await emptyDatabase(server, `${worker}_described`))
  await described.query(await schemaDiff([], schema))
  for (const query of Object.values(CATALOGUE)) {
    const has = new Map((await rows(migrated, query)).map(({ name, definition }) => [name, definition]))
    const wants = await rows(described, query)
    expect(wants.map(({ name }) => ({ name, definition: has.get(name) }))).toEqual(wants)
  }
  await Promise.all([migrated.end(), described.end()])
})

async function connect(connectionString: string) {
  const client = new Client({ connectionString })
  await client.connect()
  return client
}

const rows = async (client: Client, query: string) =>
  (await client.query<{ name: string; definition: string }>(`${query} ORDER BY 1`)).rows
