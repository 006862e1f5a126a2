import { chmodSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { stopCluster } from '@/lib/database/cluster'
import { isMarkAlive, processMark } from '@/lib/database/file-lock.mjs'
import { dropRunDatabases } from '@/lib/testing/database-server'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Folder of this run, for what its test files share. */
    runFolder: string
    /** `TEST_DATABASE_URL`: a server whose user may create databases, used instead of an embedded one; or ''. */
    testDatabaseUrl: string
  }
}

const PREFIX = 'gatehouse-test-'
const OWNER_FILE = 'owner'

/**
 * Makes the folder in which the first test file that needs a database starts PostgreSQL; a run without such a
 * file starts none. Ends and removes everything afterwards, and what killed runs before left behind.
 */
export default async function setup(project: TestProject) {
  await removeAbandoned()
  const runFolder = mkdtempSync(join(tmpdir(), PREFIX))
  mkdirSync(join(runFolder, 'data'), { mode: 0o711 })
  writeFileSync(join(runFolder, OWNER_FILE), processMark())
  chmodSync(runFolder, 0o711) // run by root, PostgreSQL's own user passes through it
  const testDatabaseUrl = process.env['TEST_DATABASE_URL'] ?? ''
  project.provide('runFolder', runFolder)
  project.provide('testDatabaseUrl', testDatabaseUrl)
  return () => remove(runFolder)
}

async function remove(runFolder: string) {
  await dropRunDatabases(runFolder)
  await stopCluster(join(runFolder, 'data'))
  rmSync(runFolder, { recursive: true, force: true })
}

async function removeAbandoned() {
  const mine = process.getuid?.()
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(PREFIX))) {
    const folder = join(tmpdir(), name)
    if (statSync(folder, { throwIfNoEntry: false })?.uid === mine && isAbandoned(folder)) await remove(folder)
  }
}

/** A folder without a mark is just being made by another run. */
function isAbandoned(folder: string) {
  try {
    return !isMarkAlive(readFileSync(join(folder, OWNER_FILE), 'utf8'))
  } catch {
    return false
  }
}
