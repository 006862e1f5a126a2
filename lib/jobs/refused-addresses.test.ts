import { afterEach, expect, test } from 'vitest'
import { noteRefusedAddress, takeRefusedAddresses } from '@/lib/access/principals/refused-addresses'
import { setClock } from '@/lib/clock'
import { db } from '@/lib/db'
import { makeKey, testApi } from '@/lib/testing/api'
import { testDatabase } from '@/lib/testing/database'
import { makeOrganization } from '@/lib/testing/factories'
import { eventsOf } from '@/lib/testing/people'
import { writeRefusedAddresses } from './refused-addresses'

testDatabase()
const api = testApi()
afterEach(() => {
  setClock(null)
  takeRefusedAddresses(Infinity)
})

test('a key used from an address it is not for is one event a minute, with how many it stands for', async () => {
  const org = await makeOrganization()
  const [key, other] = [await makeKey(org, org.admin), await makeKey(org, org.admin)]
  await db().apiKey.updateMany({ where: { organizationId: org.id }, data: { addresses: ['203.0.113.0/24'] } })
  const told = async () => (await eventsOf(org.id, 'credential.refuse-address')).map(({ outcome, address, credentialId, detail }) => ({ outcome, address, credentialId, detail }))
  const event = (credentialId: string, count: number) => ({ outcome: 'denied', address: '198.51.100.7', credentialId, detail: { count, address: '198.51.100.7' } })

  for (let n = 0; n < 3; n++) expect((await api('GET /whoami', { key })).status).toBe(403)
  await writeRefusedAddresses()
  await writeRefusedAddresses()
  for (let n = 0; n < 2; n++) await api('GET /users', { key })
  await api('GET /users', { key: other })
  await writeRefusedAddresses()
  expect(await told()).toEqual([event(key.id, 3), event(other.id, 1)])

  await api('GET /users', { key })
  setClock(new Date(Date.now() + 61_000))
  await writeRefusedAddresses()
  expect(await told()).toEqual([event(key.id, 3), event(other.id, 1), event(key.id, 3)])
  expect(await eventsOf(org.id, 'credential.refuse-address')).toMatchObject([{ actorType: 'api_key', actorName: org.admin.email, targets: [{ type: 'api_key', id: key.id, name: 'test' }] }, {}, {}])
})

test('one that cannot be told keeps none of the others from being told', async () => {
  const org = await makeOrganization()
  const key = await makeKey(org, org.admin)
  const facts = { id: 'req_one', address: '198.51.100.9', userAgent: '', source: 'api' as const, nonce: '', session: null }
  // No database takes this id, so that telling of it fails as it would when the database is away.
  for (const id of ['key_\0', key.id]) noteRefusedAddress(org.id, id, facts)
  await expect(writeRefusedAddresses()).rejects.toThrow()
  expect((await eventsOf(org.id, 'credential.refuse-address')).map(({ credentialId, detail }) => [credentialId, detail])).toEqual([[key.id, { count: 1, address: '198.51.100.9' }]])
})
