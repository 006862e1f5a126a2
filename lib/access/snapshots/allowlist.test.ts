import { expect, test } from 'vitest'
import { db } from '@/lib/db'
import { newId } from '@/lib/ids'
import { testDatabase } from '@/lib/testing/database'
import { makeOrganization } from '@/lib/testing/factories'
import { IndexStore } from './index-store'

const database = testDatabase()

async function versionOf(id: string): Promise<number> {
  return Number((await db().organization.findUniqueOrThrow({ where: { id } })).accessVersion)
}

test('a process follows the allowlist to where one that reads it anew begins, thousands of entries at once too', async () => {
  const { id: organizationId } = await makeOrganization()
  const store = new IndexStore(database.url)
  const judged = async (addresses: readonly string[], at = 0) => {
    const version = await versionOf(organizationId)
    const followed = await store.atLeast(organizationId, version)
    const anew = await new IndexStore(database.url).atLeast(organizationId, version)
    const answers = [followed, anew].map(({ allowlist }) => addresses.map((address) => allowlist.judge('console', address, at)))
    expect(answers[0]).toEqual(answers[1])
    return answers[0]
  }
  expect(await judged(['10.0.0.1'])).toEqual(['open'])
  const entry = { organizationId, surfaces: ['console', 'api', 'data'] }
  const id = newId('allowlistEntry')
  await db().allowlistEntry.create({ data: { ...entry, id, cidr: '10.0.0.0/24', expiresAt: new Date(5000) } })
  await db().allowlist.create({ data: { organizationId, mode: 'enforced', revertAt: new Date(9000), revertMode: 'off', revertCoversData: false } })
  expect(await judged(['10.0.0.1', '10.0.1.1'])).toEqual(['listed', 'refused'])
  expect(await judged(['10.0.0.1'], 5000)).toEqual(['refused'])
  expect(await judged(['10.0.0.1'], 9000)).toEqual(['open'])
  await db().allowlistEntry.update({ where: { organizationId_id: { organizationId, id } }, data: { surfaces: ['api'], pending: 'changed', previous: { surfaces: ['console'], expiresAt: null } } })
  expect(await judged(['10.0.0.1'])).toEqual(['refused'])
  await db().allowlistEntry.createMany({ data: Array.from({ length: 1500 }, (_, index) => ({ ...entry, id: newId('allowlistEntry'), cidr: `10.1.${Math.floor(index / 256)}.${index % 256}` })) })
  expect(await judged(['10.1.0.0', '10.1.5.219', '10.1.5.220'])).toEqual(['listed', 'listed', 'refused'])
  await db().allowlistEntry.deleteMany({ where: { organizationId, cidr: { startsWith: '10.1.' } } })
  expect(await judged(['10.1.0.0', '10.0.0.1'])).toEqual(['refused', 'refused'])
  await db().allowlist.update({ where: { organizationId }, data: { mode: 'off', revertAt: null, revertMode: null, revertCoversData: null } })
  expect(await judged(['10.1.0.0'])).toEqual(['open'])
})
