import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A database of its own, migrated, gone afterwards; the settings of this process name it. */
export async function openScratch(): Promise<{ url: string; close: () => Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-bench-'))
  chmodSync(folder, 0o711) // run by root, PostgreSQL's own user passes through it
  const dataDir = join(folder, 'data')
  mkdirSync(dataDir, { mode: 0o711 })
  process.env['GATEHOUSE_SECRET_KEY'] ??= 'known-to-everybody-and-used-in-measurements-only'
  process.env['LOG_LEVEL'] = 'silent'
  const { openDatabase } = await import('@/lib/database/open-database')
  const { migrate } = await import('@/lib/database/migrate')
  const database = await openDatabase({ dataDir })
  await migrate(database.url)
  process.env['DATABASE_URL'] = database.url
  return {
    url: database.url,
    close: async () => {
      const { db } = await import('@/lib/db')
      await db().$disconnect()
      await database.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
