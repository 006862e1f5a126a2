import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import {
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { isRunning } from '@/lib/database/file-lock.mjs'
import { PLAIN_ENVIRONMENT } from '@/lib/database/plain-environment'
import { StartError } from '@/lib/database/start-error'
import type { Owner } from '@/lib/database/unprivileged-user'

/** A running server: its process, its port, and what it says of itself (`starting`, `ready`, `stopping`). */
export type Postmaster = { pid: number; port: number; status: string }

export type StartOptions = {
  program: string
  clusterDir: string
  logFile: string
  owner: Owner
  port: number
  clusterName: string
  /** `false` gives up safety against a crash for speed: tests only. */
  isDurable: boolean
}

export const START_LIMIT_MS = 120_000
const FAST_STOP_MS = 20_000
const TRY_AGAIN = /could not bind|could not create any TCP|pre-existing shared memory/
const LOG_LIMIT_BYTES = 10_000_000

/**
 * The server that runs on this cluster, as PostgreSQL's own lock file has it; `null` when there is none. A number
 * left by a dead server, and since given to another program, is recognised by that program's command line.
 */
export function findPostmaster(clusterDir: string): Postmaster | null {
  const lines = readLines(join(clusterDir, 'postmaster.pid'))
  const pid = Number(lines[0])
  if (!isRunning(pid) || !servesCluster(pid, clusterDir)) return null
  return { pid, port: Number(lines[3] || 0), status: (lines[7] ?? '').trim() || 'starting' }
}

/** Compares where the paths lead: another process may have named the same folder through a link. */
function servesCluster(pid: number, clusterDir: string) {
  const [, folder] = /\s-D\s(.+?)\s-c\s/.exec(commandLine(pid)) ?? []
  return folder !== undefined && existsSync(folder) && realpathSync(folder) === realpathSync(clusterDir)
}

/** The arguments with a space between them. */
function commandLine(pid: number) {
  if (process.platform === 'linux') return readLines(`/proc/${pid}/cmdline`).join('\n').replaceAll('\0', ' ')
  return spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout
}

function readLines(file: string) {
  try {
    return readFileSync(file, 'utf8').split('\n')
  } catch {
    return []
  }
}

/**
 * Clears what a killed server left: its helpers, which hold the shared memory until they notice, and its lock
 * file where PostgreSQL would take it for a living server's, since the number now belongs to another program.
 * Call it only while no server runs on the cluster and no one else may start one.
 */
export async function clearLeftovers(clusterDir: string, clusterName: string | undefined) {
  const helpers = clusterName === undefined ? [] : helpersOf(clusterName)
  for (const pid of helpers) kill(pid, 'SIGQUIT')
  for (let tries = 0; helpers.some(isRunning) && tries < 60; tries++) await sleep(50)
  for (const pid of helpers.filter(isRunning)) kill(pid, 'SIGKILL')
  const lockFile = join(clusterDir, 'postmaster.pid')
  if (hasNumber(Number(readLines(lockFile)[0]))) rmSync(lockFile, { force: true })
}

/** Unlike `isRunning`, true of a zombie as well: PostgreSQL looks no closer. */
function hasNumber(pid: number) {
  try {
    return pid > 0 && process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** PostgreSQL titles its processes `postgres: <cluster name>: …`. Elsewhere than on Linux they are left to end. */
function helpersOf(clusterName: string) {
  if (process.platform !== 'linux') return []
  const pids = readdirSync('/proc').map(Number).filter(Number.isInteger)
  return pids.filter((pid) => commandLine(pid).startsWith(`postgres: ${clusterName}: `))
}

/**
 * Starts a server in a session of its own, so that it outlives us and a Ctrl-C meant for us, and waits until it
 * takes connections.
 *
 * @returns `null` when another try may succeed: its port was taken, or a dead server's helpers still end
 * @throws StartError with the last lines of its log
 */
export async function startPostmaster(options: StartOptions): Promise<Postmaster | null> {
  const logStart = rotateLog(options.logFile)
  const log = openSync(options.logFile, 'a', 0o600)
  const child = spawn(options.program, ['-D', options.clusterDir, ...settings(options)], {
    cwd: '/',
    detached: true,
    stdio: ['ignore', log, log],
    env: PLAIN_ENVIRONMENT,
    ...(options.owner ?? {}),
  })
  closeSync(log)
  const failed = outcomeOf(child)
  for (const deadline = Date.now() + START_LIMIT_MS; Date.now() < deadline; await sleep(20)) {
    const problem = failed()
    const said = () => readFileSync(options.logFile).subarray(logStart).toString('utf8')
    if (problem && TRY_AGAIN.test(said())) return sleep(200, null)
    if (problem) throw new StartError(`PostgreSQL did not start (${problem}). Its log ends:\n${tail(said())}`)
    const found = findPostmaster(options.clusterDir)
    if (found?.status === 'ready') {
      child.unref()
      return found
    }
  }
  throw new StartError(`PostgreSQL did not get ready in ${START_LIMIT_MS / 1000} seconds; see ${options.logFile}.`)
}

function outcomeOf(child: ChildProcess) {
  let problem: string | null = null
  child.once('error', (error) => (problem = error.message))
  child.once('exit', (code, signal) => (problem = signal ?? `exit code ${code}`))
  return () => problem
}

function settings({ port, clusterName, isDurable }: StartOptions) {
  const wanted = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    cluster_name: clusterName,
    shared_buffers: '128MB',
    max_connections: '100',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_checkpoints: 'off',
    ...(isDurable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  }
  return Object.entries(wanted).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}

/** One earlier log is kept. Returns where, in bytes, the coming start begins to write. */
function rotateLog(file: string) {
  if (!existsSync(file)) return 0
  const { size } = statSync(file)
  if (size < LOG_LIMIT_BYTES) return size
  renameSync(file, `${file}.1`)
  return 0
}

const tail = (text: string) => text.trimEnd().split('\n').slice(-12).join('\n')

/** Stops a server: running transactions are rolled back, everything committed is on disk. */
export async function stopPostmaster({ pid }: Postmaster) {
  kill(pid, 'SIGINT')
  if (await isGone(pid, FAST_STOP_MS)) return
  kill(pid, 'SIGQUIT') // the next start recovers from the write-ahead log
  if (await isGone(pid, 5_000)) return
  kill(pid, 'SIGKILL')
  await isGone(pid, 2_000)
}

async function isGone(pid: number, limitMs: number) {
  for (const deadline = Date.now() + limitMs; Date.now() < deadline; await sleep(15)) if (!isRunning(pid)) return true
  return !isRunning(pid)
}

function kill(pid: number, signal: NodeJS.Signals) {
  try {
    process.kill(pid, signal)
  } catch {
    // it has just ended
  }
}
