import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { perform } from '@/lib/boundary/perform'
import { setClock } from '@/lib/clock'
import { db } from '@/lib/db'
import { verifyDomain } from '@/lib/features/verified-domains/operations'
import { recordName, recordValue } from '@/lib/features/verified-domains/rules'
import { newId } from '@/lib/ids'
import { renderMail } from '@/lib/mail/templates'
import { testDatabase } from '@/lib/testing/database'
import { sampleDns, type TestDns } from '@/lib/testing/dns'
import { makeMember, makeOrganization, type TestMember, type TestOrganization } from '@/lib/testing/factories'
import { eventsOf, mailsTo } from '@/lib/testing/people'
import { recheckDomains } from './recheck-domains'

testDatabase()

const HOUR_MS = 3600_000
const START = new Date('2029-05-01T00:00:00Z')
let dns: TestDns
let org: TestOrganization
let writer: TestMember
let domain: string
let id: string

beforeAll(async () => {
  dns = await sampleDns()
})
beforeEach(async () => {
  org = await makeOrganization()
  writer = await makeMember(org, ['sign-in:read', 'sign-in:write'])
  domain = `${org.slug}.example`
  id = newId('domain')
  await db().verifiedDomain.create({ data: { id, organizationId: org.id, domain, token: 'token', verifiedAt: START, checkedAt: START } })
})
afterEach(() => setClock(null))

const publish = (texts: readonly string[]) => dns.set(recordName(domain), texts)

async function checkAt(hours: number): Promise<void> {
  setClock(new Date(START.getTime() + hours * HOUR_MS))
  await Promise.all([recheckDomains(), recheckDomains()])
}

const row = () => db().verifiedDomain.findUniqueOrThrow({ where: { organizationId_id: { organizationId: org.id, id } } })
const eventNames = async () => [...(await eventsOf(org.id, 'domain.record-missing')), ...(await eventsOf(org.id, 'domain.record-found'))].map(({ event }) => event)

test('a record that is there is looked at once a day, and nothing is told', async () => {
  publish([recordValue('token')])
  await checkAt(23)
  expect((await row()).checkedAt).toEqual(START)
  await checkAt(25)
  expect(await row()).toMatchObject({ checkedAt: new Date(START.getTime() + 25 * HOUR_MS), missingSince: null })
  expect(await eventNames()).toEqual([])
})

test('a record that is gone is noted at once, told by mail after a day, once; the domain stays verified', async () => {
  publish([])
  await checkAt(25)
  expect(await row()).toMatchObject({ verifiedAt: START, missingSince: new Date(START.getTime() + 25 * HOUR_MS) })
  await checkAt(40)
  expect(await mailsTo(writer.email)).toEqual([])
  for (const hours of [50, 60, 200]) await checkAt(hours)
  const mails = await mailsTo(writer.email)
  expect(mails.map(({ subject }) => subject)).toEqual([`The record that proves ${domain} is gone`])
  const { text } = await renderMail(db(), mails[0]?.template ?? '', mails[0]?.params)
  expect(text).toContain(`publish the record again at _gatehouse-challenge.${domain} with the text gatehouse-domain-verification=token`)
  expect(text).toContain('Nothing was changed')
  expect((await row()).verifiedAt).toEqual(START)
  expect(await eventNames()).toEqual(['domain.record-missing'])
})

test('a record that came back ends it, and is told of anew when it goes again', async () => {
  publish(['something else'])
  await checkAt(25)
  publish(['something else', recordValue('token')])
  await checkAt(27)
  expect(await row()).toMatchObject({ missingSince: null })
  expect(await eventNames()).toEqual(['domain.record-missing', 'domain.record-found'])
  publish([])
  await checkAt(60)
  await checkAt(90)
  expect(await mailsTo(writer.email)).toHaveLength(1)
})

test('somebody who publishes it again need not wait', async () => {
  publish([])
  await checkAt(25)
  await expect(perform(verifyDomain, org.admin.actor, org.id, { id })).rejects.toMatchObject({ code: 'conflict' })
  publish([recordValue('token')])
  await perform(verifyDomain, org.admin.actor, org.id, { id })
  expect(await row()).toMatchObject({ verifiedAt: START, missingSince: null })
})

test('a resolver that does not answer says nothing', async () => {
  setClock(new Date(START.getTime() + 25 * HOUR_MS))
  const before = process.env['GATEHOUSE_DNS']
  const { forgetEnv } = await import('@/lib/env')
  process.env['GATEHOUSE_DNS'] = '127.0.0.1:1'
  forgetEnv()
  await recheckDomains()
  process.env['GATEHOUSE_DNS'] = before
  forgetEnv()
  expect(await row()).toMatchObject({ missingSince: null, checkedAt: START })
})
