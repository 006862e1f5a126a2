import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * The folder that holds `package.json` and `prisma/migrations`. Found from this file upwards, so that it is the
 * same from the sources, from `dist/`, and from a process started in another folder; else the working directory.
 */
export function projectRoot(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json')) && existsSync(join(folder, 'prisma', 'migrations'))) return folder
    if (folder === dirname(folder)) return process.cwd()
  }
}
