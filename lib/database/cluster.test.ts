import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openCluster, stopCluster } from '@/lib/database/cluster'
import { readState } from '@/lib/database/cluster-state'
import { isRunning } from '@/lib/database/file-lock.mjs'
import { dataPlaces } from '@/lib/database/places'
import { findPostmaster } from '@/lib/database/postmaster'

vi.setConfig({ testTimeout: 240_000 }) // a cluster takes a second to make, and much longer on a busy machine

const { binariesDir } = dataPlaces(undefined)
const children = new Set<ChildProcess>()
let dataDir: string

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'gatehouse-cluster-'))
  chmodSync(dataDir, 0o711)
})

afterEach(async () => {
  for (const child of children) child.kill('SIGKILL')
  children.clear()
  await stopCluster(dataDir)
  rmSync(dataDir, { recursive: true })
})

const open = () => openCluster({ dataDir, binariesDir, isDurable: false })
const server = () => findPostmaster(join(dataDir, 'postgresql-18'))
const serverPid = () => server()?.pid ?? 0

async function ask(url: string, sql: string) {
  const client = new Client({ connectionString: url })
  client.on('error', () => {}) // a killed server also fails the query, which is what counts here
  await client.connect()
  try {
    return (await client.query<{ answer: unknown }>(sql)).rows[0]?.answer
  } finally {
    await client.end()
  }
}

/** Another process that joins the cluster; resolves to its address once it has. */
async function other() {
  const child = spawn(process.execPath, ['--import', 'tsx', 'lib/testing/hold-cluster.ts', dataDir, binariesDir ?? ''])
  children.add(child)
  const said: Buffer[] = []
  child.stderr.on('data', (chunk: Buffer) => said.push(chunk))
  const line = await Promise.race([once(child.stdout, 'data'), once(child, 'exit')])
  if (child.exitCode !== null) throw new Error(Buffer.concat(said).toString())
  return { child, url: String(line[0]).trim() }
}

async function killed(pid: number) {
  process.kill(pid, 'SIGKILL')
  for (let tries = 0; isRunning(pid) && tries < 2000; tries++) await sleep(10)
}

test('starts, keeps what is written, stops with the last user, and starts again on the same port', async () => {
  const first = await open()
  await ask(first.url, 'CREATE TABLE kept (a int)')
  await ask(first.url, 'INSERT INTO kept VALUES (7)')
  const pid = serverPid()
  await Promise.all([first.close(), first.close()])
  expect(isRunning(pid)).toBe(false)
  const second = await open()
  expect(second.url).toBe(first.url)
  expect(await ask(second.url, 'SELECT a AS answer FROM kept')).toBe(7)
  await second.close()
})

test('the application is no superuser, passwords are needed, files are private', async () => {
  const cluster = await open()
  expect(await ask(cluster.url, 'SELECT rolsuper AS answer FROM pg_roles WHERE rolname = current_user')).toBe(false)
  expect(await ask(cluster.adminUrl, "SELECT current_setting('listen_addresses') AS answer")).toBe('127.0.0.1')
  const wrong = new URL(cluster.url)
  wrong.password = 'guessed'
  await expect(ask(wrong.href, 'SELECT 1')).rejects.toThrow('password authentication failed')
  for (const file of ['state.json', 'postgresql.log']) expect(statSync(join(dataDir, file)).mode & 0o077).toBe(0)
  expect(readdirSync(dataDir).filter((name) => /new|password/.test(name))).toEqual([])
  await cluster.close()
})

test('processes that start together share one server, and the last to leave stops it', async () => {
  const [mine, ...others] = await Promise.all([open(), other(), other()])
  expect(new Set([mine.url, ...others.map(({ url }) => url)]).size).toBe(1)
  const pid = serverPid()
  await mine.close()
  others[0]?.child.stdin?.end()
  await once(others[0]?.child ?? process, 'exit')
  expect(isRunning(pid)).toBe(true)
  others[1]?.child.stdin?.end()
  await once(others[1]?.child ?? process, 'exit')
  expect(isRunning(pid)).toBe(false)
})

test('joins a server whose application was killed, and stops it in its place', async () => {
  const { child, url } = await other()
  const pid = serverPid()
  await killed(child.pid ?? 0)
  expect(isRunning(pid)).toBe(true)
  const mine = await open()
  expect(mine.url).toBe(url)
  expect(serverPid()).toBe(pid)
  await mine.close()
  expect(isRunning(pid)).toBe(false)
})

test('recovers when application and server were killed, also with a query still running', async () => {
  const { child, url } = await other()
  const busy = ask(url, 'SELECT pg_sleep(600)').catch(() => 'cut off')
  await sleep(100)
  await killed(child.pid ?? 0)
  await killed(serverPid())
  const mine = await open()
  expect(await ask(mine.url, 'SELECT 1 AS answer')).toBe(1)
  expect(await busy).toBe('cut off')
  await mine.close()
})

test("a dead server's number that now belongs to another program does not stop the start", async () => {
  const first = await open()
  await killed(serverPid())
  const lockFile = join(dataDir, 'postgresql-18', 'postmaster.pid')
  writeFileSync(lockFile, readFileSync(lockFile, 'utf8').replace(/^\d+/, String(process.pid)))
  const second = await open()
  expect(await ask(second.url, 'SELECT 1 AS answer')).toBe(1)
  await first.close()
  await second.close()
})

test('moves to another port when the remembered one was taken', async () => {
  const first = await open()
  await first.close()
  const squatter = createServer().listen(Number(new URL(first.url).port), '127.0.0.1')
  await once(squatter, 'listening')
  const second = await open()
  expect(new URL(second.url).port).not.toBe(new URL(first.url).port)
  expect(readState(dataDir)?.port).toBe(Number(new URL(second.url).port))
  await second.close()
  squatter.close()
})

test.each(['', '{', '{"port":1}'])('sets new passwords when the state file holds %j', async (content) => {
  const first = await open()
  await ask(first.url, 'CREATE TABLE kept (a int)')
  await first.close()
  writeFileSync(join(dataDir, 'state.json'), content)
  const second = await open()
  expect(second.url).not.toBe(first.url)
  expect(await ask(second.url, "SELECT to_regclass('kept') IS NOT NULL AS answer")).toBe(true)
  await second.close()
})

test('throws away a half-made cluster', async () => {
  const staging = mkdtempSync(join(dataDir, 'postgresql-18.new-'))
  writeFileSync(join(staging, 'PG_VERSION'), '18\n')
  const cluster = await open()
  expect(await ask(cluster.url, 'SELECT 1 AS answer')).toBe(1)
  await cluster.close()
  expect(readdirSync(dataDir).filter((name) => name.includes('.new-'))).toEqual([])
})

test('refuses files of another major version', async () => {
  const cluster = await open()
  await cluster.close()
  writeFileSync(join(dataDir, 'postgresql-18', 'PG_VERSION'), '17\n')
  await expect(open()).rejects.toThrow(/written by PostgreSQL 17, and this Gatehouse brings 18/)
})

test.runIf(process.getuid?.() === 0)('as root, names the closed folder PostgreSQL cannot pass', async () => {
  chmodSync(dataDir, 0o700)
  await expect(open()).rejects.toThrow(`may not enter ${dataDir}`)
})
