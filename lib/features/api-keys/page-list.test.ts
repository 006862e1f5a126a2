import { beforeAll, describe, expect, test } from 'vitest'
import { makeSecret } from '@/lib/access/principals/secret-format'
import { read } from '@/lib/boundary/perform'
import { db } from '@/lib/db'
import { newId } from '@/lib/ids'
import type { CredentialPageRequest } from '@/lib/features/credential-lists/queries'
import { listAccountKeyPage } from '@/lib/features/service-accounts/page-list'
import { testDatabase } from '@/lib/testing/database'
import { makeMember, makeOrganization, type TestMember, type TestOrganization } from '@/lib/testing/factories'
import { findApiKeyDetails, listKeyPage } from './page-list'
import { KeyPageFilter } from './schema'

testDatabase()

const DAY = 24 * 3600_000
const now = Date.now()
const at = (days: number): Date => new Date(now + days * DAY)

let organization: TestOrganization
let member: TestMember

type Seed = { name: string; owner?: TestMember; createdAt?: Date; expiresAt?: Date | null; lastUsedAt?: Date | null; status?: 'active' | 'suspended' | 'revoked'; addresses?: string[] }

async function seed({ name, owner = member, ...rest }: Seed): Promise<string> {
  const id = newId('key')
  const { publicId, secretHash } = makeSecret('key')
  await db().apiKey.create({ data: { id, organizationId: organization.id, membershipId: owner.id, name, publicId, secretHash, ...rest } })
  return id
}

const list = (who: TestMember, filter: object, page: Partial<CredentialPageRequest> = {}) =>
  read(who.actor, organization.slug, 'key:self', (ctx) => listKeyPage(ctx, KeyPageFilter.parse({ owner: 'all', ...filter }), { limit: 50, ...page }))

const namesOf = async (who: TestMember, filter: object): Promise<string[]> => (await list(who, filter)).rows.map(({ name }) => name)

beforeAll(async () => {
  organization = await makeOrganization()
  member = await makeMember(organization, ['key:self'])
  await seed({ name: 'delta', createdAt: at(-5), lastUsedAt: at(-1), expiresAt: at(3) })
  await seed({ name: 'alpha', createdAt: at(-4), lastUsedAt: null, expiresAt: null })
  await seed({ name: 'Charlie 50%', createdAt: at(-3), lastUsedAt: at(-2), expiresAt: at(30), addresses: ['192.0.2.0/24'] })
  await seed({ name: 'bravo', createdAt: at(-120), lastUsedAt: null, expiresAt: null })
  await seed({ name: 'echo', createdAt: at(-1), lastUsedAt: at(-2), expiresAt: at(30), status: 'suspended' })
  await seed({ name: 'gone', createdAt: at(-2), status: 'revoked' })
  await seed({ name: 'over', createdAt: at(-60), expiresAt: at(-1) })
  await seed({ name: 'the administrator’s', owner: organization.admin, createdAt: at(-6) })
})

describe('order', () => {
  test.each([
    ['-created', ['echo', 'Charlie 50%', 'alpha', 'delta', 'over', 'bravo']],
    ['-last-used', ['delta', 'echo', 'Charlie 50%']],
    ['expires', ['over', 'delta', 'Charlie 50%', 'echo', 'alpha', 'bravo']],
  ])('%s', async (sort, first) => {
    expect((await namesOf(member, { owner: 'me', sort })).slice(0, first.length)).toEqual(first)
  })

  test.each(['name', '-name', 'created', '-created', 'last-used', '-last-used', 'expires', '-expires'])('%s is the same in pages of two, forwards and backwards', async (sort) => {
    const whole = await namesOf(organization.admin, { sort })
    expect(whole).toHaveLength(7)
    const forwards: string[] = []
    const back: string[][] = []
    let page = await list(organization.admin, { sort }, { limit: 2 })
    for (;;) {
      forwards.push(...page.rows.map(({ name }) => name))
      if (page.nextCursor === null) break
      page = await list(organization.admin, { sort }, { limit: 2, after: page.nextCursor })
    }
    expect(forwards).toEqual(whole)
    page = await list(organization.admin, { sort }, { limit: 2, last: true })
    for (;;) {
      back.unshift(page.rows.map(({ name }) => name))
      if (page.previousCursor === null) break
      page = await list(organization.admin, { sort }, { limit: 2, before: page.previousCursor })
    }
    expect(back.flat()).toEqual(whole)
  })
})

describe('what narrows it', () => {
  test.each([
    [{ status: ['revoked'] }, ['gone']],
    [{ status: ['expired', 'suspended'] }, ['echo', 'over']],
    [{ mark: 'narrowed' }, ['Charlie 50%']],
    [{ mark: 'expiring' }, ['delta']],
    [{ mark: 'old' }, ['bravo']],
    [{ mark: 'unused' }, ['bravo']],
    [{ q: '50%' }, ['Charlie 50%']],
    [{ q: 'CHARLIE' }, ['Charlie 50%']],
    [{ q: 'nothing\0' }, []],
  ])('%j', async (filter, names) => {
    expect((await namesOf(member, { owner: 'me', ...filter })).sort()).toEqual(names)
  })

  test('an owner’s address finds their keys, and the beginning of a secret its key', async () => {
    expect(await namesOf(organization.admin, { q: organization.admin.email })).toEqual(['the administrator’s'])
    const [key] = (await list(organization.admin, { q: 'delta' })).rows
    expect(await namesOf(organization.admin, { q: key?.hint.replace('…', '') })).toEqual(['delta'])
  })
})

test('a key is found by its owner’s new name, and by that of the account it was handed over to', async () => {
  const owner = await makeMember(organization)
  const id = await seed({ name: 'wanderer', owner })
  await db().account.update({ where: { id: owner.accountId }, data: { name: 'Quillon Vance' } })
  expect(await namesOf(organization.admin, { q: 'vance QUILL' })).toEqual(['wanderer'])
  const account = newId('serviceAccount')
  await db().serviceAccount.create({ data: { id: account, organizationId: organization.id, name: 'harvester' } })
  await db().apiKey.update({ where: { organizationId_id: { organizationId: organization.id, id } }, data: { membershipId: null, serviceAccountId: account } })
  await db().serviceAccount.update({ where: { organizationId_id: { organizationId: organization.id, id: account } }, data: { name: 'gleaner' } })
  const keys = (q: string) => read(organization.admin.actor, organization.slug, 'service-account:read', (ctx) => listAccountKeyPage(ctx, account, KeyPageFilter.parse({ q }), { limit: 5 }))
  expect((await keys('glean')).rows.map(({ name }) => name)).toEqual(['wanderer'])
  expect([(await keys('harvester')).count, await namesOf(organization.admin, { q: 'quillon' })]).toEqual([0, []])
})

test('others’ keys are for who may see them; one’s own are marked as such', async () => {
  await expect(list(member, {})).rejects.toMatchObject({ code: 'forbidden' })
  await expect(list(member, { owner: organization.admin.id })).rejects.toMatchObject({ code: 'forbidden' })
  expect((await list(organization.admin, {})).rows.filter(({ isOwn }) => isOwn).map(({ name }) => name)).toEqual(['the administrator’s'])
})

test('a cursor of another list is refused', async () => {
  const { nextCursor } = await list(organization.admin, {}, { limit: 1 })
  await expect(list(organization.admin, { q: 'a' }, { after: nextCursor ?? '' })).rejects.toMatchObject({ code: 'invalid-input' })
})

test('both halves of a rotation are shown together', async () => {
  const older = await seed({ name: 'rotated', expiresAt: at(1) })
  const newer = await seed({ name: 'rotated' })
  await db().apiKey.update({ where: { id: newer }, data: { rotatedFromId: older } })
  const details = await read(member.actor, organization.slug, 'key:self', (ctx) => findApiKeyDetails(ctx, older))
  expect([details.key.id, details.key.replacedBy, details.partner?.id]).toEqual([older, newer, newer])
})
