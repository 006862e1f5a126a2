import { expect, test } from 'vitest'
import { rockset } from '@/lib/access/models/rockset'
import { perform, read } from '@/lib/boundary/perform'
import { db } from '@/lib/db'
import { saveAccessModel } from '@/lib/features/access-models/operations'
import { whoami } from '@/lib/features/whoami/queries'
import { newId } from '@/lib/ids'
import { testDatabase } from '@/lib/testing/database'
import { makeMember, makeOrganization } from '@/lib/testing/factories'

testDatabase()

test('a permission of an organization’s own model is not taken for Gatehouse’s own of the same bare name, nor the other way round', async () => {
  const org = await makeOrganization('rockset')
  const own = [
    { name: 'audit:read', title: 'Read the ledger', description: 'See the ledger of the platform.', group: 'Ledger', appliesTo: ['workspace'], implies: [] },
    { name: 'billing:read', title: 'Read bills', description: 'See the bills of the platform.', group: 'Ledger', appliesTo: ['workspace'], implies: [] },
  ]
  const model = {
    ...rockset, title: 'Ledgers', permissions: [...rockset.permissions, ...own],
    rules: { ...rockset.rules, rolesPerMember: 'many', customRoles: true },
  }
  await perform(saveAccessModel, org.admin.actor, org.slug, { model, confirmBreaking: true })
  const roleId = newId('role')
  await db().role.create({ data: { id: roleId, organizationId: org.id, name: 'Bookkeeper', title: 'Bookkeeper', builtIn: false, permissions: ['audit:read', 'gatehouse/billing:read'] } })
  const keeper = await makeMember(org)
  await db().roleAssignment.create({ data: { id: newId('assignment'), organizationId: org.id, membershipId: keeper.id, roleId, scopeId: org.id } })
  const held = await read(keeper.actor, org.slug, null, (ctx) => Promise.resolve({
    core: [ctx.rights.holds('audit:read'), ctx.rights.holds('billing:read')],
    named: [ctx.rights.holdsNamed('audit:read'), ctx.rights.holdsNamed('billing:read'), ctx.rights.gives('audit:read', org.id), ctx.rights.gives('billing:read', org.id)],
    told: whoami(ctx).permissions.filter((name) => /audit:read|billing:read/.test(name)),
  }))
  expect(held).toEqual({ core: [false, true], named: [true, false, true, false], told: ['gatehouse/billing:read', 'audit:read'] })
})
