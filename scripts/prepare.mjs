import { existsSync, readFileSync, rmSync } from 'node:fs'
import { withFileLock } from '../lib/database/file-lock.mjs'
import { filesHash, inRoot, readStamp, sourcesHash, writeStamp } from './project.mjs'
import { run, runPackage } from './run.mjs'
import { Problem, say } from './say.mjs'

const INSTALLED = 'node_modules/.gatehouse-installed'
const GENERATED = 'node_modules/.gatehouse-generated'
const BUILT = '.next/gatehouse-built'
const BUNDLED = 'dist/.gatehouse-bundled'
const PROGRAMS = ['server', 'gatehouse']
const WAIT_MS = 15 * 60_000

/** Prisma's command line wants an engine it never uses here, and downloads one unless it is shown some program. */
const QUIET = {
  PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
  PRISMA_SKIP_POSTINSTALL_GENERATE: '1',
  PRISMA_HIDE_UPDATE_MESSAGE: '1',
  CHECKPOINT_DISABLE: '1',
  NEXT_TELEMETRY_DISABLED: '1',
}

/**
 * Brings the checkout up to date. Does nothing where nothing has changed; of several processes at once one works
 * and the others wait.
 *
 * @param wanted 'packages': what npm installs, and Prisma's client; 'programs': server and local command bundled
 *   too, which leaves the pages of a running server alone; 'pages': those too
 */
export async function prepare(wanted) {
  const steps = STEPS.slice(0, STEPS.findIndex(({ name }) => name === wanted) + 1)
  if (steps.every(({ isDone }) => isDone())) return
  const onWait = () => say('Another process is preparing this checkout; waiting for it.')
  const work = async () => {
    for (const { isDone, run } of steps) if (!isDone()) await run()
  }
  await withFileLock(inRoot('.gatehouse', 'prepare'), work, { waitMs: WAIT_MS, onWait })
}

const STEPS = [
  { name: 'install', isDone: isInstalled, run: install },
  { name: 'packages', isDone: isGenerated, run: generate },
  { name: 'programs', isDone: isBundled, run: bundle },
  { name: 'pages', isDone: isBuilt, run: buildPages },
]

function isInstalled() {
  const hash = filesHash('package-lock.json')
  if (readStamp(INSTALLED) === hash) return true
  if (!isWhatNpmInstalled(JSON.parse(readFileSync(inRoot('package-lock.json'), 'utf8')))) return false
  writeStamp(INSTALLED, hash)
  return true
}

/** npm's own record of what it put into node_modules: somebody may have installed by hand. */
function isWhatNpmInstalled(lock) {
  const record = readStamp('node_modules/.package-lock.json')
  if (!record) return false
  const has = JSON.parse(record).packages
  const wanted = Object.entries(lock.packages).filter(([path, { optional, devOptional }]) => path && !optional && !devOptional)
  return wanted.every(([path, { version }]) => has[path]?.version === version)
}

async function install() {
  say('Installing packages…')
  rmSync(inRoot(INSTALLED), { force: true })
  const npm = process.env.npm_execpath ?? ''
  const [program, first] = /\.c?js$/.test(npm) ? [process.execPath, [npm]] : ['npm', []]
  const { code } = await run(program, [...first, 'ci', '--include=dev', '--no-audit', '--no-fund'], { env: QUIET })
  if (code !== 0)
    throw new Problem(
      `The packages could not be installed: npm ended with code ${code}, and its words are above. ` +
        'If the package registry could not be reached, check the network and `npm config get registry`, then start again.',
    )
  writeStamp(INSTALLED, filesHash('package-lock.json'))
}

function generatedHash() {
  return filesHash('prisma/schema', 'prisma.config.ts', 'node_modules/prisma/package.json')
}

function isGenerated() {
  return readStamp(GENERATED) === generatedHash() && existsSync(inRoot('lib', 'generated', 'prisma', 'client.ts'))
}

async function generate() {
  say('Generating the database client…')
  const { code, said } = await runPackage('prisma/build/index.js', ['generate'], { env: QUIET, output: 'keep' })
  if (code !== 0) throw new Problem(`The database client could not be generated. Prisma said:\n${said.trim()}`)
  writeStamp(GENERATED, generatedHash())
}

function isBundled() {
  return readStamp(BUNDLED) === sourcesHash() && PROGRAMS.every((name) => existsSync(inRoot('dist', `${name}.js`)))
}

/** The server and the local command, one file each; packages stay where they are. */
async function bundle() {
  say('Bundling the server…')
  const hash = sourcesHash()
  const { build, stop } = await import('esbuild')
  try {
    await build({
      absWorkingDir: inRoot(),
      entryPoints: { server: 'server.ts', gatehouse: 'lib/command/gatehouse.ts' },
      outdir: 'dist',
      bundle: true,
      platform: 'node',
      target: 'node20',
      format: 'esm',
      packages: 'external',
      sourcemap: true,
      logLevel: 'error',
    })
  } catch {
    throw new Problem('The build failed: the server could not be bundled, for the reasons above.')
  } finally {
    await stop()
  }
  writeStamp(BUNDLED, hash)
}

function isBuilt() {
  return readStamp(BUILT) === sourcesHash()
}

async function buildPages() {
  say('Building the pages…')
  const hash = sourcesHash()
  rmSync(inRoot(BUILT), { force: true })
  const { code } = await runPackage('next/dist/bin/next', ['build'], { env: { ...QUIET, NODE_ENV: 'production' } })
  if (code !== 0) throw new Problem(`The build failed: Next.js ended with code ${code}, and its words are above.`)
  writeStamp(BUILT, hash)
}
