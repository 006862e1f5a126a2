/**
 * What a decision over HTTP costs, as a share of a server that reads the body and answers a constant; both in one run,
 * interleaved. Run: node bench/decisions.mjs
 */
import { cpus, loadavg } from 'node:os'
import { buildServers, CONNECTIONS, costOf, median, ratio, start } from './server-processes.mjs'

const ROUNDS = 7
const REQUESTS = 6000
const BATCH = 50

await buildServers()
const [echo, gatehouse] = await Promise.all([start('echo'), start('gatehouse')])
const { subjects, resources } = gatehouse
echo.key = gatehouse.key // so that both read the same headers
const question = (at) => ({
  subject: { type: 'service_account', id: subjects[at % subjects.length] }, action: { name: at % 2 ? 'cluster:view' : 'cluster:delete' },
  resource: { type: 'cluster', id: resources[(at * 7) % resources.length] },
})
const singles = Array.from({ length: REQUESTS }, (_, at) => JSON.stringify(question(at)))
const batches = Array.from({ length: REQUESTS / 10 }, (_, at) => JSON.stringify({ evaluations: Array.from({ length: BATCH }, (_, each) => question(at * BATCH + each)) }))

const costs = { echo: [], single: [], echoBatch: [], batch: [] }
for (let each = -1; each < ROUNDS; each++) {
  const measured = {
    echo: await costOf(echo, '/access/v1/evaluation', singles), single: await costOf(gatehouse, '/access/v1/evaluation', singles),
    echoBatch: await costOf(echo, '/access/v1/evaluations', batches), batch: await costOf(gatehouse, '/access/v1/evaluations', batches),
  }
  // The first round warms up.
  if (each >= 0) for (const [name, cost] of Object.entries(measured)) costs[name].push(cost)
}
const of = (name) => median(costs[name]).toFixed(1)
const share = (one, other) => ratio(costs[one], costs[other]).toFixed(2)
console.log(`Node ${process.version}, ${cpus().length} cores (${cpus()[0].model.trim()}), ${ROUNDS} rounds of ${REQUESTS} requests over ${CONNECTIONS} connections; load of the machine ${loadavg()[0].toFixed(1)}.

| what | µs of processor a request, median | requests a processor second, share of echo |
| --- | --- | --- |
| echo, body of a single evaluation | ${of('echo')} | 1 |
| single evaluation | ${of('single')} | ${share('echo', 'single')} |
| echo, body of ${BATCH} evaluations | ${of('echoBatch')} | 1 |
| ${BATCH} evaluations in one request | ${of('batch')} | ${share('echoBatch', 'batch')} |`)
echo.stop()
gatehouse.stop()
