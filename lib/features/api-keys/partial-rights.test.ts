import { expect, test } from 'vitest'
import { perform, read } from '@/lib/boundary/perform'
import { db } from '@/lib/db'
import { listMails } from '@/lib/features/mails/queries'
import { newId } from '@/lib/ids'
import { makeKey } from '@/lib/testing/api'
import { testDatabase } from '@/lib/testing/database'
import { makeMember, makeOrganization, makeRole } from '@/lib/testing/factories'
import { revokeApiKey, updateApiKey } from './operations'
import { ownersFor } from './queries'

testDatabase()

test('rights over a folder reach neither the keys of others nor the mails of the organization', async () => {
  const organization = await makeOrganization()
  const key = await makeKey(organization, organization.admin)
  const lead = await makeMember(organization)
  const folder = newId('folder')
  await db().resource.create({ data: { id: folder, organizationId: organization.id, type: 'folder', parentId: organization.id, name: 'prod' } })
  const roleId = await makeRole(organization.id, ['key:others', 'member:write'])
  await db().roleAssignment.create({ data: { id: newId('assignment'), organizationId: organization.id, membershipId: lead.id, roleId, scopeId: folder } })

  const others = { code: 'forbidden', extras: { missing: { permission: 'key:others', scope: organization.id } } }
  await expect(perform(revokeApiKey, lead.actor, organization.slug, { id: key.id })).rejects.toMatchObject(others)
  await expect(perform(updateApiKey, lead.actor, organization.slug, { id: key.id, status: 'suspended' })).rejects.toMatchObject(others)
  await expect(read(lead.actor, organization.slug, 'key:self', (ctx) => Promise.resolve(ownersFor(ctx, 'all')))).rejects.toMatchObject(others)
  await expect(read(lead.actor, organization.slug, 'member:write', (ctx) => listMails(ctx, { q: '', state: [] }, { limit: 5 }))).rejects.toMatchObject({ code: 'forbidden' })
  expect((await db().apiKey.findUniqueOrThrow({ where: { id: key.id }, select: { status: true } })).status).toBe('active')
})
