import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { type Binaries, readyBinaries } from '@/lib/database/binaries'
import { type ClusterState, readState, writeState } from '@/lib/database/cluster-state'
import { CLUSTER_FOLDER, checkVersion, clusterExists, createCluster, renewState } from '@/lib/database/create-cluster'
import { livingMarks, processMark, withFileLock } from '@/lib/database/file-lock.mjs'
import { freePort, isPortFree } from '@/lib/database/free-port'
import type { Places } from '@/lib/database/places'
import { clearLeftovers, findPostmaster, START_LIMIT_MS, startPostmaster, stopPostmaster } from '@/lib/database/postmaster'
import { StartError } from '@/lib/database/start-error'
import { checkReachable, clusterOwner, type Owner } from '@/lib/database/unprivileged-user'

export type Cluster = {
  /** The application's database, as its owner (not a superuser). */
  url: string
  /** The database `postgres`, as superuser: for tests and repairs. */
  adminUrl: string
  /** Leaves the cluster; the last one to leave stops PostgreSQL. Calling it twice does no harm. */
  close: () => Promise<void>
  /** The same for a process that is just ending and can wait for nothing: tells PostgreSQL to stop. */
  closeAtExit: () => void
}

export type ClusterOptions = Places & {
  /** `false` gives up safety against a crash for speed: tests only. */
  isDurable?: boolean
}

const APPLICATION = 'gatehouse'
const START_TRIES = 10

/**
 * Joins the embedded PostgreSQL of a data folder: makes the cluster when there is none, starts the server when
 * none runs, recovers from whatever a killed process left. Any number of processes may share one cluster; a lock
 * lets one at a time start or stop it.
 *
 * @throws StartError in plain words, when it can't run here
 */
export async function openCluster(options: ClusterOptions): Promise<Cluster> {
  const { dataDir } = options
  const client = join(clientsDir(dataDir), processMark())
  const state = await locked(dataDir, async () => {
    const running = await ensureRunning(options)
    mkdirSync(clientsDir(dataDir), { recursive: true, mode: 0o700 })
    writeFileSync(client, '', { mode: 0o600 })
    return running
  })
  let closing: Promise<void> | undefined
  return {
    url: address(APPLICATION, state.password, state.port, APPLICATION),
    adminUrl: address('postgres', state.adminPassword, state.port, 'postgres'),
    close: () => (closing ??= leave(dataDir, client)),
    closeAtExit: () => leaveAtExit(dataDir, client),
  }
}

/** Stops the server of a data folder, if one runs, whoever uses it. */
export async function stopCluster(dataDir: string) {
  await locked(dataDir, () => stopNow(dataDir))
}

const clientsDir = (dataDir: string) => join(dataDir, 'clients')
const lockDir = (dataDir: string) => join(dataDir, 'lock')
const address = (user: string, password: string, port: number, database: string) =>
  `postgresql://${user}:${password}@127.0.0.1:${port}/${database}`

function locked<T>(dataDir: string, work: () => Promise<T>) {
  return withFileLock(lockDir(dataDir), work, { waitMs: START_LIMIT_MS })
}

async function leave(dataDir: string, client: string) {
  await locked(dataDir, async () => {
    rmSync(client, { force: true })
    if (livingMarks(clientsDir(dataDir)).length === 0) await stopNow(dataDir)
  })
}

/** Leaves it running where another process is just starting or stopping it: that one will be the last. */
function leaveAtExit(dataDir: string, client: string) {
  if (!existsSync(client)) return
  rmSync(client, { force: true })
  const isFree = livingMarks(clientsDir(dataDir)).length === 0 && readdirSync(lockDir(dataDir)).length === 0
  const running = isFree ? findPostmaster(join(dataDir, CLUSTER_FOLDER)) : null
  if (running) process.kill(running.pid, 'SIGINT')
}

async function stopNow(dataDir: string) {
  const running = findPostmaster(join(dataDir, CLUSTER_FOLDER))
  if (running) await stopPostmaster(running)
}

async function ensureRunning(options: ClusterOptions): Promise<ClusterState> {
  const clusterDir = join(options.dataDir, CLUSTER_FOLDER)
  const owner = clusterOwner(clusterDir)
  checkReachable(options.dataDir, owner)
  let state = readState(options.dataDir)
  const running = clusterExists(clusterDir) ? await settled(clusterDir) : null
  if (running && state) state = { ...state, port: running.port }
  else {
    if (running) await stopPostmaster(running) // its passwords are lost: it must be stopped to get new ones
    state = await start(options, clusterDir, owner, state)
  }
  if (!state.prepared) await prepare(state)
  writeState(options.dataDir, { ...state, prepared: true })
  return state
}

/** The running server once it takes connections; `null` when none runs, or when it is just going down. */
async function settled(clusterDir: string) {
  for (const deadline = Date.now() + START_LIMIT_MS; Date.now() < deadline; await sleep(25)) {
    const found = findPostmaster(clusterDir)
    if (!found || found.status === 'ready') return found
  }
  throw new StartError(`PostgreSQL runs on ${clusterDir} and does not get ready. Stop it, then start Gatehouse again.`)
}

async function start(options: ClusterOptions, clusterDir: string, owner: Owner, known: ClusterState | null) {
  const programs = readyBinaries(options.binariesDir)
  const state = await ensureCluster(options, clusterDir, programs, owner, known)
  for (let tries = 0; tries < START_TRIES; tries++) {
    const port = (await isPortFree(state.port)) ? state.port : await freePort()
    const { clusterName } = state
    const logFile = join(options.dataDir, 'postgresql.log')
    const isDurable = options.isDurable ?? true
    const started = await startPostmaster({
      program: programs.postgres, clusterDir, logFile, owner, port, clusterName, isDurable,
    })
    if (started) return { ...state, port }
  }
  throw new StartError(`PostgreSQL did not start in ${START_TRIES} tries; see ${join(options.dataDir, 'postgresql.log')}.`)
}

async function ensureCluster(
  options: ClusterOptions,
  clusterDir: string,
  programs: Binaries,
  owner: Owner,
  known: ClusterState | null,
) {
  if (!clusterExists(clusterDir)) return createCluster(clusterDir, programs, owner, options.isDurable ?? true)
  checkVersion(clusterDir)
  chmodSync(clusterDir, 0o700) // PostgreSQL refuses a wider one, for instance after a restore with cp
  await clearLeftovers(clusterDir, known?.clusterName)
  return known ?? (await renewState(clusterDir, programs, owner))
}

/** Makes the application's role and database where they are missing, and sets its password. */
async function prepare(state: ClusterState) {
  const client = new Client({ connectionString: address('postgres', state.adminPassword, state.port, 'postgres') })
  await client.connect()
  try {
    const role = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [APPLICATION])
    const verb = role.rowCount ? 'ALTER' : 'CREATE'
    await client.query(`${verb} ROLE ${APPLICATION} LOGIN PASSWORD ${client.escapeLiteral(state.password)}`)
    const database = await client.query('SELECT FROM pg_database WHERE datname = $1', [APPLICATION])
    if (!database.rowCount) await client.query(`CREATE DATABASE ${APPLICATION} OWNER ${APPLICATION}`)
  } finally {
    await client.end()
  }
}
