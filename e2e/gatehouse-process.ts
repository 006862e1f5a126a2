import { spawn } from 'node:child_process'

export type RunningGatehouse = { url: string; pid: number; output: () => string; stop: () => Promise<void>; kill: () => Promise<void> }

/**
 * Starts the built server on a free port and waits for its ready line.
 *
 * @throws Error with everything it printed when it ends before
 */
export function startGatehouse(environment: Readonly<Record<string, string>>): Promise<RunningGatehouse> {
  const { DATABASE_URL: _url, GATEHOUSE_URL: _public, GATEHOUSE_SECRET_KEY: _key, ...inherited } = process.env
  const child = spawn(process.execPath, ['dist/server.js'], {
    env: { ...inherited, NODE_ENV: 'production', PORT: '0', LOG_LEVEL: 'warn', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal)
    await ended
  }
  return new Promise((resolve, reject) => {
    const hear = (chunk: Buffer) => {
      output += chunk.toString()
      const url = /Gatehouse is ready on (\S+)/.exec(output)?.[1]
      if (url) resolve({ url, pid: child.pid ?? 0, output: () => output, stop: () => end('SIGINT'), kill: () => end('SIGKILL') })
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.once('exit', (code) => reject(new Error(`Gatehouse ended with ${String(code)}:\n${output}`)))
  })
}
