import type { SessionActor } from '@/lib/access/principals/actor'
import { openSession } from '@/lib/access/principals/session'
import { CORE_PREFIX } from '@/lib/access/models/catalogue'
import type { CorePermission } from '@/lib/access/permissions'
import { db, transaction } from '@/lib/db'
import { insertFounder, insertOrganization, type InsertedOrganization } from '@/lib/features/organizations/insert'
import { idKindOf } from '@/lib/features/resources/rules'
import { newId, uuidv7 } from '@/lib/ids'

export type TestAccount = { id: string; email: string }
export type TestMember = { id: string; email: string; accountId: string; actor: SessionActor }
export type TestOrganization = InsertedOrganization & { admin: TestMember }

const unique = (word: string): string => `${word}-${uuidv7().slice(-12)}`

/** An account without password. */
export async function makeAccount(email = `${unique('person')}@example.test`): Promise<TestAccount> {
  const id = newId('account')
  await db().account.create({ data: { id, email, emailVerifiedAt: new Date() } })
  return { id, email }
}

/** A signed-in browser of an account. */
export async function makeSession(account: TestAccount): Promise<SessionActor> {
  const session = await transaction((tx) => openSession(tx, account.id, 'password'))
  const at = new Date()
  return {
    type: 'session', accountId: account.id, email: account.email, name: '', sessionId: session.id, method: 'password',
    openedAt: at, confirmedAt: at, secondFactor: null, hasSecondFactor: false,
  }
}

/** An organization with one administrator, signed in. */
export async function makeOrganization(accessModel = 'standard'): Promise<TestOrganization> {
  const account = await makeAccount()
  const slug = unique('org')
  const { organization, membershipId } = await transaction(async (tx) => {
    const organization = await insertOrganization(tx, { name: slug, slug, accessModel })
    return { organization, membershipId: await insertFounder(tx, organization, account) }
  })
  return { ...organization, admin: { id: membershipId, email: account.email, accountId: account.id, actor: await makeSession(account) } }
}

/** A custom role with exactly these permissions of Gatehouse's own. Returns its id. */
export async function makeRole(organizationId: string, permissions: readonly CorePermission[]): Promise<string> {
  const id = newId('role')
  const name = unique('role')
  await db().role.create({ data: { id, organizationId, name, title: name, builtIn: false, permissions: permissions.map((permission) => CORE_PREFIX + permission) } })
  return id
}

/** An active member who holds exactly these permissions at the organization (beside the floor role's), signed in. */
export async function makeMember(organization: { id: string }, permissions: readonly CorePermission[] = [], account?: TestAccount): Promise<TestMember> {
  const who = account ?? (await makeAccount())
  const id = newId('user')
  await db().membership.create({
    data: { id, organizationId: organization.id, accountId: who.id, email: who.email, status: 'active', source: 'invitation', joinedAt: new Date() },
  })
  if (permissions.length > 0) {
    const roleId = await makeRole(organization.id, permissions)
    await db().roleAssignment.create({ data: { id: newId('assignment'), organizationId: organization.id, membershipId: id, roleId, scopeId: organization.id } })
  }
  return { id, email: who.email, accountId: who.id, actor: await makeSession(who) }
}

/** A resource of this type, at the top of the tree unless another parent is given. Returns its id. */
export async function makeResource(organization: { id: string }, type: string, parentId = organization.id, name = unique(type)): Promise<string> {
  const id = newId(idKindOf(type))
  await db().resource.create({ data: { id, organizationId: organization.id, type, parentId, name } })
  return id
}
