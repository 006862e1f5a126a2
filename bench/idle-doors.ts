/**
 * What allowlist and session policy cost an organization that uses neither, as a share of a page request and of a machine's
 * call in the same run. Needs a built server: `npm run build`, then `node --import tsx bench/idle-doors.ts`.
 */
import { startGatehouse } from '../e2e/gatehouse-process'
import { openScratch } from './scratch-database'

const PAGES = 150
const CALLS = 1500
const ROUNDS = 200_000

const scratch = await openScratch()
const { makeOrganization } = await import('@/lib/testing/factories')
const { makeKey } = await import('@/lib/testing/api')
const { passPageGate } = await import('@/lib/server/page-gate')
const { passGate } = await import('@/lib/access/gate')
const { requireSessionDemands } = await import('@/lib/access/session-policy')
const { indexStore } = await import('@/lib/access/snapshots/index-store')
const { openSession } = await import('@/lib/access/principals/session')
const { encodeSessionCookie, sessionCookieName } = await import('@/lib/access/principals/session-cookie')
const { transaction } = await import('@/lib/db')
const { requestFacts } = await import('@/lib/request')

const org = await makeOrganization()
const { actor, accountId } = org.admin
const facts = { ...requestFacts(), address: '203.0.113.7', source: 'console' as const }
const demands = { name: org.slug, secondFactorFrom: null, connectionsAreStrong: true, sessionLifetimeMinutes: null }
const visitor = () => ({ type: 'user', id: org.admin.id, name: null, credentialId: null })

/** Microseconds of processor that one of many takes. */
async function micros(work: () => unknown, rounds = ROUNDS): Promise<number> {
  for (let at = 0; at < rounds / 10; at++) await work()
  const began = process.cpuUsage()
  for (let at = 0; at < rounds; at++) await work()
  const { user, system } = process.cpuUsage(began)
  return (user + system) / rounds
}

const index = await indexStore().atLeast(org.id, 0)
const inFront = await micros(() => passPageGate(`/${org.slug}/users`, actor, facts))
const inside = await micros(() => {
  passGate(index, visitor, facts)
  requireSessionDemands(actor, demands, new Date())
})

const server = await startGatehouse({ DATABASE_URL: scratch.url, GATEHOUSE_SECRET_KEY: process.env['GATEHOUSE_SECRET_KEY'] ?? '' })
const processor = async (): Promise<number> => {
  const text = await (await fetch(`${server.url}/metrics`)).text()
  return Number(/^gatehouse_process_cpu_seconds_total (\S+)/m.exec(text)?.[1]) * 1e6
}

/** Microseconds of the server's processor that one request takes. */
async function costOf(path: string, headers: Record<string, string>, count: number): Promise<number> {
  const ask = async () => {
    const answer = await fetch(server.url + path, { headers })
    await answer.text()
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status}`)
  }
  for (let at = 0; at < count / 5; at++) await ask()
  const before = await processor()
  for (let at = 0; at < count; at++) await ask()
  return ((await processor()) - before) / count
}

const { secret } = await transaction((tx) => openSession(tx, accountId, 'password'))
const page = await costOf(`/${org.slug}/users`, { cookie: `${sessionCookieName()}=${await encodeSessionCookie(secret)}` }, PAGES)
const call = await costOf('/api/v1/whoami', { authorization: `Bearer ${(await makeKey(org, org.admin)).secret}` }, CALLS)
await server.stop()

const share = (part: number, whole: number): string => `${((100 * part) / whole).toFixed(3)} %`
console.log('| what | µs CPU | allowlist and session policy in it |\n| --- | --- | --- |')
console.log(`| gate in front of a page | ${inFront.toFixed(2)} | |`)
console.log(`| gate and demands at the entrance | ${inside.toFixed(2)} | |`)
console.log(`| a page request (Users) | ${page.toFixed(0)} | ${share(inFront + inside, page)} |`)
console.log(`| a machine's call (\`GET /whoami\`) | ${call.toFixed(0)} | ${share(inside, call)} |`)
await scratch.close()
process.exit(0)
