// Plain JavaScript, because the start scripts need it before anything is installed.
import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/**
 * When a process started, as the kernel counts it: tells a process from a later one with the same number.
 * Empty where there is no /proc; `null` when there is no such process (a zombie counts as none).
 */
function startedAt(pid) {
  if (process.platform !== 'linux') return ''
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').replace(/^.*\) /s, '').split(' ')
    return fields[0] === 'Z' || fields[0] === 'X' ? null : (fields[19] ?? '')
  } catch {
    return null
  }
}

/** Is there a process of this number that still runs (also another user's)? */
export function isRunning(pid) {
  if (!Number.isInteger(pid) || pid <= 0) return false
  if (process.platform === 'linux') return startedAt(pid) !== null
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

/** A name no other process and no other call has: `<pid>.<start time>.<random>`. */
export function processMark() {
  return `${process.pid}.${startedAt(process.pid) ?? ''}.${randomBytes(6).toString('hex')}`
}

/** Does the process that made this mark still run? */
export function isMarkAlive(mark) {
  const [pid = '', started = ''] = mark.split('.')
  return isRunning(Number(pid)) && (started === '' || startedAt(Number(pid)) === started)
}

/**
 * The marks of living processes in a folder of mark files; those of dead ones are removed. Names are never
 * used twice, so removing a dead one can't hit a living process.
 */
export function livingMarks(folder, prefix = '') {
  const living = []
  for (const name of list(folder)) {
    if (!name.startsWith(prefix)) continue
    if (isMarkAlive(name.slice(prefix.length))) living.push(name.slice(prefix.length))
    else rmSync(join(folder, name), { force: true })
  }
  return living
}

/**
 * Runs `work` while no other process that asks for the same folder runs its own: Lamport's bakery, with one
 * file a process. A process that died is passed over, since its files name it, so no lock is ever left behind.
 *
 * @param folder made if missing; one folder is one lock
 * @param options `waitMs` how long to wait (default 60,000), `onWait` called once when there is a wait
 * @throws Error when the lock was not free in time
 */
export async function withFileLock(folder, work, { waitMs = 60_000, onWait } = {}) {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const ticket = takeTicket(folder)
  try {
    const deadline = Date.now() + waitMs
    for (let waited = false; !isFirst(folder, ticket); waited = true) {
      if (Date.now() > deadline) throw new Error(`another process has held ${folder} for ${waitMs / 1000} seconds`)
      if (!waited) onWait?.()
      await sleep(40)
    }
    return await work()
  } finally {
    rmSync(join(folder, ticket.name), { force: true })
  }
}

function takeTicket(folder) {
  const mark = processMark()
  const choosing = join(folder, `choosing.${mark}`)
  writeFileSync(choosing, '', { mode: 0o600 })
  try {
    const number = Math.max(0, ...tickets(folder).map((other) => other.number)) + 1
    const ticket = { number, mark, name: `ticket.${number}.${mark}` }
    writeFileSync(join(folder, ticket.name), '', { mode: 0o600 })
    return ticket
  } finally {
    rmSync(choosing, { force: true })
  }
}

function isFirst(folder, ticket) {
  if (livingMarks(folder, 'choosing.').length > 0) return false
  return tickets(folder).every((other) => {
    const before = other.number - ticket.number || (other.mark < ticket.mark ? -1 : 1)
    if (other.mark === ticket.mark || before > 0) return true
    if (isMarkAlive(other.mark)) return false
    rmSync(join(folder, other.name), { force: true })
    return true
  })
}

function tickets(folder) {
  return list(folder).flatMap((name) => {
    const found = /^ticket\.(\d+)\.(.+)$/.exec(name)
    return found ? [{ name, number: Number(found[1]), mark: found[2] }] : []
  })
}

function list(folder) {
  try {
    return readdirSync(folder)
  } catch (error) {
    if (error.code === 'ENOENT') return []
    throw error
  }
}
