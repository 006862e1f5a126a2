import { expect, test } from '@playwright/test'
import { db } from '@/lib/db'
import { newId } from '@/lib/ids'
import { makeKey, type TestKey } from '@/lib/testing/api'
import { makeMember, makeOrganization, makeResource, type TestOrganization } from '@/lib/testing/factories'
import { startGatehouse, type RunningGatehouse } from './gatehouse-process'

// Two processes of the built server on one database: what is changed through the first holds in the second.
let one: string
let two: string
let second: RunningGatehouse
let org: TestOrganization
let admin: TestKey

test.beforeAll(async () => {
  one = process.env.E2E_URL ?? ''
  second = await startGatehouse({ DATABASE_URL: process.env.DATABASE_URL ?? '', GATEHOUSE_SECRET_KEY: process.env.GATEHOUSE_SECRET_KEY ?? '' })
  two = second.url
  org = await makeOrganization()
  admin = await makeKey(org, org.admin)
})
test.afterAll(() => second.stop())

type Answer = { status: number; body: Record<string, unknown>; headers: Headers }

/** A call as curl makes it; the body of a refusal in plain text is its `detail`. */
async function call(at: string, request: string, key: { secret: string }, body?: unknown): Promise<Answer> {
  const [method = 'GET', path = ''] = request.split(' ')
  const answer = await fetch(`${at}${path}`, {
    method, headers: { authorization: `Bearer ${key.secret}`, ...(body !== undefined && { 'content-type': 'application/json' }) }, ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  const text = await answer.text()
  const isJson = /json/.test(answer.headers.get('content-type') ?? '')
  return { status: answer.status, headers: answer.headers, body: isJson && text !== '' ? (JSON.parse(text) as Record<string, unknown>) : { detail: text } }
}

const SUBJECTS: Record<string, string> = { key: 'api_key', sva: 'service_account_key', tok: 'token' }

/** What everybody may ask: about the very credential that asks. */
const question = (key: TestKey, id: string, type = 'organization', action = 'cluster:scale') =>
  ({ subject: { type: SUBJECTS[key.secret.slice(3, 6)] ?? '', id: key.id }, action: { name: action }, resource: { type, id } })

/** What a key is told in a process, by the management API and by the decisions in memory. */
async function toldIn(at: string, key: TestKey): Promise<[number, number]> {
  const [managed, decided] = await Promise.all([call(at, 'GET /api/v1/whoami', key), call(at, 'POST /access/v1/evaluation', key, question(key, org.id))])
  return [managed.status, decided.status]
}

const reasonIn = async (at: string, key: TestKey): Promise<unknown> => (await call(at, 'GET /api/v1/whoami', key)).body['detail']

async function newKey(body: object = {}): Promise<TestKey> {
  const made = await call(one, 'POST /api/v1/api-keys', admin, { name: 'shared', ...body })
  expect(made.status).toBe(201)
  const key = { id: String(made.body['id']), secret: String(made.body['secret']) }
  // Known and checked in both, so that what is tested is what they remember.
  for (let times = 0; times < 3; times++) for (const at of [one, two]) expect(await toldIn(at, key)).toEqual([200, 200])
  return key
}

/** How soon a change is seen everywhere is measured in bench/; here it has to be seen, on however slow a machine. */
const SOON = { intervals: [5, 10, 20, 50, 200] }

test('revoked in one, refused in the other with the reason', async () => {
  const key = await newKey()
  expect((await call(one, `DELETE /api/v1/api-keys/${key.id}`, admin)).status).toBe(204)
  await expect.poll(() => toldIn(two, key), SOON).toEqual([401, 401])
  expect(await reasonIn(two, key)).toBe('the key was revoked')
})

test('suspended in one, refused in the other; resumed there, good again here', async () => {
  const key = await newKey()
  await call(one, `PATCH /api/v1/api-keys/${key.id}`, admin, { status: 'suspended' })
  await expect.poll(() => toldIn(two, key), SOON).toEqual([401, 401])
  expect(await reasonIn(two, key)).toBe('the key is suspended')
  await call(two, `PATCH /api/v1/api-keys/${key.id}`, admin, { status: 'active' })
  await expect.poll(() => toldIn(one, key), SOON).toEqual([200, 200])
})

test('rotated in one: both secrets work in both until the overlap ends, then only the new one', async () => {
  const old = await newKey()
  const rotated = await call(one, `POST /api/v1/api-keys/${old.id}/rotate`, admin, { overlapHours: 1 })
  const next = { id: String(rotated.body['id']), secret: String(rotated.body['secret']) }
  for (const at of [one, two]) for (const key of [old, next]) await expect.poll(() => toldIn(at, key), SOON).toEqual([200, 200])
  // The overlap is cut short, and runs out by the clock with nothing more said.
  const end = new Date(Date.now() + 5000)
  expect((await call(one, `PATCH /api/v1/api-keys/${old.id}`, admin, { expiresAt: end.toISOString() })).status).toBe(200)
  for (const at of [two, one]) await expect.poll(() => toldIn(at, old), { ...SOON, timeout: 40_000 }).toEqual([401, 401])
  expect(Date.now()).toBeGreaterThanOrEqual(end.getTime())
  expect(await reasonIn(two, old)).toBe('the key has expired')
  expect(await toldIn(two, next)).toEqual([200, 200])
})

test('the owner demoted in one: in the other the key loses the right on the next call', async () => {
  const owner = await makeMember(org)
  const cluster = await makeResource(org, 'cluster')
  const given = await call(one, 'POST /api/v1/role-assignments', admin, { principal: { type: 'user', id: owner.id }, role: 'cluster-operator', scope: { type: 'cluster', id: cluster } })
  expect(given.status).toBe(201)
  const key = await makeKey(org, owner)
  const maySee = async (at: string) => (await call(at, 'POST /access/v1/evaluation', key, question(key, cluster, 'cluster', 'cluster:view'))).body['decision']
  for (const at of [one, two]) await expect.poll(() => maySee(at), SOON).toBe(true)
  const taken = await call(one, `DELETE /api/v1/role-assignments/${String(given.body['id'])}`, admin)
  expect(taken.status).toBe(204)
  // Read your writes: whoever names the version of the change is answered from it, without waiting for news.
  const version = taken.headers.get('gatehouse-version') ?? ''
  expect(version).toMatch(/^\d+$/)
  const next = await fetch(`${two}/access/v1/evaluation`, {
    method: 'POST', headers: { authorization: `Bearer ${key.secret}`, 'content-type': 'application/json', 'gatehouse-at-least-version': version },
    body: JSON.stringify(question(key, cluster, 'cluster', 'cluster:view')),
  })
  expect(await next.json()).toEqual({ decision: false })
  expect((await call(two, 'GET /api/v1/users', key)).status).toBe(403)
})

test('one limit for both: what one lets through, the other does not let through again', async () => {
  const own = await makeOrganization()
  const key = await makeKey(own, own.admin)
  expect((await call(one, 'PATCH /api/v1/credential-policy', key, { requestsPerMinute: 100 })).status).toBe(200)
  const caller = await makeKey(own, own.admin)
  const statuses: number[] = []
  // Both at once, so that a slow machine is through within the minute too.
  for (let turn = 0; turn < 65; turn++) statuses.push(...(await Promise.all([one, two].map((at) => call(at, 'GET /api/v1/whoami', caller)))).map(({ status }) => status))
  const through = statuses.filter((status) => status === 200).length
  expect(through).toBeGreaterThanOrEqual(100)
  expect(through).toBeLessThanOrEqual(110)
  for (const at of [one, two]) {
    const refused = await call(at, 'GET /api/v1/whoami', caller)
    expect([refused.status, Number(refused.headers.get('retry-after')) > 0]).toEqual([429, true])
  }
  expect(await db().apiKey.count({ where: { organizationId: own.id } })).toBe(2)
})

test('a secret suspended as an application token or a key of a service account is refused in the other too', async () => {
  const token = await call(one, 'POST /api/v1/tokens', admin, { role: 'viewer' })
  const account = await call(one, 'POST /api/v1/service-accounts', admin, { name: newId('serviceAccount'), roles: [{ role: 'viewer' }] })
  const accountId = String(account.body['id'])
  const made = await call(one, `POST /api/v1/service-accounts/${accountId}/keys`, admin, { name: 'ci' })
  const [asToken, asAccount] = [{ id: String(token.body['id']), secret: String(token.body['token']) }, { id: String(made.body['id']), secret: String(made.body['secret']) }]
  for (let times = 0; times < 3; times++) for (const key of [asToken, asAccount]) expect(await toldIn(two, key)).toEqual([200, 200])
  await call(one, `PATCH /api/v1/tokens/${asToken.id}`, admin, { status: 'suspended' })
  await call(one, `PATCH /api/v1/service-accounts/${accountId}`, admin, { status: 'suspended' })
  for (const key of [asToken, asAccount]) await expect.poll(() => toldIn(two, key), SOON).toEqual([401, 401])
  expect([await reasonIn(two, asToken), await reasonIn(two, asAccount)]).toEqual(['the token is suspended', 'the owner of the key is suspended'])
})
