import { spawn } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { Binaries } from '@/lib/database/binaries'
import { type ClusterState, newState, writeState } from '@/lib/database/cluster-state'
import { PLAIN_ENVIRONMENT } from '@/lib/database/plain-environment'
import { StartError } from '@/lib/database/start-error'
import type { Owner } from '@/lib/database/unprivileged-user'

/** Part of the folder's name, so that a later major version never opens these files by mistake. */
export const CLUSTER_FOLDER = 'postgresql-18'

export const clusterExists = (clusterDir: string) => existsSync(join(clusterDir, 'PG_VERSION'))

/**
 * Makes an empty cluster with new passwords. It appears under its name only when it is whole: what an interrupted
 * attempt left is thrown away.
 *
 * @throws StartError with what initdb said
 */
export async function createCluster(clusterDir: string, programs: Binaries, owner: Owner, isDurable: boolean) {
  const dataDir = dirname(clusterDir)
  removeUnfinished(`${clusterDir}.new-`)
  const staging = mkdtempSync(`${clusterDir}.new-`)
  const passwordFile = `${staging}.password`
  const state = newState()
  try {
    writeFileSync(passwordFile, state.adminPassword, { mode: 0o600 })
    for (const path of owner ? [staging, passwordFile] : []) chownSync(path, owner?.uid ?? 0, owner?.gid ?? 0)
    const options = ['--username=postgres', `--pwfile=${passwordFile}`, '--auth=scram-sha-256', '--encoding=UTF8']
    const locale = ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C']
    await run(programs.initdb, ['-D', staging, ...options, ...locale, ...(isDurable ? [] : ['--no-sync'])], owner)
    writeState(dataDir, state)
    renameSync(staging, clusterDir)
  } finally {
    rmSync(passwordFile, { force: true })
    rmSync(staging, { recursive: true, force: true })
  }
  return state
}

/** An initdb whose starter was killed may still be writing: then removing takes several tries. */
function removeUnfinished(beginning: string) {
  for (const name of readdirSync(dirname(beginning)))
    if (name.startsWith(basename(beginning)))
      rmSync(join(dirname(beginning), name), { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
}

/**
 * Gives a cluster whose state file was lost new passwords, through PostgreSQL's single-user mode. Call it only
 * while no server runs on it.
 */
export async function renewState(clusterDir: string, programs: Binaries, owner: Owner): Promise<ClusterState> {
  const state = newState()
  const statement = `ALTER ROLE postgres PASSWORD '${state.adminPassword}'\n`
  await run(programs.postgres, ['--single', '-D', clusterDir, 'postgres'], owner, statement)
  writeState(dirname(clusterDir), state)
  return state
}

/** @throws StartError when the files were written by another major version than the programs' */
export function checkVersion(clusterDir: string) {
  const found = readFileSync(join(clusterDir, 'PG_VERSION'), 'utf8').trim()
  const wanted = CLUSTER_FOLDER.split('-')[1]
  if (found !== wanted)
    throw new StartError(`${clusterDir} was written by PostgreSQL ${found}, and this Gatehouse brings ${wanted}.`)
}

function run(program: string, args: string[], owner: Owner, input = ''): Promise<void> {
  return new Promise((resolve, reject) => {
    // in a session of its own: a Ctrl-C in the middle waits for its end and then stops everything in order
    const child = spawn(program, args, { cwd: '/', detached: true, env: PLAIN_ENVIRONMENT, ...(owner ?? {}) })
    const said: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => said.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => said.push(chunk))
    const fail = (why: string) => {
      const words = Buffer.concat(said).toString('utf8').trim().split('\n').slice(-12).join('\n')
      reject(new StartError(`${basename(program)} failed (${why}). It said:\n${words}`))
    }
    child.once('error', (error) => fail(error.message))
    child.once('close', (code, signal) => (code === 0 ? resolve() : fail(signal ?? `exit code ${code}`)))
    child.stdin.on('error', () => {}) // it ended before reading; its exit code tells
    child.stdin.end(input)
  })
}
