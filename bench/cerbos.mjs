/**
 * What a decision over HTTP costs beside the real Cerbos PDP and a bare echo server, interleaved in one run. The PDP's
 * binary is fetched from the package registry into a temporary folder, or named by CERBOS_BINARY. Needs Linux, whose
 * /proc tells the processor time of another process. Run: node bench/cerbos.mjs
 */
import { execFileSync, spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildServers, costOf, CONNECTIONS, latencyOf, median, ratio, running, send, start } from './server-processes.mjs'

const ROUNDS = 5
const REQUESTS = 4000
const CERBOS_REQUESTS = 800
const BATCH = 50
const VERSION = '0.55.0'
/** Clock ticks a second of /proc/*\/stat. */
const TICKS = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }))

const folder = mkdtempSync(join(tmpdir(), 'gatehouse-cerbos-'))

function findBinary() {
  if (process.env.CERBOS_BINARY) return process.env.CERBOS_BINARY
  const name = `cerbos-${process.platform}-${process.arch}`
  writeFileSync(join(folder, 'package.json'), '{"private":true}')
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--silent', `@cerbos/${name}@${VERSION}`], { cwd: folder, stdio: 'inherit' })
  const path = join(folder, 'node_modules', '@cerbos', name, name)
  chmodSync(path, 0o755)
  return path
}

const freePort = () => new Promise((resolve) => {
  const server = createServer().listen(0, '127.0.0.1', () => {
    const { port } = server.address()
    server.close(() => resolve(port))
  })
})

/**
 * The organization's access model as Cerbos has it: a derived role for each role of the model, held where one of the scopes on
 * the resource's path is among those the principal was given it at, and for each permission the roles that hold it.
 */
function policiesOf(rules) {
  const roles = [...new Set(rules.flatMap(({ roles }) => roles))]
  const derived = `apiVersion: api.cerbos.dev/v1
derivedRoles:
  name: model
  definitions:
${roles.map((role) => `    - name: ${role}
      parentRoles: [user]
      condition:
        match:
          expr: '"${role}" in P.attr.grants && R.attr.path.exists(each, each in P.attr.grants["${role}"])'`).join('\n')}
`
  const resource = `apiVersion: api.cerbos.dev/v1
resourcePolicy:
  resource: cluster
  version: default
  importDerivedRoles: [model]
  rules:
${rules.map(({ action, roles: held }) => `    - actions: ["${action}"]
      effect: EFFECT_ALLOW
      derivedRoles: [${held.join(', ')}]`).join('\n')}
`
  return { derived, resource }
}

/** The server as it comes, with errors only in its log, or with a log of its decisions; Gatehouse counts its own. What it logs goes nowhere. */
async function startCerbos(policies, { level = 'INFO', logsDecisions = false } = {}) {
  const own = join(folder, `${level}-${logsDecisions}`)
  mkdirSync(own)
  const [http, grpc] = [await freePort(), await freePort()]
  mkdirSync(join(own, 'policies'))
  writeFileSync(join(own, 'policies', 'model.yaml'), policies.derived)
  writeFileSync(join(own, 'policies', 'cluster.yaml'), policies.resource)
  writeFileSync(join(own, 'config.yaml'), `server: { httpListenAddr: "127.0.0.1:${http}", grpcListenAddr: "127.0.0.1:${grpc}" }
storage: { driver: disk, disk: { directory: "${join(own, 'policies')}", watchForChanges: false } }
telemetry: { disabled: true }
${logsDecisions ? 'audit: { enabled: true, accessLogsEnabled: false, decisionLogsEnabled: true, backend: file, file: { path: /dev/null } }' : ''}
`)
  const child = spawn(binary, ['server', '--config', join(own, 'config.yaml'), '--log-level', level], { stdio: 'ignore' })
  /** utime and stime, the 14th and 15th field; the second may hold blanks. */
  const usage = () => {
    const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ').at(-1).split(' ')
    return ((Number(fields[11]) + Number(fields[12])) / TICKS) * 1e6
  }
  const server = running(http, async () => usage(), () => child.kill())
  for (let tries = 0; ; tries++) {
    const isUp = await fetch(`http://127.0.0.1:${http}/_cerbos/health`).then(({ ok }) => ok, () => false)
    if (isUp) return server
    if (tries > 200) throw new Error('Cerbos did not start')
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

if (!existsSync('/proc/self/stat')) throw new Error('this measurement needs Linux')
const binary = findBinary()
await buildServers()
const [echo, gatehouse] = await Promise.all([start('echo'), start('gatehouse')])
const policies = policiesOf(gatehouse.rules)
const [cerbos, quiet, logging] = await Promise.all([startCerbos(policies), startCerbos(policies, { level: 'ERROR' }), startCerbos(policies, { logsDecisions: true })])
echo.key = gatehouse.key
const { subjects, resources, scopes, paths } = gatehouse

const subjectOf = (at) => at % subjects.length
const resourceOf = (at) => (at * 7) % resources.length
const actionOf = (at) => (at % 2 ? 'cluster:view' : 'cluster:delete')
const resource = (at) => ({ type: 'cluster', id: resources[resourceOf(at)] })
const subject = (at) => ({ type: 'service_account', id: subjects[subjectOf(at)] })
const principal = (at) => ({ id: subjects[subjectOf(at)], roles: ['user'], attr: { grants: { viewer: [scopes[subjectOf(at)]] } } })
const entry = (at) => ({ actions: [actionOf(at)], resource: { kind: 'cluster', id: resources[resourceOf(at)], attr: { path: paths[resourceOf(at)] } } })
const list = (length, make) => Array.from({ length }, (_, at) => JSON.stringify(make(at)))
const many = (make) => (at) => Array.from({ length: BATCH }, (_, each) => make(at * BATCH + each))

// A batch asks about one subject, as Cerbos' batch does.
const bodies = {
  single: list(REQUESTS, (at) => ({ subject: subject(at), action: { name: actionOf(at) }, resource: resource(at) })),
  batch: list(REQUESTS / 10, (at) => ({ subject: subject(at), evaluations: many((each) => ({ action: { name: actionOf(each) }, resource: resource(each) }))(at) })),
  cerbosSingle: list(CERBOS_REQUESTS, (at) => ({ principal: principal(at), resources: [entry(at)] })),
  cerbosBatch: list(CERBOS_REQUESTS / 10, (at) => ({ principal: principal(at), resources: many(entry)(at) })),
}
const SINGLE = '/access/v1/evaluation'
const MANY = '/access/v1/evaluations'
const CHECK = '/api/check/resources'

/** Both must give the same answers, else nothing is compared. */
async function compareAnswers() {
  for (let at = 0; at < 300; at++) {
    const ours = JSON.parse(await send(gatehouse, SINGLE, bodies.single[at])).decision
    const theirs = JSON.parse(await send(cerbos, CHECK, bodies.cerbosSingle[at])).results[0].actions[actionOf(at)] === 'EFFECT_ALLOW'
    if (ours !== theirs) throw new Error(`question ${at}: Gatehouse says ${ours}, Cerbos ${theirs}`)
  }
}
await compareAnswers()

const cerbosServers = { theirs: cerbos, logging, quiet }
const found = {}
for (let round = -1; round < ROUNDS; round++) {
  const measured = {
    echo: await costOf(echo, SINGLE, bodies.single), ours: await costOf(gatehouse, SINGLE, bodies.single),
    echoBatch: await costOf(echo, MANY, bodies.batch), oursBatch: await costOf(gatehouse, MANY, bodies.batch),
    echoWait: await latencyOf(echo, SINGLE, bodies.single.slice(0, 500)), oursWait: await latencyOf(gatehouse, SINGLE, bodies.single.slice(0, 500)),
  }
  for (const [name, server] of Object.entries(cerbosServers)) {
    measured[name] = await costOf(server, CHECK, bodies.cerbosSingle)
    measured[`${name}Batch`] = await costOf(server, CHECK, bodies.cerbosBatch)
    measured[`${name}Wait`] = await latencyOf(server, CHECK, bodies.cerbosSingle.slice(0, 500))
  }
  // The first round warms up.
  if (round >= 0) for (const [name, value] of Object.entries(measured)) (found[name] ??= []).push(value)
}
const of = (name) => median(found[name]).toFixed(1)
const times = (one, other) => ratio(found[one], found[other]).toFixed(2)
const row = (what, suffix, share) => {
  const [theirs, log, silent] = Object.keys(cerbosServers).map((name) => `${of(name + suffix)} (${times(name + suffix, `ours${suffix}`)} ×)`)
  return `| ${what} | ${of(`echo${suffix}`)} | ${of(`ours${suffix}`)} | ${share} | ${theirs} | ${log} | ${silent} |`
}
console.log(`Node ${process.version}, Cerbos ${VERSION}, ${cpus().length} cores (${cpus()[0].model.trim()}), ${ROUNDS} rounds over ${CONNECTIONS} connections; load of the machine ${loadavg()[0].toFixed(1)}.

| what | echo | Gatehouse | beside echo | Cerbos as it comes | Cerbos with its decision log | Cerbos logging errors only |
| --- | --- | --- | --- | --- | --- | --- |
${row('single evaluation, µs of processor a request', '', `${times('echo', 'ours')} of its requests`)}
${row(`${BATCH} evaluations about one subject, µs of processor a request`, 'Batch', `${times('echoBatch', 'oursBatch')} of its requests`)}
${row('p50 at one connection, µs', 'Wait', `${times('oursWait', 'echoWait')} × its time`)}`)
for (const server of [echo, gatehouse, ...Object.values(cerbosServers)]) server.stop()
rmSync(folder, { recursive: true, force: true })
