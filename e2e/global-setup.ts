import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase } from '@/lib/database/open-database'
import { loadSecretKey } from '@/lib/database/secret-key'
import { startTestDns } from '@/lib/testing/dns'
import { startRealProvider } from '@/lib/testing/real-openid-provider'
import { publishedIn } from './dns-records'
import { startGatehouse } from './gatehouse-process'
import { startMailServer } from './mail-server'

export const ADMIN_EMAIL = 'admin@acme.test'

/** Starts Gatehouse as built, on a database of its own, with a real mail server, DNS server and a provider that stands for Google, and tells the tests where. */
export default async function globalSetup() {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-e2e-'))
  chmodSync(folder, 0o711)
  const mails = join(folder, 'mails')
  const dataDir = join(folder, 'data')
  const records = join(folder, 'dns')
  for (const made of [mails, dataDir, records]) mkdirSync(made, { mode: 0o711 })
  const smtp = await startMailServer(mails)
  const password = 'a long password for tests only'
  const [dns, google] = [await startTestDns(publishedIn(records)), await startRealProvider({ isThin: false })]
  const gatehouse = await startGatehouse({
    GATEHOUSE_DATA_DIR: dataDir, GATEHOUSE_ADMIN_PASSWORD: password, SMTP_URL: smtp.url, MAIL_FROM: 'Gatehouse <gatehouse@gatehouse.test>',
    GATEHOUSE_DNS: dns.address, GATEHOUSE_ALLOW_PRIVATE_IDP: '1', GOOGLE_ISSUER: google.issuer, GOOGLE_CLIENT_ID: google.clientId, GOOGLE_CLIENT_SECRET: google.clientSecret,
  })
  google.allow(`${gatehouse.url}/api/auth/callback/google`)
  const database = await openDatabase({ dataDir })
  Object.assign(process.env, {
    E2E_URL: gatehouse.url,
    E2E_MAILS: mails,
    E2E_DNS: records,
    E2E_ADMIN_PASSWORD: password,
    DATABASE_URL: database.url,
    GATEHOUSE_URL: gatehouse.url,
    GATEHOUSE_SECRET_KEY: loadSecretKey({ dataDir }),
    LOG_LEVEL: 'silent',
  })
  return async () => {
    await gatehouse.stop()
    await database.close()
    await Promise.all([smtp.stop(), dns.close(), google.close()])
    rmSync(folder, { recursive: true, force: true })
  }
}
