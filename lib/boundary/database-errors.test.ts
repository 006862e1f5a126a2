import { beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { encodeCursor } from '@/lib/pagination'
import { makeKey, testApi, type TestKey } from '@/lib/testing/api'
import { testDatabase } from '@/lib/testing/database'
import { makeMember, makeOrganization, type TestOrganization } from '@/lib/testing/factories'

testDatabase()
const api = testApi()
let org: TestOrganization
let key: TestKey

beforeEach(async () => {
  org = await makeOrganization()
  key = await makeKey(org, org.admin)
})

/** The year 0: written as RFC 3339 has it, and known to JavaScript, but not to PostgreSQL. */
const NEVER = '0000-01-01T00:00:00Z'

test.each([
  [`GET /decisions/counts?from=${NEVER}&to=0000-01-01T01:00:00Z`, undefined],
  ['PUT /ip-allowlist', { mode: 'off', entries: [{ cidr: '203.0.113.0/24', expiresAt: NEVER }] }],
])('%s with a moment no database keeps is answered in words', async (request, body) => {
  expect(await api(request, { key, ...(body !== undefined && { body }) })).toMatchObject({ status: 422, body: { detail: expect.stringContaining('moment') } })
})

test('so is a cursor with such a moment written into it', async () => {
  await makeMember(org)
  const { body } = await api('GET /users?sort=added&limit=1', { key })
  const { f } = z.object({ f: z.string() }).parse(JSON.parse(Buffer.from(String(body['nextCursor']), 'base64url').toString('utf8')))
  const cursor = encodeCursor([NEVER, 'usr_1'], f)
  expect(await api(`GET /users?sort=added&limit=1&cursor=${cursor}`, { key })).toMatchObject({ status: 422 })
})
