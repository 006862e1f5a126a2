import { afterEach, expect, test } from 'vitest'
import { actorOfSecret } from '@/lib/access/principals/session'
import { performPublic } from '@/lib/boundary/public-operation'
import { setClock } from '@/lib/clock'
import { db } from '@/lib/db'
import { testDatabase } from '@/lib/testing/database'
import { eventsOf, tokenOf } from '@/lib/testing/people'
import { ensureSetUpLink } from '@/lib/seed/set-up-link'
import { setUp } from './set-up'

testDatabase()
afterEach(() => setClock(null))

const input = { organization: 'Northwind', slug: 'northwind', name: 'Robin Reader', email: 'robin@example.test', password: 'seven green bottles hanging' }
const freshToken = async () => tokenOf((await ensureSetUpLink()) ?? '')
const run = (token: string, more = {}) => performPublic(setUp, { ...input, ...more, token })
const nothingMade = async () => expect([await db().account.count(), await db().organization.count()]).toEqual([0, 0])

test('bad input and weak passwords make nothing and leave the link usable', async () => {
  const token = await freshToken()
  await expect(run(token, { slug: 'sign-in' })).rejects.toMatchObject({ extras: { fields: [{ path: 'slug', message: 'This address is reserved; choose another' }] } })
  await expect(run(token, { password: 'robin and the others' })).rejects.toMatchObject({ extras: { fields: [{ path: 'password' }] } })
  await expect(run(token, { accessModel: 'none such' })).rejects.toMatchObject({ extras: { fields: [{ path: 'accessModel', message: 'Choose one of the listed access models' }] } })
  await nothingMade()
})

test('wrong and expired links make nothing', async () => {
  const token = await freshToken()
  for (const wrong of ['', 'nonsense', `${token.split('.')[0]}.${'0'.repeat(40)}`]) await expect(run(wrong)).rejects.toMatchObject({ code: 'link-invalid' })
  setClock(new Date(Date.now() + 25 * 3600_000))
  await expect(run(token)).rejects.toMatchObject({ code: 'link-invalid' })
  await nothingMade()
})

test('of several set-ups at once one makes the first account and organization; afterwards there is no link', async () => {
  const token = await freshToken()
  const results = await Promise.allSettled([run(token), run(token, { slug: 'other', email: 'other@example.test' }), run(token)])
  const done = results.filter((result) => result.status === 'fulfilled').map((result) => result.value)
  expect(done).toHaveLength(1)
  for (const result of results) if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'link-invalid' })
  expect([await db().account.count(), await db().organization.count()]).toEqual([1, 1])

  const organization = await db().organization.findFirstOrThrow()
  const account = await db().account.findFirstOrThrow()
  expect(done[0]).toMatchObject({ accountId: account.id, slug: organization.slug })
  expect(account.emailVerifiedAt).toBeNull()
  expect(await actorOfSecret(done[0]?.secret ?? '')).toMatchObject({ accountId: account.id })
  const membership = await db().membership.findFirstOrThrow({ where: { organizationId: organization.id }, include: { assignments: { include: { role: true } } } })
  expect(membership).toMatchObject({ accountId: account.id, status: 'active', source: 'founder' })
  expect(membership.assignments.map(({ role }) => role.name)).toEqual(['administrator'])
  expect(await eventsOf(organization.id, 'organization.create')).toMatchObject([{ actorType: 'account', actorId: account.id, after: { slug: organization.slug, accessModel: 'standard' } }])
  expect(await eventsOf(organization.id, 'session.open')).toHaveLength(1)

  expect(await ensureSetUpLink()).toBeNull()
  await expect(run(token)).rejects.toMatchObject({ code: 'link-invalid', message: 'this installation is set up already; sign in instead' })
})
