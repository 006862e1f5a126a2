/** Servers in processes of their own, and what a request costs them: for the measurements over HTTP. */
import { spawn } from 'node:child_process'
import { Agent, request } from 'node:http'
import { createInterface } from 'node:readline'
import { build } from 'esbuild'

export const CONNECTIONS = 16

// Bundled as `npm run build` bundles server.ts: run by tsx, each function made at run time costs more.
const PROGRAM = 'dist/bench/decision-servers.mjs'

/** Builds the program that `start` runs. */
export const buildServers = () =>
  build({ entryPoints: ['bench/decision-servers.ts'], outfile: PROGRAM, bundle: true, platform: 'node', format: 'esm', packages: 'external', target: 'node20', logLevel: 'error' })

const agents = () => ({ agent: new Agent({ keepAlive: true, maxSockets: CONNECTIONS }), single: new Agent({ keepAlive: true, maxSockets: 1 }) })

/** `echo` or `gatehouse`, in a process of its own, so that its processor time is its alone. */
export async function start(which) {
  const child = spawn(process.execPath, [PROGRAM, which], { stdio: ['pipe', 'pipe', 'inherit'] })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  let told
  do told = (await lines.next()).value
  while (!told.startsWith('{'))
  /** Microseconds of processor used so far. */
  const usage = async () => {
    child.stdin.write('usage\n')
    return Number((await lines.next()).value)
  }
  return { ...JSON.parse(told), usage, stop: () => child.stdin.end(), ...agents() }
}

/** A server that runs already, with a way to read its processor time. */
export const running = (port, usage, stop) => ({ port, usage, stop, key: '', ...agents() })

export function send(server, path, body, agent = server.agent) {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), ...(server.key && { authorization: `Bearer ${server.key}` }) }
    const outgoing = request({ host: '127.0.0.1', port: server.port, path, method: 'POST', agent, headers }, (res) => {
      let text = ''
      res.setEncoding('utf8').on('data', (chunk) => (text += chunk)).on('end', () => (res.statusCode === 200 ? resolve(text) : reject(new Error(`${res.statusCode} ${text}`))))
    })
    outgoing.on('error', reject).end(body)
  })
}

/** Microseconds of the server's processor for each request. */
export async function costOf(server, path, bodies) {
  const before = await server.usage()
  let next = 0
  await Promise.all(Array.from({ length: CONNECTIONS }, async () => {
    while (next < bodies.length) await send(server, path, bodies[next++])
  }))
  return ((await server.usage()) - before) / bodies.length
}

/** Microseconds until the answer, at one connection: the median. */
export async function latencyOf(server, path, bodies) {
  const times = []
  for (const body of bodies) {
    const before = process.hrtime.bigint()
    await send(server, path, body, server.single)
    times.push(Number(process.hrtime.bigint() - before) / 1000)
  }
  return median(times)
}

export const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1]

/** The median over rounds of what one costs as a share of the other in the same round. */
export const ratio = (ones, others) => median(ones.map((one, at) => one / others[at]))
