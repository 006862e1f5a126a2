import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { root } from './project.mjs'
import { Problem } from './say.mjs'

const PASSED_ON = ['SIGINT', 'SIGTERM', 'SIGHUP']

/**
 * Runs a program in the checkout and waits for its end. Signals meant for us reach it too; when one came, this
 * process ends as soon as the program has.
 *
 * @param options `env` is added to ours; `output`: 'show' (both streams, on our standard error), 'plain' (on the
 *   stream they belong to) or 'keep' (returned, and shown by nobody)
 * @returns `{ code, said }`
 */
export async function run(program, args, { env = {}, output = 'show' } = {}) {
  const stdio = { show: ['inherit', 2, 2], plain: 'inherit', keep: ['ignore', 'pipe', 'pipe'] }[output]
  const child = spawn(program, args, { cwd: root, stdio, env: { ...process.env, ...env } })
  const said = []
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => said.push(chunk))
  const { stop, received } = passSignals(child)
  const [code, signal] = await new Promise((resolve, reject) => {
    child.once('error', (error) => reject(new Problem(`${program} can't be run: ${error.message}`)))
    child.once('close', (...end) => resolve(end))
  })
  stop()
  if (received()) process.exit(exitCodeOf(received()))
  return { code: code ?? exitCodeOf(signal), said: Buffer.concat(said).toString('utf8') }
}

/** Runs a program that npm installed: its JavaScript with this very Node. */
export const runPackage = (script, args, options) => run(process.execPath, [`node_modules/${script}`, ...args], options)

export const exitCodeOf = (signal) => 128 + (constants.signals[signal] ?? 0)

/**
 * A Ctrl-C at a terminal reaches every process in the foreground by itself, and many programs take a second one
 * for impatience: then it is not passed on.
 */
function passSignals(child) {
  let first
  const pass = (signal) => {
    first ??= signal
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal)
  }
  for (const signal of PASSED_ON) process.on(signal, pass)
  return {
    received: () => first,
    stop: () => PASSED_ON.forEach((signal) => process.off(signal, pass)),
  }
}
