import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { run } from './run.mjs'
import { Problem, say } from './say.mjs'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

/**
 * A Chromium for the browser tests: `CHROMIUM`, one on the PATH, Playwright's own, or, for root on Debian and its
 * relatives, the distribution's package, which is then installed.
 *
 * @returns path of the program
 * @throws Problem saying how to get one
 */
export async function findChromium() {
  const found = process.env.CHROMIUM || onPath() || (await playwrights())
  if (found) return found
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) await installDebians()
  const installed = onPath()
  if (installed) return installed
  throw new Problem(
    'The browser tests need Chromium, and there is none. Install it with `apt-get install chromium` or ' +
      '`npx playwright install chromium`, or set CHROMIUM to the path of one.',
  )
}

function onPath() {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean)
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) => existsSync(path))
}

async function playwrights() {
  const { chromium } = await import('@playwright/test')
  return existsSync(chromium.executablePath()) ? chromium.executablePath() : undefined
}

async function installDebians() {
  say('Installing Chromium from the distribution…')
  const env = { DEBIAN_FRONTEND: 'noninteractive' }
  await run('apt-get', ['update', '-q'], { env })
  await run('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'chromium'], { env })
}
