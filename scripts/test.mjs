// `npm test`: every check there is, in order; each runs even when one before it failed, and the last line counts.
// `npm test -- --only unit,browser` runs some of them.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findChromium } from './chromium.mjs'
import { failuresInBrowser, failuresOfUnits, linesOfFailures } from './failures.mjs'
import { prepare } from './prepare.mjs'
import { runPackage } from './run.mjs'
import { main, Problem } from './say.mjs'

const reports = mkdtempSync(join(tmpdir(), 'gatehouse-reports-'))
process.on('exit', () => rmSync(reports, { recursive: true, force: true }))

const NOTHING = { passed: 0, failed: 0, failures: [] }
const env = { NEXT_TELEMETRY_DISABLED: '1' }

/** Each returns `{ isOk, passed, failed, failures }`, the latter three for steps that count tests. */
const STEPS = {
  types: ['Type check', checkTypes],
  lint: ['Lint', () => program('eslint/bin/eslint.js', ['.'])],
  unit: ['Unit and integration tests', testUnits],
  build: ['Build', makeBuild],
  browser: ['Browser tests', testInBrowser],
}

await main(async () => {
  const wanted = wantedSteps()
  await prepare('packages')
  const results = []
  for (const [title, work] of wanted) results.push(await step(title, work))
  console.log('')
  for (const line of linesOfFailures(results.flatMap(({ failures }) => failures))) console.log(line)
  for (const { title, isOk, seconds } of results) console.log(`${isOk ? 'ok    ' : 'FAILED'}  ${title} (${seconds} s)`)
  const sum = (count) => results.reduce((total, result) => total + count(result), 0)
  // a step that failed without a failed test, such as the type check, counts as one
  const failed = sum(({ isOk, failed }) => (isOk ? 0 : Math.max(1, failed)))
  console.log(`${sum(({ passed }) => passed)} passed, ${failed} failed`)
  process.exitCode = failed === 0 ? 0 : 1
})

function wantedSteps() {
  const at = process.argv.indexOf('--only')
  const names = at < 0 ? Object.keys(STEPS) : (process.argv[at + 1] ?? '').split(',')
  const unknown = names.find((name) => !(name in STEPS))
  if (unknown !== undefined) throw new Problem(`--only takes some of ${Object.keys(STEPS).join(', ')}, with commas between them`)
  return names.map((name) => STEPS[name])
}

async function step(title, work) {
  const start = performance.now()
  console.log(`\n== ${title}`)
  const result = await work().catch((error) => {
    console.error(error instanceof Problem ? error.message : error)
    return { isOk: false, ...NOTHING }
  })
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  console.log(`== ${title}: ${result.isOk ? 'ok' : 'FAILED'} after ${seconds} s`)
  return { title, seconds, ...result }
}

async function program(script, args, more = {}) {
  const { code } = await runPackage(script, args, { env: { ...env, ...more }, output: 'plain' })
  return { isOk: code === 0, ...NOTHING }
}

async function checkTypes() {
  const generated = await program('next/dist/bin/next', ['typegen'])
  return generated.isOk ? program('typescript/bin/tsc', ['--noEmit']) : generated
}

async function makeBuild() {
  await prepare('pages')
  return { isOk: true, ...NOTHING }
}

async function testUnits() {
  const file = join(reports, 'vitest.json')
  const { isOk } = await program('vitest/vitest.mjs', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`])
  const report = readReport(file)
  return { isOk, passed: report?.numPassedTests ?? 0, failed: report?.numFailedTests ?? 0, failures: failuresOfUnits(report) }
}

async function testInBrowser() {
  await prepare('pages')
  const CHROMIUM = await findChromium()
  console.log(`with ${CHROMIUM}`)
  const file = join(reports, 'playwright.json')
  const { isOk } = await program('@playwright/test/cli.js', ['test', '-c', 'e2e/playwright.config.ts', '--reporter=list,json'], {
    CHROMIUM,
    PLAYWRIGHT_JSON_OUTPUT_FILE: file,
  })
  const report = readReport(file)
  const stats = report?.stats
  return { isOk, passed: (stats?.expected ?? 0) + (stats?.flaky ?? 0), failed: stats?.unexpected ?? 0, failures: failuresInBrowser(report) }
}

function readReport(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined
}
