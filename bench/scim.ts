/**
 * Provisioning as a directory does it, over HTTP: 10,000 users, each looked for and then made, 200 groups with their people,
 * and then everything once more, which must change nothing. What is compared is the cost of the first thousand requests and
 * of the last within one run. Run: node --import tsx bench/scim.ts [--users 10000] [--groups 200] [--clients 4]
 */
import { createServer, Agent, request } from 'node:http'
import { cpus, loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { getRequestListener } from '@hono/node-server'
import { openScratch } from './scratch-database'

const { values } = parseArgs({ options: { users: { type: 'string', default: '10000' }, groups: { type: 'string', default: '200' }, clients: { type: 'string', default: '4' } } })
const USERS = Number(values.users)
const GROUPS = Number(values.groups)
const CLIENTS = Number(values.clients)
/** Requests that are compared with as many at the other end; a tenth where there are few. */
const ends = (count: number): number => Math.min(1000, Math.floor(count / 4))

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User'
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'
const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group'
const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp'

const userBody = (at: number) => ({
  schemas: [USER, ENTERPRISE], userName: `person${at}@bench.test`, externalId: `x${at}`, active: true, displayName: `Person ${at}`, name: { givenName: 'Person', familyName: String(at) },
  emails: [{ value: `person${at}@bench.test`, type: 'work', primary: true }], title: 'Analyst', [ENTERPRISE]: { department: `D${at % 40}`, employeeNumber: String(at) },
})

type Sent = { path: string; method: string; body?: unknown; expected: readonly number[] }
type Answer = { body: Record<string, unknown>; milliseconds: number }

async function open() {
  const scratch = await openScratch()
  process.env['GATEHOUSE_URL'] = 'http://localhost:3000'
  const { makeOrganization } = await import('@/lib/testing/factories')
  const { scimClient } = await import('@/lib/testing/scim')
  const { makeScim } = await import('@/lib/api/scim/application')
  const { makeFront } = await import('@/lib/server/front')
  const { ownAddresses } = await import('@/lib/server/entrance-rules')
  const { trustedProxies } = await import('@/lib/server/client-address')
  const { indexStore } = await import('@/lib/access/snapshots/index-store')
  const { db } = await import('@/lib/db')
  const follower = indexStore().start()
  const organization = await makeOrganization()
  const { secret } = await scimClient(organization)
  const nothing = (): never => {
    throw new Error('only SCIM is asked')
  }
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  server.on('request', makeFront({
    isDevelopment: false, isHttps: false, own: ownAddresses(new URL(`http://127.0.0.1:${port}`), true), trusted: trustedProxies([]), isDraining: () => false,
    api: nothing, scim: getRequestListener(makeScim().fetch), decisions: nothing, oauth: nothing, pages: nothing,
  }))
  const agent = new Agent({ keepAlive: true, maxSockets: CLIENTS })

  const send = ({ path, method, body, expected }: Sent): Promise<Answer> => new Promise((resolve, reject) => {
    const text = body === undefined ? '' : JSON.stringify(body)
    const began = performance.now()
    const outgoing = request({ host: '127.0.0.1', port, path: `/scim/v2${path}`, method, agent, headers: { authorization: `Bearer ${secret}`, ...(text !== '' && { 'content-type': 'application/scim+json', 'content-length': Buffer.byteLength(text) }) } }, (res) => {
      let answer = ''
      res.setEncoding('utf8').on('data', (chunk: string) => (answer += chunk)).on('end', () => {
        if (!expected.includes(res.statusCode ?? 0)) return reject(new Error(`${method} ${path}: ${res.statusCode} ${answer.slice(0, 500)}`))
        const parsed: unknown = answer === '' ? {} : JSON.parse(answer)
        resolve({ body: Object.fromEntries(Object.entries(typeof parsed === 'object' && parsed !== null ? parsed : {})), milliseconds: performance.now() - began })
      })
    })
    outgoing.on('error', reject).end(text)
  })

  const state = async () => ({
    events: await db().auditEvent.count({ where: { organizationId: organization.id } }),
    version: String((await db().organization.findUniqueOrThrow({ where: { id: organization.id }, select: { accessVersion: true } })).accessVersion),
    users: await db().membership.count({ where: { organizationId: organization.id } }), members: await db().groupMember.count({ where: { organizationId: organization.id } }),
  })
  const close = async () => {
    agent.destroy()
    server.closeAllConnections()
    server.close()
    await follower.stop()
    await scratch.close()
  }
  return { send, state, close }
}

const median = (of: readonly number[]): number => [...of].sort((one, other) => one - other)[of.length >> 1] ?? Number.NaN

type Timed = { name: string; took: number[]; seconds: number; cpu: number[] }

/** So many clients at once go through a list of work, in its order; times are kept in the order of the work. */
async function run(name: string, count: number, work: (at: number) => Promise<number>): Promise<Timed> {
  const took: number[] = Array.from({ length: count }, () => 0)
  const cpu: number[] = []
  let next = 0
  let done = 0
  let used = process.cpuUsage()
  const began = performance.now()
  const client = async () => {
    while (next < count) {
      const at = next++
      took[at] = await work(at)
      if (++done % ends(count) !== 0) continue
      const { user, system } = process.cpuUsage(used)
      cpu.push((user + system) / ends(count) / 1000)
      used = process.cpuUsage()
    }
  }
  await Promise.all(Array.from({ length: CLIENTS }, client))
  const timed = { name, took, seconds: (performance.now() - began) / 1000, cpu }
  console.log(inWords(timed))
  return timed
}

function inWords({ name, took, seconds, cpu }: Timed): string {
  const size = ends(took.length)
  const [first, last] = [median(took.slice(0, size)), median(took.slice(-size))]
  const [cpuFirst = Number.NaN, cpuLast = Number.NaN] = [cpu[0], cpu.at(-1)]
  return `| ${name} | ${took.length} | ${seconds.toFixed(0)} | ${first.toFixed(1)} | ${last.toFixed(1)} | ${(last / first).toFixed(2)} | ${(cpuLast / cpuFirst).toFixed(2)} |`
}

const idIn = ({ body }: Answer): string => String(body['id'])

const { send, state, close } = await open()
console.log(`Node ${process.version}, ${cpus().length} cores (${cpus()[0]?.model.trim()}), ${CLIENTS} clients; load of the machine ${loadavg()[0]?.toFixed(1)} before.\n`)
console.log('| what | requests | seconds | median ms, first | median ms, last | last : first | processor, last : first |\n| --- | --- | --- | --- | --- | --- | --- |')

const userIds: string[] = []
const lookFor = (at: number) => send({ method: 'GET', path: `/Users?filter=${encodeURIComponent(`userName eq "${userBody(at).userName}"`)}`, expected: [200] })
const began = performance.now()
await run('look for a user, then make them', USERS, async (at) => {
  const found = await lookFor(at)
  const made = await send({ method: 'POST', path: '/Users', body: userBody(at), expected: [201] })
  userIds[at] = idIn(made)
  return found.milliseconds + made.milliseconds
})

/** Fifty people at first, fifty more afterwards; everybody is in about two groups. */
const peopleOf = (group: number, from: number) => Array.from({ length: 50 }, (_each, at) => ({ value: userIds[(group * 97 + (from + at) * 101) % USERS] }))
const groupIds: string[] = []
await run('make a group with 50 people', GROUPS, async (at) => {
  const made = await send({ method: 'POST', path: '/Groups', body: { schemas: [GROUP], displayName: `Group ${at}`, externalId: `g${at}`, members: peopleOf(at, 0) }, expected: [201] })
  groupIds[at] = idIn(made)
  return made.milliseconds
})
await run('put 5 more into a group', GROUPS * 10, async (at) => {
  const group = at % GROUPS
  const value = peopleOf(group, 50).slice(Math.floor(at / GROUPS) * 5).slice(0, 5)
  return (await send({ method: 'PATCH', path: `/Groups/${groupIds[group]}`, body: { schemas: [PATCH], Operations: [{ op: 'add', path: 'members', value }] }, expected: [204] })).milliseconds
})
const minutes = (performance.now() - began) / 60_000

const before = await state()
const membersOf = await Promise.all(groupIds.map(async (id) => (await send({ method: 'GET', path: `/Groups/${id}`, expected: [200] })).body['members']))
await run('resync: look for a user, replace by the same', USERS, async (at) => {
  const found = await lookFor(at)
  return found.milliseconds + (await send({ method: 'PUT', path: `/Users/${userIds[at]}`, body: userBody(at), expected: [200] })).milliseconds
})
await run('resync: replace a group by the same', GROUPS, async (at) =>
  (await send({ method: 'PUT', path: `/Groups/${groupIds[at]}`, body: { schemas: [GROUP], displayName: `Group ${at}`, externalId: `g${at}`, members: membersOf[at] }, expected: [200] })).milliseconds)
const after = await state()

console.log(`\nProvisioned in ${minutes.toFixed(1)} minutes: ${before.users} users and ${before.members} memberships of groups. The full resync wrote ${after.events - before.events} audit events and left the access version at ${after.version}${after.version === before.version ? ', as it was' : ` (before: ${before.version})`}. Load of the machine ${loadavg()[0]?.toFixed(1)} at the end.`)
await close()
