import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { stopCluster } from '@/lib/database/cluster'
import { openDatabase } from '@/lib/database/open-database'
import { findPostmaster } from '@/lib/database/postmaster'

vi.setConfig({ testTimeout: 240_000 })

let dataDir: string
let child: ChildProcess

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'gatehouse-open-'))
  chmodSync(dataDir, 0o711)
})

afterEach(async () => {
  child.kill('SIGKILL')
  await stopCluster(dataDir)
  rmSync(dataDir, { recursive: true })
})

const server = () => findPostmaster(join(dataDir, 'postgresql-18'))

function start() {
  child = spawn(process.execPath, ['--import', 'tsx', 'lib/testing/hold-database.ts', dataDir])
  return child
}

async function isServerGone() {
  for (let tries = 0; server() && tries < 500; tries++) await sleep(20)
  return server() === null
}

test('a signal ends process and server', async () => {
  await once(start().stdout ?? process, 'data')
  expect(server()).not.toBeNull()
  child.kill('SIGINT')
  expect(await once(child, 'exit')).toEqual([130, null])
  expect(server()).toBeNull()
})

test('a signal in the middle of the first start ends both, once it has started', async () => {
  start()
  while (!existsSync(join(dataDir, 'lock'))) await sleep(5)
  child.kill('SIGINT')
  expect(await once(child, 'exit')).toEqual([130, null])
  expect(server()).toBeNull()
})

test('a process that fails without closing takes the server along', async () => {
  await once(start().stdout ?? process, 'data')
  child.stdin?.end()
  expect(await once(child, 'exit')).toEqual([1, null])
  expect(await isServerGone()).toBe(true)
})

test('a process that fails leaves the server to the others', async () => {
  await once(start().stdout ?? process, 'data')
  const mine = await openDatabase({ dataDir })
  child.stdin?.end()
  await once(child, 'exit')
  await sleep(200)
  expect(server()).not.toBeNull()
  await mine.close()
  expect(server()).toBeNull()
})

test('an address given is used as it is', async () => {
  const given = await openDatabase({ databaseUrl: 'postgresql://elsewhere/x', dataDir })
  expect(given).toMatchObject({ url: 'postgresql://elsewhere/x', isEmbedded: false })
  await given.close()
  expect(existsSync(join(dataDir, 'state.json'))).toBe(false)
})
