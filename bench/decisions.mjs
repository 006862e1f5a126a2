/**
 * What a decision over HTTP costs, as a share of a server that reads the body and answers a constant; both in one run,
 * interleaved. Run: node bench/decisions.mjs
 */
import { spawn } from 'node:child_process'
import { Agent, request } from 'node:http'
import { cpus, loadavg } from 'node:os'
import { createInterface } from 'node:readline'
import { build } from 'esbuild'

const ROUNDS = 7
const REQUESTS = 6000
const CONNECTIONS = 16
const BATCH = 50

// Bundled as `npm run build` bundles server.ts: run by tsx, each function made at run time costs more.
const PROGRAM = 'dist/bench/decision-servers.mjs'
await build({ entryPoints: ['bench/decision-servers.ts'], outfile: PROGRAM, bundle: true, platform: 'node', format: 'esm', packages: 'external', target: 'node20', logLevel: 'error' })

/** A server in a process of its own, so that its processor time is its alone. */
async function start(which) {
  const child = spawn(process.execPath, [PROGRAM, which], { stdio: ['pipe', 'pipe', 'inherit'] })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  let told
  do told = (await lines.next()).value
  while (!told.startsWith('{'))
  const usage = async () => {
    child.stdin.write('usage\n')
    return Number((await lines.next()).value)
  }
  return { ...JSON.parse(told), usage, stop: () => child.stdin.end(), agent: new Agent({ keepAlive: true, maxSockets: CONNECTIONS }) }
}

function send(server, path, key, body) {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), authorization: `Bearer ${key}` }
    const outgoing = request({ host: '127.0.0.1', port: server.port, path, method: 'POST', agent: server.agent, headers }, (res) => {
      let text = ''
      res.setEncoding('utf8').on('data', (chunk) => (text += chunk)).on('end', () => (res.statusCode === 200 ? resolve(text) : reject(new Error(`${res.statusCode} ${text}`))))
    })
    outgoing.on('error', reject).end(body)
  })
}

/** Microseconds of the server's processor for each request. */
async function round(server, path, key, bodies) {
  const before = await server.usage()
  let next = 0
  await Promise.all(Array.from({ length: CONNECTIONS }, async () => {
    while (next < bodies.length) await send(server, path, key, bodies[next++])
  }))
  return ((await server.usage()) - before) / bodies.length
}

const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1]

const [echo, gatehouse] = await Promise.all([start('echo'), start('gatehouse')])
const { subjects, resources, key } = gatehouse
const question = (at) => ({
  subject: { type: 'service_account', id: subjects[at % subjects.length] }, action: { name: at % 2 ? 'cluster:view' : 'cluster:delete' },
  resource: { type: 'cluster', id: resources[(at * 7) % resources.length] },
})
const singles = Array.from({ length: REQUESTS }, (_, at) => JSON.stringify(question(at)))
const batches = Array.from({ length: REQUESTS / 10 }, (_, at) => JSON.stringify({ evaluations: Array.from({ length: BATCH }, (_, each) => question(at * BATCH + each)) }))

const costs = { echo: [], single: [], echoBatch: [], batch: [] }
for (let each = -1; each < ROUNDS; each++) {
  const measured = {
    echo: await round(echo, '/access/v1/evaluation', key, singles), single: await round(gatehouse, '/access/v1/evaluation', key, singles),
    echoBatch: await round(echo, '/access/v1/evaluations', key, batches), batch: await round(gatehouse, '/access/v1/evaluations', key, batches),
  }
  // The first round warms up.
  if (each >= 0) for (const [name, cost] of Object.entries(measured)) costs[name].push(cost)
}
const of = (name) => median(costs[name]).toFixed(1)
const share = (one, other) => median(costs[one].map((cost, at) => cost / costs[other][at])).toFixed(2)
console.log(`Node ${process.version}, ${cpus().length} cores (${cpus()[0].model.trim()}), ${ROUNDS} rounds of ${REQUESTS} requests over ${CONNECTIONS} connections; load of the machine ${loadavg()[0].toFixed(1)}.

| what | µs of processor a request, median | requests a processor second, share of echo |
| --- | --- | --- |
| echo, body of a single evaluation | ${of('echo')} | 1 |
| single evaluation | ${of('single')} | ${share('echo', 'single')} |
| echo, body of ${BATCH} evaluations | ${of('echoBatch')} | 1 |
| ${BATCH} evaluations in one request | ${of('batch')} | ${share('echoBatch', 'batch')} |`)
echo.stop()
gatehouse.stop()
