import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The checkout. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)))
export const inRoot = (...parts) => join(root, ...parts)

/** Settings kept in `.env`; what the environment already says wins. */
export function loadEnvFile() {
  if (existsSync(inRoot('.env'))) process.loadEnvFile(inRoot('.env'))
}

/** What a build is made from: these folders, the files beside them, and how it is made. */
const SOURCES = ['app', 'components', 'lib', 'public', 'prisma/schema', 'scripts/prepare.mjs']
const BESIDE = /^(?!vitest|eslint|next-env|package\.json)\w[\w.-]*\.(ts|mts|mjs|js|json)$/
const LEFT_OUT = /^lib\/(generated|testing)(\/|$)|\.test\.tsx?$/

/** A hash of everything a build is made from, and of the Node version, which native packages follow. */
export function sourcesHash() {
  const hash = createHash('sha256').update(process.version)
  const beside = readdirSync(root).filter((name) => BESIDE.test(name))
  for (const path of [...SOURCES, ...beside.sort()])
    for (const file of filesBelow(path)) hash.update(`\0${file}\0`).update(readFileSync(inRoot(file)))
  return hash.digest('hex')
}

function filesBelow(path) {
  if (LEFT_OUT.test(path) || !existsSync(inRoot(path))) return []
  if (!statSync(inRoot(path)).isDirectory()) return [path]
  return readdirSync(inRoot(path)).sort().flatMap((name) => filesBelow(join(path, name)))
}

/** A hash of some files of the checkout, and of all files in some folders. */
export function filesHash(...paths) {
  const hash = createHash('sha256')
  for (const file of paths.flatMap(filesBelow)) hash.update(`\0${file}\0`).update(readFileSync(inRoot(file)))
  return hash.digest('hex')
}

/** What a step left when it had finished; '' when it never did. */
export function readStamp(path) {
  try {
    return readFileSync(inRoot(path), 'utf8').trim()
  } catch {
    return ''
  }
}

export function writeStamp(path, value) {
  mkdirSync(dirname(inRoot(path)), { recursive: true })
  writeFileSync(inRoot(path), `${value}\n`)
}
