import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from '@/lib/database/project-root'

export type Migration = {
  /** Folder name: `<time>_<name>`; the order of names is the order of migrations. */
  name: string
  sql: string
  /** SHA-256 of the file, hexadecimal: what Prisma writes into its table too. */
  checksum: string
}

export const migrationsFolder = () => join(projectRoot(), 'prisma', 'migrations')

/** Names of the migrations in a folder, oldest first. */
export function listMigrationNames(folder = migrationsFolder()): string[] {
  const folders = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  return folders
    .map((entry) => entry.name)
    .filter((name) => existsSync(join(folder, name, 'migration.sql')))
    .sort()
}

/** The migrations of a folder with their SQL, oldest first. */
export function readMigrations(folder = migrationsFolder()): Migration[] {
  return listMigrationNames(folder).map((name) => {
    const sql = readFileSync(join(folder, name, 'migration.sql'), 'utf8')
    return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
  })
}
