import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { db } from '@/lib/db'
import { sealPending } from '@/lib/features/audit-events/sealing'
import { makeKey, testApi, type TestKey } from '@/lib/testing/api'
import { testDatabase } from '@/lib/testing/database'
import { makeOrganization, type TestOrganization } from '@/lib/testing/factories'

testDatabase()
const api = testApi()
const written: string[] = []
const hear = (chunk: unknown) => {
  written.push(String(chunk))
  return true
}
const [out, err] = [vi.spyOn(process.stdout, 'write').mockImplementation(hear), vi.spyOn(process.stderr, 'write').mockImplementation(hear)]
let org: TestOrganization
let admin: TestKey

beforeAll(async () => {
  vi.stubEnv('LOG_LEVEL', 'trace')
  org = await makeOrganization()
  admin = await makeKey(org, org.admin)
})

afterAll(() => {
  out.mockRestore()
  err.mockRestore()
})

const asText = (value: unknown): string => (typeof value === 'string' ? value : '')

/** Every secret half of what an answer showed: the whole of it would miss a place that keeps only what is secret. */
function secretsIn(body: Record<string, unknown>): string[] {
  const shown = [body['secret'], body['token'], body['clientSecret']].map(asText).filter(Boolean)
  return shown.map((text) => text.slice(text.lastIndexOf('_') + 1)).filter((text) => text.length > 20)
}

async function call(request: string, more: Parameters<typeof api>[1] = {}): Promise<Record<string, unknown>> {
  const reply = await api(request, { key: admin, ...more })
  expect(reply.status, `${request}: ${JSON.stringify(reply.body)}`).toBeLessThan(300)
  return reply.body
}

/** All tables as text, whatever their columns hold. */
async function databaseAsText(): Promise<string> {
  const tables = await db().$queryRaw<{ name: string }[]>`SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`
  const parts = tables.map(({ name }) => `SELECT '${name}' AS name, coalesce(string_agg(t::text, E'\\n'), '') AS rows FROM "${name}" t`)
  const rows = await db().$queryRawUnsafe<{ name: string; rows: string }[]>(parts.join(' UNION ALL '))
  return rows.map(({ name, rows: text }) => `${name}\n${text}`).join('\n')
}

test('a secret is in the one answer that shows it, and nowhere else', async () => {
  const account = await call('POST /service-accounts', { body: { name: 'deployer', roles: [{ role: 'viewer' }] } })
  const places = [
    { make: 'POST /api-keys', at: '/api-keys', body: { name: 'a key', role: 'viewer' } },
    { make: `POST /service-accounts/${asText(account['id'])}/keys`, at: `/service-accounts/${asText(account['id'])}/keys`, body: { name: 'ci' } },
    { make: 'POST /tokens', at: '/tokens', body: { role: 'viewer', description: 'reporting' } },
  ]
  const secrets: string[] = []
  const seen: string[] = []
  for (const { make, at, body } of places) {
    const made = await call(make, { body, headers: { 'idempotency-key': `make-${at.length}` } })
    const id = asText(made['id'])
    const whole = asText(made['secret']) || asText(made['token'])
    secrets.push(...secretsIn(made))
    await call('GET /whoami', { key: { secret: whole } })
    const rotated = await call(`POST ${at}/${id}/rotate`, { body: { overlapHours: 1 }, headers: { 'idempotency-key': `rotate-${at.length}` } })
    secrets.push(...secretsIn(rotated))
    const next = asText(rotated['secret']) || asText(rotated['token'])
    for (const secret of [whole, next]) await call('GET /whoami', { key: { secret } })
    // In places where people put a secret by mistake.
    await api(`GET /audit-events?actor=${next}`, { key: { secret: next } })
    await api(`GET /users?q=${next}`, { key: { secret: `${next.slice(0, -1)}~` } })
    await call(`PATCH ${at}/${asText(rotated['id'])}`, { body: { status: 'suspended' } })
    expect((await api('GET /whoami', { key: { secret: next } })).status).toBe(401)
    for (const address of [at, `${at}/${id}`, '/audit-events?limit=200', '/audit-events/export?format=csv', '/audit-events/export?format=ndjson']) seen.push(JSON.stringify((await api(`GET ${address}`, { key: admin })).body))
    for (const gone of [id, asText(rotated['id'])]) await call(`DELETE ${at}/${gone}`)
  }
  await sealPending(org.id)
  expect(secrets.length).toBeGreaterThanOrEqual(6)
  const [database, answers, log] = [await databaseAsText(), seen.join('\n'), written.join('')]
  expect(database).toContain('deployer')
  expect(answers).toContain('api-key.create')
  for (const secret of secrets) {
    expect(database.includes(secret), 'in the database').toBe(false)
    expect(answers.includes(secret), 'in an answer that shows no secret').toBe(false)
    expect(log.includes(secret), 'in the log').toBe(false)
  }
})
