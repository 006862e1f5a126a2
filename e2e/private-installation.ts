import { execFile } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { startGatehouse, type RunningGatehouse } from './gatehouse-process'
import { startMailServer } from './mail-server'

const run = promisify(execFile)

export type PrivateInstallation = {
  mails: string
  start: (more?: Readonly<Record<string, string>>) => Promise<RunningGatehouse>
  /** Runs the local command and reads the JSON it prints. */
  command: (...words: string[]) => Promise<Record<string, unknown>>
  remove: () => Promise<void>
}

/** An installation of a test's own, to be killed and started again: own data, own mail server. */
export async function makeInstallation(): Promise<PrivateInstallation> {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-own-'))
  chmodSync(folder, 0o711)
  const [mails, dataDir] = [join(folder, 'mails'), join(folder, 'data')]
  for (const made of [mails, dataDir]) mkdirSync(made, { mode: 0o711 })
  const smtp = await startMailServer(mails)
  const environment = { GATEHOUSE_DATA_DIR: dataDir, GATEHOUSE_ADMIN_PASSWORD: 'a long password for tests only', SMTP_URL: smtp.url }
  return {
    mails,
    start: (more) => startGatehouse({ ...environment, ...more }),
    command: async (...words) => {
      const { DATABASE_URL: _url, GATEHOUSE_URL: _public, GATEHOUSE_SECRET_KEY: _key, ...inherited } = process.env
      const { stdout } = await run(process.execPath, ['dist/gatehouse.js', ...words, '--json'], { env: { ...inherited, ...environment } })
      const parsed: unknown = JSON.parse(stdout)
      if (typeof parsed !== 'object' || parsed === null) throw new Error(`no JSON object: ${stdout}`)
      return Object.fromEntries(Object.entries(parsed))
    },
    remove: async () => {
      await smtp.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
