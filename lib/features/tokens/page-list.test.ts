import { beforeAll, describe, expect, test } from 'vitest'
import { makeSecret } from '@/lib/access/principals/secret-format'
import { read } from '@/lib/boundary/perform'
import { db } from '@/lib/db'
import type { CredentialPageRequest } from '@/lib/features/credential-lists/queries'
import { newId } from '@/lib/ids'
import { testDatabase } from '@/lib/testing/database'
import { makeMember, makeOrganization, makeResource, makeRole, type TestMember, type TestOrganization } from '@/lib/testing/factories'
import { listTokenPage, tokenFilterOf } from './page-list'

testDatabase()

const DAY = 24 * 3600_000
const now = Date.now()
const at = (days: number): Date => new Date(now + days * DAY)

let organization: TestOrganization
let roleId: string
let folderId: string

type Seed = { description: string; roleId?: string; scopeId?: string; createdAt?: Date; expiresAt?: Date | null; lastUsedAt?: Date | null; status?: 'active' | 'suspended' }

const seed = ({ description, ...rest }: Seed) => {
  const { publicId, secretHash } = makeSecret('tok')
  return db().applicationToken.create({ data: { id: newId('token'), organizationId: organization.id, description, publicId, secretHash, roleId, scopeId: organization.id, ...rest } })
}

const list = (params: Record<string, string>, page: Partial<CredentialPageRequest> = {}, who: TestMember = organization.admin) =>
  read(who.actor, organization.slug, 'token:read', (ctx) => listTokenPage(ctx, tokenFilterOf(params), { limit: 50, ...page }))

const namesOf = async (params: Record<string, string>, who?: TestMember): Promise<string[]> => (await list(params, {}, who)).rows.map(({ description }) => description)

beforeAll(async () => {
  organization = await makeOrganization()
  roleId = await makeRole(organization.id, ['audit:read'])
  const other = await makeRole(organization.id, ['organization:read'])
  folderId = await makeResource(organization, 'folder')
  await seed({ description: 'delta', createdAt: at(-5), lastUsedAt: at(-1), expiresAt: at(3) })
  await seed({ description: 'alpha', createdAt: at(-4), roleId: other })
  await seed({ description: 'Charlie 50%', createdAt: at(-3), lastUsedAt: at(-2), expiresAt: at(30), scopeId: folderId })
  await seed({ description: 'bravo', createdAt: at(-120) })
  await seed({ description: 'echo', createdAt: at(-1), lastUsedAt: at(-2), expiresAt: at(30), status: 'suspended' })
  await seed({ description: 'over', createdAt: at(-60), expiresAt: at(-1) })
})

describe('order', () => {
  test.each([
    ['', ['echo', 'Charlie 50%', 'alpha', 'delta', 'over', 'bravo']],
    ['-last-used', ['delta', 'echo', 'Charlie 50%']],
    ['expires', ['over', 'delta', 'Charlie 50%', 'echo', 'alpha', 'bravo']],
  ])('%s', async (sort, first) => {
    expect((await namesOf({ sort })).slice(0, first.length)).toEqual(first)
  })

  test.each(['created', '-created', 'last-used', '-last-used', 'expires', '-expires'])('%s is the same in pages of two, forwards and backwards', async (sort) => {
    const whole = await namesOf({ sort })
    expect(whole).toHaveLength(6)
    const forwards: string[] = []
    const back: string[][] = []
    let page = await list({ sort }, { limit: 2 })
    for (;;) {
      forwards.push(...page.rows.map(({ description }) => description))
      if (page.nextCursor === null) break
      page = await list({ sort }, { limit: 2, after: page.nextCursor })
    }
    expect(forwards).toEqual(whole)
    page = await list({ sort }, { limit: 2, last: true })
    for (;;) {
      back.unshift(page.rows.map(({ description }) => description))
      if (page.previousCursor === null) break
      page = await list({ sort }, { limit: 2, before: page.previousCursor })
    }
    expect(back.flat()).toEqual(whole)
  })
})

describe('what narrows it', () => {
  test.each([
    [{ status: 'active' }, ['Charlie 50%', 'alpha', 'bravo', 'delta']],
    [{ status: 'suspended' }, ['echo']],
    [{ status: 'expired' }, ['over']],
    [{ mark: 'expiring' }, ['delta']],
    [{ mark: 'old' }, ['bravo']],
    [{ mark: 'unused' }, ['bravo']],
    [{ mark: 'narrowed' }, []],
    [{ q: '50%' }, ['Charlie 50%']],
    [{ q: '50% CHAR' }, ['Charlie 50%']],
    [{ q: 'nothing\0' }, []],
  ])('%j', async (params, names) => {
    expect((await namesOf(params)).sort()).toEqual(names)
  })

  test('its role, and the beginning of a client id', async () => {
    const [alpha] = (await list({ q: 'alpha' })).rows
    expect(await namesOf({ role: alpha?.role.id ?? '' })).toEqual(['alpha'])
    expect(await namesOf({ q: alpha?.clientId.slice(0, 18) ?? '' })).toEqual(['alpha'])
  })
})

test('whoever may see tokens in a folder sees those held there and below', async () => {
  const reader = await makeMember(organization)
  const readerRole = await makeRole(organization.id, ['token:read'])
  await db().roleAssignment.create({ data: { id: newId('assignment'), organizationId: organization.id, membershipId: reader.id, roleId: readerRole, scopeId: folderId } })
  await seed({ description: 'below', scopeId: await makeResource(organization, 'folder', folderId), createdAt: at(-400) })
  expect(await namesOf({}, reader)).toEqual(['Charlie 50%', 'below'])
  expect((await list({}, {}, reader)).count).toBe(2)
})

test('a cursor of another list is refused', async () => {
  const { nextCursor } = await list({}, { limit: 1 })
  await expect(list({ q: 'a' }, { after: nextCursor ?? '' })).rejects.toMatchObject({ code: 'invalid-input' })
})
