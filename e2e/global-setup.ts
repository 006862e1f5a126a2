import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase } from '@/lib/database/open-database'
import { loadSecretKey } from '@/lib/database/secret-key'
import { startGatehouse } from './gatehouse-process'
import { startMailServer } from './mail-server'

export const ADMIN_EMAIL = 'admin@acme.test'

/** Starts Gatehouse as built, on a database of its own and with a real mail server, and tells the tests where. */
export default async function globalSetup() {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-e2e-'))
  chmodSync(folder, 0o711)
  const mails = join(folder, 'mails')
  const dataDir = join(folder, 'data')
  for (const made of [mails, dataDir]) mkdirSync(made, { mode: 0o711 })
  const smtp = await startMailServer(mails)
  const password = 'a long password for tests only'
  const gatehouse = await startGatehouse({ GATEHOUSE_DATA_DIR: dataDir, GATEHOUSE_ADMIN_PASSWORD: password, SMTP_URL: smtp.url, MAIL_FROM: 'Gatehouse <gatehouse@gatehouse.test>' })
  const database = await openDatabase({ dataDir })
  Object.assign(process.env, {
    E2E_URL: gatehouse.url,
    E2E_MAILS: mails,
    E2E_ADMIN_PASSWORD: password,
    DATABASE_URL: database.url,
    GATEHOUSE_URL: gatehouse.url,
    GATEHOUSE_SECRET_KEY: loadSecretKey({ dataDir }),
    LOG_LEVEL: 'silent',
  })
  return async () => {
    await gatehouse.stop()
    await database.close()
    await smtp.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}
