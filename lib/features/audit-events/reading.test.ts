import { beforeEach, expect, test } from 'vitest'
import { asMember, enter, requirePermission } from '@/lib/access/enter'
import { SYSTEM_ACTOR, writeAudit } from '@/lib/boundary/audit'
import { setClock } from '@/lib/clock'
import { db } from '@/lib/db'
import { newId } from '@/lib/ids'
import { testDatabase } from '@/lib/testing/database'
import { makeMember, makeOrganization, makeRole, type TestMember, type TestOrganization } from '@/lib/testing/factories'
import { streamOf } from '@/lib/text-stream'
import { listEvents, NO_FILTERS } from './queries'
import { beginExport, readAnchor, recordReading, verifyAudit } from './reading'
import { AuditEventOutput } from './schema'

testDatabase()

let org: TestOrganization
let auditor: TestMember

beforeEach(async () => {
  setClock(null)
  org = await makeOrganization()
  auditor = await makeMember(org, ['audit:read'])
})

const ctxOf = async (who: TestMember) => requirePermission(await enter(db(), who.actor, org.slug), 'audit:read')

async function write(name: string, targetId = newId('user')): Promise<void> {
  await writeAudit(db(), [{ organizationId: org.id, event: 'member.suspend', outcome: 'success', actor: { ...SYSTEM_ACTOR, name }, targets: [{ type: 'user', id: targetId, name: 'm.dev@acme.test' }] }])
}

const events = async () => (await db().auditEvent.findMany({ where: { organizationId: org.id }, orderBy: { id: 'asc' } })).map(({ event, outcome, actorName, detail }) => ({ event, outcome, actorName, detail }))

async function textOf(pieces: AsyncGenerator<string>): Promise<string> {
  let text = ''
  for await (const piece of pieces) text += piece
  return text
}

test('reading is put into the log once an hour a person', async () => {
  const at = new Date()
  setClock(at)
  await Promise.all([recordReading(await ctxOf(auditor)), recordReading(await ctxOf(auditor))])
  await recordReading(await ctxOf(auditor))
  await recordReading(await ctxOf(org.admin))
  expect(await events()).toEqual([
    { event: 'audit.read', outcome: 'success', actorName: auditor.email, detail: null },
    { event: 'audit.read', outcome: 'success', actorName: org.admin.email, detail: null },
  ])
  setClock(new Date(at.getTime() + 3700_000))
  await recordReading(await ctxOf(auditor))
  expect(await events()).toHaveLength(3)
})

test('an export holds what the list shows, and is put into the log before it begins', async () => {
  for (let index = 0; index < 401; index += 1) await write(`n${index}`)
  const listed = []
  for (let after: string | null | undefined; after !== null; ) {
    const page = await listEvents(await ctxOf(auditor), { ...NO_FILTERS, event: ['member.suspend'] }, { limit: 150, last: false, ...(after && { after }) })
    listed.push(...page.rows)
    after = page.nextCursor
  }
  const { filename, contentType, pieces } = await beginExport(auditor.actor, org.slug, { format: 'ndjson', event: 'member.suspend' })
  expect([filename, contentType]).toEqual([expect.stringMatching(new RegExp(`^${org.slug}-audit-\\d{4}-\\d\\d-\\d\\d\\.ndjson$`)), 'application/x-ndjson; charset=utf-8'])
  expect((await events()).at(-1)).toEqual({ event: 'audit.export', outcome: 'success', actorName: auditor.email, detail: { format: 'ndjson', filter: { event: ['member.suspend'] } } })
  const lines = (await textOf(pieces)).trimEnd().split('\n').map((line): unknown => JSON.parse(line))
  expect(lines).toHaveLength(401)
  expect(lines).toEqual(listed)
})

test('a CSV export has a header, quotes what needs it and neutralises formulas', async () => {
  await writeAudit(db(), [{
    organizationId: org.id, event: 'organization.rename', outcome: 'success', actor: { type: 'user', id: 'usr_1', name: '=HYPERLINK("https://evil.test")', credentialId: null },
    targets: [{ type: 'organization', id: org.id, name: '+1, "two"\nthree' }], before: { name: 'a' }, after: { name: '@b' },
  }])
  const { pieces } = await beginExport(auditor.actor, org.slug, { format: 'csv', event: ['organization.rename'] })
  const [header = '', row = '', ...rest] = (await textOf(pieces)).split('\r\n')
  expect(header).toBe('\ufeffid,time,event,outcome,sentence,source,actor type,actor id,actor,credential id,targets,target ids,before,after,detail,address,user agent,request id,sequence,seal')
  expect(row).toContain(',organization.rename,success,"\'=HYPERLINK(""https://evil.test"") renamed the organization from a to @b",system,user,usr_1,"\'=HYPERLINK(""https://evil.test"")",,"\'+1, ""two""\nthree",')
  expect(row).toContain('"{""name"":""a""}","{""name"":""@b""}"')
  expect(rest).toEqual([''])
})

test('an exported seal is a copy of the anchor: with it a later verification finds what was cut off', async () => {
  await write('1')
  await write('2')
  await verifyAudit(auditor.actor, org.slug)
  const { pieces } = await beginExport(auditor.actor, org.slug, { format: 'ndjson', event: ['member.suspend'] })
  const [newest] = (await textOf(pieces)).trimEnd().split('\n').map((line) => AuditEventOutput.parse(JSON.parse(line)).seal)
  expect(newest).toEqual({ sequence: '2', value: expect.stringMatching(/^[0-9a-f]{64}$/) })
  const kept = { count: newest?.sequence, head: newest?.value }
  expect(await verifyAudit(auditor.actor, org.slug, { kept })).toMatchObject({ state: 'intact' })
  expect(await verifyAudit(auditor.actor, org.slug, { kept: { ...kept, count: '1' } })).toMatchObject({ state: 'broken', problems: [{ kind: 'anchor', sequence: '1' }] })
})

test('a bad filter is told by its parameter and nothing is exported', async () => {
  await expect(beginExport(auditor.actor, org.slug, { format: 'csv', from: 'x' })).rejects.toMatchObject({ code: 'invalid-input', extras: { fields: [{ path: 'from' }] } })
  await expect(beginExport(auditor.actor, org.slug, { format: 'xls' })).rejects.toMatchObject({ extras: { fields: [{ path: 'format' }] } })
  expect(await events()).toEqual([])
})

test('a stream asks for the next piece when there is room, and lets go when its reader leaves', async () => {
  let made = 0
  let isOver = false
  async function* pieces() {
    try {
      for (; made < 100; made += 1) yield 'x'
    } finally {
      isOver = true
    }
  }
  const reader = streamOf(pieces()).getReader()
  await reader.read()
  // Whatever would run ahead has had its turns.
  for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve))
  expect(made).toBeLessThan(4)
  await reader.cancel()
  expect(isOver).toBe(true)
})

test('who may read a folder’s log exports that part', async () => {
  const folder = newId('folder')
  await db().resource.create({ data: { id: folder, organizationId: org.id, type: 'folder', name: 'Analytics', parentId: org.id } })
  const person = await makeMember(org)
  await db().roleAssignment.create({ data: { id: newId('assignment'), organizationId: org.id, membershipId: person.id, roleId: await makeRole(org.id, ['audit:read']), scopeId: folder } })
  await write('elsewhere')
  await write('here', folder)
  const { pieces } = await beginExport(person.actor, org.slug, { format: 'ndjson' })
  expect((await textOf(pieces)).match(/"name":"(here|elsewhere)"/g)).toEqual(['"name":"here"'])
})

test('without the permission nothing is exported or verified, and the attempts are in the log', async () => {
  const person = await makeMember(org)
  const detail = expect.objectContaining({ code: 'forbidden', missing: { permission: 'audit:read', scope: org.id } })
  await expect(beginExport(person.actor, org.slug, { format: 'csv' })).rejects.toMatchObject({ code: 'forbidden' })
  await expect(verifyAudit(person.actor, org.slug)).rejects.toMatchObject({ code: 'forbidden' })
  expect(await events()).toEqual([
    { event: 'audit.export', outcome: 'denied', actorName: person.email, detail },
    { event: 'audit.verify', outcome: 'denied', actorName: person.email, detail },
  ])
  await expect(beginExport((await makeOrganization()).admin.actor, org.slug, { format: 'csv' })).rejects.toMatchObject({ code: 'not-found' })
})

test('verifying seals what waits, tells the result, and is itself in the log', async () => {
  await write('1')
  await write('2')
  const anchor = await readAnchor(await ctxOf(auditor))
  expect(anchor).toMatchObject({ organization: org.id, count: 0, head: '' })
  const report = await verifyAudit(auditor.actor, org.slug)
  expect(report).toMatchObject({ state: 'intact', count: 2, head: expect.stringMatching(/^[0-9a-f]{64}$/), anchor: { count: 2 } })
  const head = report.state === 'intact' ? report.head : ''
  expect((await events()).at(-1)).toEqual({ event: 'audit.verify', outcome: 'success', actorName: auditor.email, detail: { state: 'intact', count: 2, head, problems: 0 } })
  expect(await verifyAudit(auditor.actor, org.slug, { kept: { count: '2', head } })).toMatchObject({ state: 'intact', count: 3 })
  expect(await verifyAudit(auditor.actor, org.slug, { kept: { count: '3', head } })).toMatchObject({ state: 'broken', total: 1 })
  expect((await events()).at(-1)).toMatchObject({ detail: { state: 'broken', problems: 1 } })
  await expect(verifyAudit(auditor.actor, org.slug, { kept: { count: 1, head: 'x' } })).rejects.toMatchObject({ code: 'invalid-input', extras: { fields: [{ path: 'kept.head' }] } })
})

test('the local command reads, exports and verifies like everyone else', async () => {
  expect(await verifyAudit({ type: 'command', name: 'local command' }, org.slug)).toMatchObject({ state: 'intact' })
  expect(await events()).toEqual([{ event: 'audit.verify', outcome: 'success', actorName: 'local command', detail: { state: 'intact', count: 0, head: '', problems: 0 } }])
  expect(asMember(await enter(db(), auditor.actor, org.slug)).orgId).toBe(org.id)
})
