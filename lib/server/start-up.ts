import { loadSecretKey } from '@/lib/database/secret-key'
import { migrate } from '@/lib/database/migrate'
import { openDatabase, type OpenDatabase } from '@/lib/database/open-database'
import { env, forgetEnv } from '@/lib/env'
import { nextAuthSecret } from '@/lib/access/principals/session-cookie'

/**
 * Opens the database, finds the secret key and migrates; afterwards the environment is complete.
 *
 * @throws StartError with what to do when this machine or the settings do not allow it
 */
export async function prepareEnvironment(): Promise<OpenDatabase> {
  const settings = { databaseUrl: process.env.DATABASE_URL, dataDir: process.env.GATEHOUSE_DATA_DIR }
  const database = await openDatabase(settings)
  try {
    process.env.DATABASE_URL = database.url
    process.env.GATEHOUSE_SECRET_KEY = loadSecretKey({ ...settings, secretKey: process.env.GATEHOUSE_SECRET_KEY })
    forgetEnv()
    await migrate(database.url)
    return database
  } catch (error) {
    await database.close()
    throw error
  }
}

/** Tells everything that reads the environment which port it became, and NextAuth where it lives. */
export function announcePort(port: number): void {
  process.env.PORT = String(port)
  forgetEnv()
  process.env.NEXTAUTH_URL = env().publicUrl.origin
  process.env.NEXTAUTH_SECRET = nextAuthSecret()
}
