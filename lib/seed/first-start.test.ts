import { beforeAll, describe, expect, test } from 'vitest'
import { db } from '@/lib/db'
import { passwordMatches } from '@/lib/passwords'
import { testDatabase } from '@/lib/testing/database'
import { seedMembers } from './large'
import { seedKeys } from './large-keys'
import { ensureSampleOrganization, type SampleAdministrator } from './sample-organization'
import { ensureSetUpLink, renewSetUpLink } from './set-up-link'

testDatabase()

describe('an empty database', () => {
  test('has one set-up link for all processes, until a new one is asked for', async () => {
    const [first, second] = await Promise.all([ensureSetUpLink(), ensureSetUpLink()])
    expect(first).toMatch(/^http:\/\/localhost:3000\/set-up\/lnk_/)
    expect(second).toBe(first)
    const renewed = await renewSetUpLink()
    expect(renewed).not.toBe(first)
    expect(await ensureSetUpLink()).toBe(renewed)
  })

  test('gets the sample organization once, from whichever process is first', async () => {
    const made = (await Promise.all([1, 2, 3].map(() => ensureSampleOrganization()))).filter((sample): sample is SampleAdministrator => sample !== null)
    expect(made).toHaveLength(1)
    const account = await db().account.findUniqueOrThrow({ where: { email: 'admin@acme.test' } })
    expect(await passwordMatches(account.passwordHash, made[0]?.password ?? '')).toBe(true)
    expect(await db().organization.findMany({ select: { slug: true, accessModel: true } })).toEqual([{ slug: 'acme', accessModel: 'standard' }])
    expect(await ensureSampleOrganization()).toBeNull()
    expect(await ensureSetUpLink()).toBeNull()
  })
})

describe('made-up members', () => {
  let id: string

  beforeAll(async () => {
    id = (await db().organization.findUniqueOrThrow({ where: { slug: 'acme' } })).id
  })

  test('are made once, of every kind', async () => {
    expect(await seedMembers('acme', 200)).toBe(200)
    expect(await seedMembers('acme', 250)).toBe(50)
    const counts = await db().membership.groupBy({ by: ['status'], where: { organizationId: id, source: 'invitation' }, _count: true })
    expect(Object.fromEntries(counts.map(({ status, _count }) => [status, _count > 0]))).toEqual({ active: true, invited: true, suspended: true })
    expect(await db().membership.count({ where: { organizationId: id, email: 'member250@acme.test' } })).toBe(1)
    expect(await db().roleAssignment.count({ where: { organizationId: id } })).toBeGreaterThan(100)
  })

  test('own made-up keys, which are made once too', async () => {
    expect([await seedKeys('acme', 200), await seedKeys('acme', 230)]).toEqual([200, 30])
    const counts = await db().apiKey.groupBy({ by: ['status'], where: { organizationId: id, purpose: 'made-up key' }, _count: true })
    expect(Object.fromEntries(counts.map(({ status, _count }) => [status, _count]))).toEqual({ active: 199, revoked: 23, suspended: 8 })
    expect(await db().apiKey.count({ where: { organizationId: id, name: 'ingest 1', searchText: { contains: '@' } } })).toBe(1)
  })

  test('need an organization', async () => {
    await expect(seedKeys('nowhere', 1)).rejects.toMatchObject({ code: 'not-found' })
    await expect(seedMembers('nowhere', 1)).rejects.toMatchObject({ code: 'not-found' })
  })
})
