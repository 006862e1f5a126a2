import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { DENIALS_A_MINUTE, giveBack, takeDecisions } from '@/lib/access/decision-log'
import { db } from '@/lib/db'
import { writeDecisions } from '@/lib/jobs/write-decisions'
import { makeKey, testApi, type TestKey } from '@/lib/testing/api'
import { testDatabase } from '@/lib/testing/database'
import { startDecisions, type DecisionServer } from '@/lib/testing/decisions'
import { makeMember, makeOrganization, makeResource, type TestOrganization } from '@/lib/testing/factories'

testDatabase()
const api = testApi()
let server: DecisionServer
let org: TestOrganization
let key: TestKey
let cluster: string

beforeAll(async () => {
  server = await startDecisions()
})
afterAll(() => server.close())

beforeEach(async () => {
  takeDecisions()
  org = await makeOrganization()
  key = await makeKey(org, org.admin)
  cluster = await makeResource(org, 'cluster')
})

const admin = () => ({ type: 'user', id: org.admin.id })
const evaluation = (subject: { type: string; id: string }, action = 'cluster:view', resource = { type: 'cluster', id: cluster }) => ({ subject, action: { name: action }, resource })
const ask = (body: unknown) => server.ask('/access/v1/evaluation', { key, body })
const get = (path: string, as: TestKey = key) => api(`GET ${path}`, { key: as })

test('what programs ask is counted by minute and by permission, with when last', async () => {
  const before = Date.now()
  await ask(evaluation(admin()))
  await ask(evaluation(admin()))
  await ask(evaluation({ type: 'user', id: 'usr_nobody' }))
  await ask(evaluation(admin(), 'cluster:vieww'))
  await writeDecisions()
  await ask(evaluation(admin()))
  await writeDecisions()
  expect((await get('/decisions/uses')).body).toEqual({
    nextCursor: null,
    data: [
      { principalId: null, permission: 'cluster:view', allowed: 0, denied: 1, lastAllowedAt: null, lastDeniedAt: expect.any(String) },
      { principalId: org.admin.id, permission: null, allowed: 0, denied: 1, lastAllowedAt: null, lastDeniedAt: expect.any(String) },
      { principalId: org.admin.id, permission: 'cluster:view', allowed: 3, denied: 0, lastAllowedAt: expect.any(String), lastDeniedAt: null },
    ],
  })
  const { body } = await get(`/decisions/counts?principal=${org.admin.id}&permission=cluster:view&from=${new Date(before - 60_000).toISOString()}&to=${new Date(before + 3600_000).toISOString()}`)
  const counts = Array.isArray(body['data']) ? body['data'] : []
  expect(counts.reduce((sum: number, { allowed }: { allowed: number }) => sum + allowed, 0)).toBe(3)
  expect((await get(`/decisions/uses?principal=${org.admin.id}&limit=1`)).body).toMatchObject({ data: [{ permission: null }], nextCursor: expect.any(String) })
})

test('a no is kept with what was asked and why, and what callers make up is cut and holds no NUL', async () => {
  await ask(evaluation({ type: 'user', id: 'nobody@example.test' }))
  await ask(evaluation(admin(), 'no:such', { type: 'cluster', id: `\0${'x'.repeat(500)}` }))
  await writeDecisions()
  expect((await get('/decisions/denials')).body).toEqual({
    nextCursor: null,
    data: [
      {
        id: expect.stringMatching(/^den_/), at: expect.any(String), reason: 'unknown-permission', principalId: org.admin.id, permission: null, resourceId: null,
        asked: { subject: { type: 'user', id: org.admin.id }, resource: { type: 'cluster', id: 'x'.repeat(200) }, address: null }, callerId: org.admin.id, credentialId: key.id,
      },
      {
        id: expect.stringMatching(/^den_/), at: expect.any(String), reason: 'unknown-principal', principalId: null, permission: 'cluster:view', resourceId: cluster,
        asked: { subject: { type: 'user', id: 'nobody@example.test' }, resource: { type: 'cluster', id: cluster }, address: null }, callerId: org.admin.id, credentialId: key.id,
      },
    ],
  })
})

test('a flood of denials is counted, and a part of it kept', async () => {
  const evaluations = Array.from({ length: 100 }, () => ({}))
  await server.ask('/access/v1/evaluations', { key, body: { ...evaluation({ type: 'user', id: 'usr_nobody' }), evaluations } })
  await server.ask('/access/v1/evaluations', { key, body: { ...evaluation({ type: 'user', id: 'usr_nobody' }), evaluations } })
  await writeDecisions()
  const uses = await db().decisionUse.findMany({ where: { organizationId: org.id } })
  expect(uses.map(({ denied }) => Number(denied))).toEqual([200])
  // A minute may have ended in between.
  expect([DENIALS_A_MINUTE, 2 * DENIALS_A_MINUTE]).toContain(await db().decisionDenial.count({ where: { organizationId: org.id } }))
})

test('what could not be written is written the next time, and an organization that is gone is left out', async () => {
  await ask(evaluation(admin()))
  const taken = takeDecisions()
  giveBack({ ...taken, tallies: [...taken.tallies, ...taken.tallies.map((tally) => ({ ...tally, organizationId: 'org_gone' }))] })
  await writeDecisions()
  expect((await get('/decisions/uses')).body).toMatchObject({ data: [{ allowed: 1 }] })
})

test('only who may read the whole log reads it, and nobody another organization’s', async () => {
  await ask(evaluation({ type: 'user', id: 'usr_nobody' }))
  await writeDecisions()
  const other = await makeOrganization()
  const stranger = await makeKey(other, other.admin)
  const member = await makeMember(org)
  const lacking = await makeKey(org, member)
  for (const path of ['/decisions/denials', '/decisions/uses', '/decisions/counts']) {
    expect((await get(path, stranger)).body).toMatchObject({ data: [] })
    expect(await get(path, lacking)).toMatchObject({ status: 403, body: { permission: 'gatehouse/audit:read', scope: org.id } })
  }
})

test('a range that is none is told', async () => {
  for (const query of ['from=2026-11-22T09:30:00Z&to=2026-11-22T09:30:00Z', 'from=2026-11-20T09:30:00Z&to=2026-11-22T09:30:00Z', 'from=yesterday'])
    expect(await get(`/decisions/counts?${query}`)).toMatchObject({ status: 422, body: { errors: [{ parameter: 'from' }] } })
})
