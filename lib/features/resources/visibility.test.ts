import { expect, test } from 'vitest'
import { read } from '@/lib/boundary/perform'
import { db } from '@/lib/db'
import { newId } from '@/lib/ids'
import { testDatabase } from '@/lib/testing/database'
import { makeMember, makeOrganization, makeResource, type TestMember, type TestOrganization } from '@/lib/testing/factories'
import { findResource, listContents, listResources, requireVisible } from './queries'
import { ResourceFilter } from './schema'
import { findTree } from './tree'

testDatabase()

async function holder(org: TestOrganization, role: string): Promise<TestMember> {
  const member = await makeMember(org)
  await db().roleAssignment.create({ data: { id: newId('assignment'), organizationId: org.id, membershipId: member.id, roleId: org.roleIds.get(role) ?? '', scopeId: org.id } })
  return member
}

const names = (rows: readonly { name: string }[]) => rows.map(({ name }) => name)
const page = { limit: 50 }

const seenBy = (org: TestOrganization, who: TestMember) => read(who.actor, org.slug, 'resource:read', async (ctx) => ({
  all: names((await listResources(ctx, ResourceFilter.parse({}), page)).rows),
  top: names((await listContents(ctx, org.id, {}, page)).rows),
  tree: names((await findTree(ctx)).levels.flatMap(({ nodes }) => nodes)),
}))

test('rockset: Read-Only sees workspaces and what they hold, and no integrations, as its matrix says', async () => {
  const org = await makeOrganization('rockset')
  await makeResource(org, 'integration', org.id, 's3')
  const workspace = await makeResource(org, 'workspace', org.id, 'commons')
  await makeResource(org, 'collection', workspace, 'orders')
  expect(await seenBy(org, await holder(org, 'Read-Only'))).toEqual({ all: ['commons', 'orders'], top: ['commons'], tree: ['commons'] })
  expect(await seenBy(org, await holder(org, 'Member'))).toEqual({ all: ['commons', 'orders', 's3'], top: ['s3', 'commons'], tree: ['commons'] })
})

test('astra: read-only service accounts see no databases, and still the keyspaces they may describe', async () => {
  const org = await makeOrganization('astra')
  const database = await makeResource(org, 'database', org.id, 'shop')
  const keyspace = await makeResource(org, 'keyspace', database, 'sales')
  const reader = await holder(org, 'RO Svc Acct')
  expect(await seenBy(org, reader)).toEqual({ all: ['sales'], top: [], tree: [] })
  await read(reader.actor, org.slug, 'resource:read', async (ctx) => {
    await expect(findResource(ctx, database)).rejects.toMatchObject({ code: 'not-found' })
    await expect(requireVisible(ctx, database)).rejects.toMatchObject({ code: 'not-found' })
    expect((await findResource(ctx, keyspace)).path.map(({ name }) => name)).toEqual([org.name, 'sales'])
  })
  expect(await seenBy(org, await holder(org, 'RO User'))).toEqual({ all: ['sales', 'shop'], top: ['shop'], tree: ['shop'] })
})
