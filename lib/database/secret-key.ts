import { randomBytes } from 'node:crypto'
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DatabaseSettings } from '@/lib/database/open-database'
import { dataPlaces } from '@/lib/database/places'
import { StartError } from '@/lib/database/start-error'

const SHORTEST = 32

/**
 * The key that seals secrets in the database and keys the hashes of credentials: `GATEHOUSE_SECRET_KEY`, or, with
 * the embedded database only, one made at the first start (32 random bytes, base64url) and kept beside it in a
 * file only its owner reads.
 *
 * @throws StartError when it is too short, or missing beside `DATABASE_URL`
 */
export function loadSecretKey(settings: DatabaseSettings & { secretKey?: string | undefined }): string {
  if (settings.secretKey) return checked(settings.secretKey, 'GATEHOUSE_SECRET_KEY')
  if (settings.databaseUrl)
    throw new StartError(
      'DATABASE_URL is set, so GATEHOUSE_SECRET_KEY must be set too: it protects the secrets in that database and ' +
        'has to stay the same for as long as the database lives. ' +
        "Make one with: node -p \"require('crypto').randomBytes(32).toString('base64url')\"",
    )
  const file = join(dataPlaces(settings.dataDir).dataDir, 'secret-key')
  return checked(read(file) ?? make(file), file)
}

function checked(key: string, from: string) {
  if (key.length < SHORTEST) throw new StartError(`The secret key in ${from} is too short: ${SHORTEST} characters at least.`)
  return key
}

/** Two first starts at once agree on one key: a link is made by one of them only. */
function make(file: string) {
  const draft = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`
  writeFileSync(draft, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flush: true })
  try {
    linkSync(draft, file)
  } catch (error) {
    if (read(file) === undefined) throw error
  } finally {
    rmSync(draft)
  }
  return read(file) ?? ''
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw new StartError(`The secret key in ${file} can't be read (${error instanceof Error ? error.message : 'unknown reason'}).`)
  }
}
