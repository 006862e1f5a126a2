import { expect, test } from 'vitest'
import { accessModels } from '@/lib/access/models/catalogue'
import { VERBS, verbsOf } from '@/lib/access/models/access-model'
import { read } from '@/lib/boundary/perform'
import { db } from '@/lib/db'
import { newId } from '@/lib/ids'
import { testDatabase } from '@/lib/testing/database'
import { makeMember, makeOrganization, makeResource, makeRole, type TestOrganization } from '@/lib/testing/factories'
import { findGlancePlaces, findGlances } from './glance'

testDatabase()

async function holder(org: TestOrganization, role: string, scopeId: string) {
  const member = await makeMember(org)
  await db().roleAssignment.create({ data: { id: newId('assignment'), organizationId: org.id, membershipId: member.id, roleId: org.roleIds.get(role) ?? '', scopeId } })
  return member
}

test.each(Object.values(accessModels).map((model) => [model.name, model] as const))('%s has a permission for each of the four verbs', (_name, model) => {
  expect(VERBS.filter((verb) => !model.permissions.some((permission) => verbsOf(permission).includes(verb)))).toEqual([])
})

test('cockroachdb: what people may do at the selected resource, inherited and not', async () => {
  const org = await makeOrganization('cockroachdb')
  const prod = await makeResource(org, 'folder', org.id, 'prod')
  const [creator, admin, other] = [await holder(org, 'CLUSTER_CREATOR', prod), await holder(org, 'CLUSTER_ADMIN', org.id), await makeMember(org)]
  const glance = (at: string) => read(org.admin.actor, org.slug, 'member:read', async (ctx) => {
    const found = await findGlances(ctx, [creator, admin, other], at)
    return [creator, admin, other].map(({ id }) => found.get(id))
  })
  expect(await glance(prod)).toEqual([['add'], ['read', 'add', 'edit', 'delete'], []])
  expect(await glance(org.id)).toEqual([[], ['read', 'add', 'edit', 'delete'], []])
})

test('places are those at which the asker may see users', async () => {
  const org = await makeOrganization()
  const [prod, lab] = [await makeResource(org, 'folder', org.id, 'prod'), await makeResource(org, 'folder', org.id, 'lab')]
  const cluster = await makeResource(org, 'cluster', prod, 'orders')
  const asAdmin = (wanted?: string) => read(org.admin.actor, org.slug, 'member:read', (ctx) => findGlancePlaces(ctx, wanted))
  expect((await asAdmin()).at).toEqual({ id: org.id, name: org.name })
  expect((await asAdmin(cluster)).at).toEqual({ id: cluster, name: 'orders' })
  expect((await asAdmin('fld_none')).at.id).toBe(org.id)
  const keeper = await makeMember(org)
  await db().roleAssignment.create({ data: { id: newId('assignment'), organizationId: org.id, membershipId: keeper.id, roleId: await makeRole(org.id, ['member:read']), scopeId: prod } })
  const seen = await read(keeper.actor, org.slug, 'member:read', (ctx) => findGlancePlaces(ctx, lab))
  expect([seen.at.name, seen.places.map(({ name }) => name)]).toEqual(['prod', ['prod']])
})
