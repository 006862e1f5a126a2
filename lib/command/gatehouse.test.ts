import { describe, expect, test } from 'vitest'
import { db, transaction } from '@/lib/db'
import { makeOneTimeLink } from '@/lib/links'
import { enqueueMails } from '@/lib/mail/outbox'
import { testApi } from '@/lib/testing/api'
import { localCommand, jsonOf } from '@/lib/testing/command'
import { testDatabase } from '@/lib/testing/database'
import { PASSWORD } from '@/lib/testing/people'

const database = testDatabase()
const gatehouse = localCommand(() => database.url)

describe('called wrongly: exit code 2, a reason, and no word on standard output', () => {
  test.each([
    ['', 'no command'], ['org make', 'no command `org make`'], ['org create --name Acme', '--slug is missing'], ['audit verify --org x --name y', '--name is no option'],
    ['migrate now', '`now` is too much'], ['org create --key-days soon --name A --slug a --admin-email a@b.test', '--key-days is a whole number'],
  ])('`%s`', async (line, reason) => {
    const said = await gatehouse(line)
    expect([said.code, said.out]).toEqual([2, ''])
    expect(said.err).toContain(reason)
  })
})

test('--help: exit code 0', async () => {
  const said = await gatehouse('--help')
  expect([said.code, said.err]).toEqual([0, ''])
  expect(said.out).toContain('audit verify --org S')
})

test('from an empty database to a verified log', async () => {
  expect(jsonOf(await gatehouse('set-up link --json'))).toEqual({ link: expect.stringContaining('/set-up/lnk_') })

  const made = jsonOf(await gatehouse('org create --name First --slug first --admin-email Boss@First.test --password-stdin --json', `${PASSWORD}\n`))
  expect(made).toEqual({
    organization: { id: expect.stringMatching(/^org_/), slug: 'first' },
    admin: { id: expect.stringMatching(/^usr_/), email: 'boss@first.test', password: PASSWORD },
    apiKey: expect.stringMatching(/^gh_key_/),
  })
  const whoami = await testApi()('GET /whoami', { key: { secret: String(made['apiKey']) } })
  expect(whoami.body).toMatchObject({ organization: { slug: 'first' }, principal: { name: 'boss@first.test' } })

  const taken = await gatehouse('org create --name Second --slug first --admin-email boss@first.test')
  expect([taken.code, taken.out, taken.err]).toEqual([1, '', 'gatehouse: this address is taken\n'])

  const key = jsonOf(await gatehouse('api-key create --org first --email boss@first.test --name ci --days 2 --json'))
  expect(await db().apiKey.findUniqueOrThrow({ where: { id: String(key['id']) } })).toMatchObject({ name: 'ci', expiresAt: expect.any(Date) })

  const verified = await gatehouse('audit verify --org first --json')
  expect([verified.code, jsonOf(verified)]).toEqual([0, expect.objectContaining({ state: 'intact', count: 3 })])
  const { id: organizationId } = await db().organization.findUniqueOrThrow({ where: { slug: 'first' } })
  const events = await db().auditEvent.findMany({ where: { organizationId }, orderBy: { id: 'asc' } })
  expect(events.map(({ event, actorType, source }) => [event, actorType, source])).toEqual([
    ['organization.create', 'command', 'command'], ['api-key.issue', 'command', 'command'], ['api-key.issue', 'command', 'command'], ['audit.verify', 'command', 'command'],
  ])

  await db().$executeRawUnsafe('ALTER TABLE "AuditEvent" DISABLE TRIGGER USER')
  await db().$executeRawUnsafe(`UPDATE "AuditEvent" SET "actorName" = 'nobody' WHERE "event" = 'organization.create'`)
  expect((await gatehouse('audit verify --org first')).code).toBe(1)
}, 120_000)

test('the outbox shows kept mails with their link, and tells who looked', async () => {
  const account = await db().account.findUniqueOrThrow({ where: { email: 'boss@first.test' } })
  const [id = ''] = await transaction(async (tx) => {
    const linkId = await makeOneTimeLink(tx, 'password-reset', account.id, 60)
    return enqueueMails(tx, [{ recipient: account.email, template: 'password-reset', params: { linkId }, subject: 'Reset your Gatehouse password' }])
  })
  expect((await gatehouse('outbox list')).out).toContain(`${id}  `)
  const shown = jsonOf(await gatehouse(`outbox show ${id} --json`))
  expect(shown['text']).toContain('/reset/lnk_')
  expect((await gatehouse('outbox show mal_x')).err).toBe('gatehouse: no mail `mal_x`\n')
  const { id: organizationId } = await db().organization.findUniqueOrThrow({ where: { slug: 'first' } })
  const event = await db().auditEvent.findFirst({ where: { organizationId, event: 'mail.read' } })
  expect(event).toMatchObject({ actorType: 'command', targetIds: [id, expect.stringMatching(/^usr_/)] })
}, 60_000)
