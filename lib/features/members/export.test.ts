import { expect, test } from 'vitest'
import { db } from '@/lib/db'
import { newId } from '@/lib/ids'
import { testDatabase } from '@/lib/testing/database'
import { makeMember, makeOrganization } from '@/lib/testing/factories'
import { membersAsCsv } from './export'
import { MemberFilter } from './schema'

testDatabase()

async function textOf(pieces: AsyncGenerator<string>): Promise<string> {
  let text = ''
  for await (const piece of pieces) text += piece
  return text
}

test('writes who the filter shows, and no cell that a spreadsheet would run', async () => {
  const organization = await makeOrganization()
  const accountId = newId('account')
  await db().account.create({ data: { id: accountId, email: '+formula@export.test', name: '=1+1, "Jo"' } })
  const id = newId('user')
  await db().membership.create({ data: { id, organizationId: organization.id, accountId, email: '', status: 'active', source: 'invitation', createdAt: new Date('2026-11-01T00:00:00Z') } })
  await db().roleAssignment.create({ data: { id: newId('assignment'), organizationId: organization.id, membershipId: id, roleId: organization.roleIds.get('viewer') ?? '', scopeId: organization.id, expiresAt: new Date('2999-01-01T00:00:00Z') } })
  const csv = await textOf(membersAsCsv(organization.admin.actor, organization.slug, MemberFilter.parse({ q: 'export.test' })))
  expect(csv.split('\r\n')).toEqual([
    '\ufeffid,email,name,status,roles,sign-in,last seen,added,joined,invitation ends',
    `${id},'+formula@export.test,"'=1+1, ""Jo""",active,Viewer at ${organization.name} until 2999-01-01T00:00:00.000Z,,,2026-11-01T00:00:00.000Z,,`,
    '',
  ])
})

test('ends when the reader is suspended meanwhile', async () => {
  const organization = await makeOrganization()
  const reader = await makeMember(organization, ['member:read'])
  const pieces = membersAsCsv(reader.actor, organization.slug, MemberFilter.parse({}))
  await pieces.next()
  await db().membership.update({ where: { organizationId_id: { organizationId: organization.id, id: reader.id } }, data: { status: 'suspended' } })
  await expect(pieces.next()).rejects.toMatchObject({ code: 'unauthenticated' })
})
