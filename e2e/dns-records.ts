import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Records as files, one a name, so that every test process can publish what the one DNS server answers. */
export const publishedIn = (folder: string) => (name: string): readonly string[] => {
  const file = join(folder, name)
  return /^[\w.-]+$/.test(name) && existsSync(file) ? [readFileSync(file, 'utf8')] : []
}

/** Publishes a TXT record, as an administrator does at their DNS. */
export const publishTxt = (name: string, text: string): void => writeFileSync(join(process.env.E2E_DNS ?? '', name.toLowerCase()), text)
