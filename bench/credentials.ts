/**
 * Pages and lists of API keys and of application tokens, making keys and checking them, with 1,000 and with 100,000 of
 * each in an organization of 1,000 members, interleaved in one run against the built server (`npm run build`).
 * Run: node --import tsx bench/credentials.ts [--rounds 30] [--only search]
 */
import { readFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { cpus, loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { startGatehouse } from '@/e2e/gatehouse-process'
import { openScratch } from './scratch-database'

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '30' }, keys: { type: 'string', default: '100000' }, only: { type: 'string', default: '' } } })
const ROUNDS = Number(values.rounds)
const WARMING = 5
const SIZES = ['small', 'large'] as const
type Size = (typeof SIZES)[number]
/** Clock ticks a second in /proc, as Linux has it everywhere. */
const TICKS = 100

const median = (list: readonly number[]): number => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? NaN

const scratch = await openScratch()
const { db, transaction } = await import('@/lib/db')
const { openSession } = await import('@/lib/access/principals/session')
const { encodeSessionCookie, sessionCookieName } = await import('@/lib/access/principals/session-cookie')
const { newId } = await import('@/lib/ids')
const { seedMembers } = await import('@/lib/seed/large')
const { seedKeys } = await import('@/lib/seed/large-keys')
const { seedTokens } = await import('./token-rows')
const { makeKey } = await import('@/lib/testing/api')
const { makeMember, makeOrganization } = await import('@/lib/testing/factories')
const { indexStore } = await import('@/lib/access/snapshots/index-store')
const { callerAtOnce, checkAndKeep } = await import('@/lib/access/principals/verified-keys')

/** An organization with so many keys and as many tokens, its administrator's session and key. */
async function fill(keys: number) {
  const org = await makeOrganization()
  await db().serviceAccount.createMany({ data: Array.from({ length: 20 }, (_, at) => ({ id: newId('serviceAccount'), organizationId: org.id, name: `robot ${at}` })) })
  await seedMembers(org.slug, 1000)
  await seedKeys(org.slug, keys)
  await seedTokens(org.id, keys)
  const owner = await makeMember(org)
  const only = await makeKey(org, owner)
  await db().apiKey.update({ where: { organizationId_id: { organizationId: org.id, id: only.id } }, data: { name: 'the only one of its kind' } })
  const session = await transaction((tx) => openSession(tx, org.admin.accountId, 'password'))
  const key = await makeKey(org, org.admin)
  const { id: viewerId } = await db().role.findFirstOrThrow({ where: { organizationId: org.id, name: 'viewer' }, select: { id: true } })
  return { org, key, viewerId, owner: owner.email, cookie: `${sessionCookieName()}=${await encodeSessionCookie(session.secret)}` }
}
type Filled = Awaited<ReturnType<typeof fill>>

const filled: Record<Size, Filled> = { small: await fill(1000), large: await fill(Number(values.keys)) }
await db().$executeRaw`VACUUM ANALYZE`
const server = await startGatehouse({ DATABASE_URL: scratch.url, GATEHOUSE_SECRET_KEY: process.env['GATEHOUSE_SECRET_KEY'] ?? '', LOG_LEVEL: 'silent' })
const agent = new Agent({ keepAlive: true, maxSockets: 8 })

function send(method: string, path: string, headers: Record<string, string>, body = ''): Promise<string> {
  return new Promise((resolve, reject) => {
    const sent = body === '' ? headers : { ...headers, 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)) }
    request(new URL(path, server.url), { method, agent, headers: sent }, (answer) => {
      let text = ''
      answer.setEncoding('utf8').on('data', (chunk: string) => (text += chunk)).on('end', () => ((answer.statusCode ?? 500) < 300 ? resolve(text) : reject(new Error(`${path}: ${answer.statusCode} ${text.slice(0, 500)}`))))
    }).on('error', reject).end(body)
  })
}

const pageOf = (name: string, query: string) => ({ org, cookie }: Filled) => send('GET', `/${org.slug}/${name}${query}`, { cookie })
const page = (query: string) => pageOf('api-keys', query)
const list = (name: string, query: string) => ({ key }: Filled) => send('GET', `/api/v1/${name}?limit=50${query}`, { authorization: `Bearer ${key.secret}` })
const making = ({ key }: Filled) => send('POST', '/api/v1/api-keys', { authorization: `Bearer ${key.secret}` }, JSON.stringify({ name: 'made in a measurement' }))

const CASES: [string, (filled: Filled) => Promise<string>][] = [
  ['page: first', page('')],
  ['page: last', page('?last=1')],
  ['page: search, one hit', page('?q=only+kind')],
  ['page: search, many hits', page('?q=ingest')],
  ['page: search, the owner of one', (filled) => page(`?q=${encodeURIComponent(filled.owner)}`)(filled)],
  ['page: filter, suspended', page('?status=suspended')],
  ['page: filter, expired', page('?status=expired')],
  ['page: filter, narrowed', page('?mark=narrowed')],
  ['page: filter, unused', page('?mark=unused')],
  ['page: sort, last used', page('?sort=-last-used')],
  ['page: sort, name', page('?sort=name')],
  ['page: Service Accounts', pageOf('service-accounts', '')],
  ['API: list 50', list('api-keys', '&owner=all')],
  ['API: list 50, suspended', list('api-keys', '&owner=all&status=suspended')],
  ['API: search, one hit', list('api-keys', '&owner=all&q=only+kind')],
  ['API: make a key', making],
  ['tokens page: first', pageOf('tokens', '')],
  ['tokens page: last', pageOf('tokens', '?last=1')],
  ['tokens page: search, one hit', pageOf('tokens', '?q=only+kind')],
  ['tokens page: search, many hits', pageOf('tokens', '?q=ingest')],
  ['tokens page: filter, suspended', pageOf('tokens', '?status=suspended')],
  ['tokens page: filter, expired', pageOf('tokens', '?status=expired')],
  ['tokens page: filter, unused', pageOf('tokens', '?mark=unused')],
  ['tokens page: filter, role', (filled) => pageOf('tokens', `?role=${filled.viewerId}`)(filled)],
  ['tokens page: sort, last used', pageOf('tokens', '?sort=-last-used')],
  ['tokens page: sort, expires', pageOf('tokens', '?sort=expires')],
  ['tokens API: list 50', list('tokens', '')],
  ['tokens API: list 50, suspended', list('tokens', '&status=suspended')],
  ['tokens API: search, one hit', list('tokens', '&q=only+kind')],
]

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now()
  await work()
  return performance.now() - begun
}

console.log(`Node ${process.version}, ${cpus().length} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), ${ROUNDS} interleaved rounds, medians; load of the machine ${loadavg()[0]?.toFixed(1)}.\n`)
console.log(`| what | 1,000, ms | ${Number(values.keys).toLocaleString('en')}, ms | ratio |\n| --- | --- | --- | --- |`)
for (const [name, work] of CASES.filter(([each]) => each.includes(values.only))) {
  const took: Record<Size, number[]> = { small: [], large: [] }
  for (let round = -WARMING; round < ROUNDS; round++) {
    const [small, large] = [await timed(() => work(filled.small)), await timed(() => work(filled.large))]
    if (round < 0) continue
    took.small.push(small)
    took.large.push(large)
  }
  const [small, large] = [median(took.small), median(took.large)]
  console.log(`| ${name} | ${small.toFixed(1)} | ${large.toFixed(1)} | ${(large / small).toFixed(2)} |`)
}

/** Microseconds of processor the server has used: user and system, the 14th and 15th field. */
function usage(): number {
  const fields = readFileSync(`/proc/${server.pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? []
  return ((Number(fields[11]) + Number(fields[12])) / TICKS) * 1e6
}

/** Microseconds of the server's processor for one evaluation over HTTP. */
async function costOfEvaluation({ org, key }: Filled, count: number): Promise<number> {
  const body = JSON.stringify({ subject: { type: 'api_key', id: key.id }, action: { name: 'cluster:scale' }, resource: { type: 'organization', id: org.id } })
  const ask = () => send('POST', '/access/v1/evaluation', { authorization: `Bearer ${key.secret}` }, body)
  const before = usage()
  let left = count
  await Promise.all(Array.from({ length: 8 }, async () => {
    while (left-- > 0) await ask()
  }))
  return (usage() - before) / count
}

/** Microseconds to find the caller of a key among those that were checked before. */
async function costOfCheck({ org }: Filled): Promise<{ loading: number; check: number }> {
  const store = indexStore()
  const loading = await timed(() => store.atLeast(org.id, 0))
  const keys = await Promise.all(Array.from({ length: 200 }, () => makeKey(org, org.admin)))
  const { accessVersion } = await db().organization.findUniqueOrThrow({ where: { id: org.id }, select: { accessVersion: true } })
  await store.atLeast(org.id, Number(accessVersion))
  // The first time its organization becomes known, the second time its digest is kept.
  for (const { secret } of [...keys, ...keys]) await checkAndKeep(store, secret, () => Promise.resolve({ organizationId: org.id }))
  const rounds: number[] = []
  for (let round = 0; round < 20; round++) {
    const before = process.cpuUsage()
    for (let each = 0; each < 20_000; each++) {
      const key = keys[each % keys.length]
      if (!key || callerAtOnce(store, key.secret, Date.now()) === null) throw new Error('a checked key is not known')
    }
    const { user, system } = process.cpuUsage(before)
    rounds.push((user + system) / 20_000)
  }
  return { loading, check: median(rounds.slice(5)) }
}

console.log('\n| | 1,000 keys | 100,000 keys | ratio |\n| --- | --- | --- | --- |')
const following = indexStore().start()
for (const size of SIZES) await costOfEvaluation(filled[size], 3000)
const evaluations: Record<Size, number[]> = { small: [], large: [] }
for (let round = 0; round < 5; round++) for (const size of SIZES) evaluations[size].push(await costOfEvaluation(filled[size], 4000))
const evaluation: Record<Size, number> = { small: median(evaluations.small), large: median(evaluations.large) }
const checks: Record<Size, { loading: number; check: number }> = { small: await costOfCheck(filled.small), large: await costOfCheck(filled.large) }
const line = (what: string, small: number, large: number, unit: string, digits = 1) => console.log(`| ${what} | ${small.toFixed(digits)} ${unit} | ${large.toFixed(digits)} ${unit} | ${(large / small).toFixed(2)} |`)
line('an evaluation over HTTP, processor of the server', evaluation.small, evaluation.large, 'µs')
line('checking the key, processor', checks.small.check, checks.large.check, 'µs', 2)
console.log(`| checking the key, share of the evaluation | ${((100 * checks.small.check) / evaluation.small).toFixed(1)} % | ${((100 * checks.large.check) / evaluation.large).toFixed(1)} % | |`)
line('the organization from the database into memory', checks.small.loading, checks.large.loading, 'ms', 0)

agent.destroy()
await following.stop()
await server.stop()
await scratch.close()
