import { beforeAll, inject } from 'vitest'
import { forgetEnv } from '@/lib/env'
import { databaseServer, freshDatabase } from '@/lib/testing/database-server'

/**
 * Gives the test file a database of its own with all migrations and no rows. Call it once, at the top level of
 * the file; from the first `beforeAll` on, `DATABASE_URL` names it, so `db()` and everything above it work on it.
 * Files that don't call it pay nothing.
 *
 * ```ts
 * const database = testDatabase()
 * test('…', async () => { await db().organization.create(…); new Pool({ connectionString: database.url }) })
 * ```
 *
 * @returns `url`, readable from `beforeAll` on
 */
export function testDatabase(): { readonly url: string } {
  let url: string | undefined
  beforeAll(async () => {
    const server = await databaseServer(inject('runFolder'), inject('testDatabaseUrl'))
    url = await freshDatabase(server, `w${process.env['VITEST_POOL_ID'] ?? '0'}`)
    process.env['DATABASE_URL'] = url
    forgetEnv()
  })
  return {
    get url() {
      if (url === undefined) throw new Error('the test database exists from beforeAll on')
      return url
    },
  }
}
