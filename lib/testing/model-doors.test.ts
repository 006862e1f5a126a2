import { expect, test } from 'vitest'
import type { CorePermission } from '@/lib/access/permissions'
import { perform, read } from '@/lib/boundary/perform'
import { db } from '@/lib/db'
import { isAppError } from '@/lib/errors'
import { createApiKey, exportApiKeys, revokeApiKey } from '@/lib/features/api-keys/operations'
import { createGroup } from '@/lib/features/groups/operations'
import { createInvitations } from '@/lib/features/invitations/operations'
import { resetMemberPassword, setMemberRoles, suspendMember } from '@/lib/features/members/operations'
import { listMembers } from '@/lib/features/members/queries'
import { MemberFilter } from '@/lib/features/members/schema'
import { renameOrganization } from '@/lib/features/organizations/operations'
import { createResource, deleteResource, updateResource } from '@/lib/features/resources/operations'
import { createAssignment } from '@/lib/features/role-assignments/operations'
import { createRole } from '@/lib/features/roles/operations'
import { createServiceAccount } from '@/lib/features/service-accounts/operations'
import { createToken } from '@/lib/features/tokens/operations'
import { makeKey } from './api'
import { testDatabase } from './database'
import { makeAccount, makeMember, makeOrganization, makeResource, type TestMember, type TestOrganization } from './factories'

testDatabase()

type Model = 'rockset' | 'celerdata' | 'cockroachdb' | 'astra' | 'rocketadmin' | 'standard'

/** What lies in an organization of each model: name, type, and the name of what it lies in. */
const PLACES: Readonly<Record<Model, readonly (readonly [name: string, type: string, parent: string])[]>> = {
  rockset: [['sales', 'workspace', 'top']],
  celerdata: [['main', 'account', 'top'], ['lab', 'account', 'top']],
  cockroachdb: [['team', 'folder', 'top'], ['other', 'folder', 'top'], ['orders', 'cluster', 'team']],
  astra: [['shop', 'database', 'top']],
  rocketadmin: [['crm', 'connection', 'top']],
  standard: [['team', 'folder', 'top'], ['other', 'folder', 'top'], ['orders', 'cluster', 'team']],
}

/** `top` is the organization. `ann` is a user with the model's default role. */
type Scene = { org: TestOrganization; at: (place: string) => string; ann: TestMember }

const giveAs = ({ org, at }: Scene, by: TestMember, to: TestMember, role: string, place: string) =>
  perform(createAssignment, by.actor, org.id, { principal: { type: 'user', id: to.id }, role, scope: at(place) })

async function setTheScene(model: Model): Promise<Scene> {
  const org = await makeOrganization(model)
  const ids = new Map([['top', org.id]])
  for (const [name, type, parent] of PLACES[model]) ids.set(name, await makeResource(org, type, ids.get(parent), name))
  const scene = { org, ann: await makeMember(org), at: (place: string) => ids.get(place) ?? '' }
  const { defaultRole } = org.model.rules
  if (defaultRole !== null) await giveAs(scene, org.admin, scene.ann, defaultRole, 'top')
  return scene
}

/** Everybody holds it; it is not given. */
const FLOOR = ['Public', 'ORG_MEMBER', 'member']

/** A user to whom the founder gave this role there; `custom x y` is a role of the organization's own with the permissions x and y. */
async function holderOf(scene: Scene, role: string, place: string, email?: string): Promise<TestMember> {
  const { org } = scene
  const member = await makeMember(org, [], email === undefined ? undefined : await makeAccount(email))
  const [custom, ...permissions] = role.split(' ')
  if (custom === 'custom') await perform(createRole, org.admin.actor, org.id, { name: role, permissions })
  if (!FLOOR.includes(role)) await giveAs(scene, org.admin, member, role, place)
  return member
}

/** "ok", or the code of the refusal with the permission that is missing, and where unless at the organization. */
async function outcome({ org }: Scene, work: Promise<unknown>): Promise<string> {
  try {
    await work
    return 'ok'
  } catch (error) {
    if (!isAppError(error)) throw error
    const { missing } = error.extras
    if (!missing) return error.code
    const place = missing.scope === org.id ? null : await db().resource.findUnique({ where: { id: missing.scope } })
    return `${error.code} ${missing.permission}${place ? ` in ${place.name}` : ''}`
  }
}

/** What opens each tab; the navigation shows it to whoever holds that anywhere. */
const TAB_PERMISSIONS = {
  Users: 'member:read', Groups: 'group:read', Roles: 'role:read', Tree: 'resource:read', Keys: 'key:self', Accounts: 'service-account:read', Tokens: 'token:read',
  Audit: 'audit:read', Explain: 'decision:ask', Outbox: 'member:write', Settings: 'organization:read', Guardrails: 'guardrail:write', Credentials: 'credential-policy:write',
} as const satisfies Record<string, CorePermission>

const tabsOf = ({ org }: Scene, by: TestMember): Promise<string> =>
  read(by.actor, org.id, null, ({ rights }) => Promise.resolve(Object.entries(TAB_PERMISSIONS).filter(([, permission]) => rights.anywhere(permission)).map(([tab]) => tab).join(' ')))

const seenBy = ({ org }: Scene, by: TestMember) =>
  read(by.actor, org.id, 'member:read', (ctx) => listMembers(ctx, MemberFilter.parse({}), { limit: 50 }))

type Door = { does: string; go: (scene: Scene, by: TestMember) => Promise<unknown> }

const seesUsers: Door = { does: 'sees users', go: seenBy }
const invites: Door = { does: 'invites', go: ({ org }, by) => perform(createInvitations, by.actor, org.id, { emails: ['new@doors.test'] }) }
const invitesAs = (role: string): Door => ({ does: `invites with ${role}`, go: ({ org }, by) => perform(createInvitations, by.actor, org.id, { emails: ['new@doors.test'], roles: [{ role }] }) })
const suspends: Door = { does: 'suspends a user', go: ({ org, ann }, by) => perform(suspendMember, by.actor, org.id, { id: ann.id }) }
const resetsPassword: Door = { does: 'starts a password reset', go: ({ org, ann }, by) => perform(resetMemberPassword, by.actor, org.id, { id: ann.id }) }
const setsRole = (role: string): Door => ({ does: `makes a user ${role}`, go: ({ org, ann }, by) => perform(setMemberRoles, by.actor, org.id, { id: ann.id, roles: [{ role }] }) })
const gives = (role: string, place: string): Door => ({ does: `gives ${role} in ${place}`, go: (scene, by) => giveAs(scene, by, scene.ann, role, place) })
const makes = (type: string, place = 'top'): Door => ({ does: `makes a ${type} in ${place}`, go: ({ org, at }, by) => perform(createResource, by.actor, org.id, { type, name: 'brand new', parent: at(place) }) })
const renames = (place: string): Door => ({ does: `renames ${place}`, go: ({ org, at }, by) => perform(updateResource, by.actor, org.id, { id: at(place), name: 'renamed' }) })
const deletes = (place: string): Door => ({ does: `deletes ${place}`, go: ({ org, at }, by) => perform(deleteResource, by.actor, org.id, { id: at(place) }) })
const makesRole = (...permissions: string[]): Door => ({ does: `makes a role of [${permissions.join(' ')}]`, go: ({ org }, by) => perform(createRole, by.actor, org.id, { name: 'New role', permissions }) })
const makesGroup: Door = { does: 'makes a group', go: ({ org }, by) => perform(createGroup, by.actor, org.id, { name: 'Analysts' }) }
const makesAccount: Door = { does: 'makes a service account', go: ({ org }, by) => perform(createServiceAccount, by.actor, org.id, { name: 'deployer' }) }
const makesToken = (role: string): Door => ({ does: `makes a token of ${role}`, go: ({ org }, by) => perform(createToken, by.actor, org.id, { role }) })
const ownKey: Door = { does: 'makes an own API key', go: ({ org }, by) => perform(createApiKey, by.actor, org.id, { name: 'mine' }) }
const othersKeys: Door = { does: 'lists others’ API keys', go: ({ org }, by) => perform(exportApiKeys, by.actor, org.id, { owner: 'all' }) }
const revokesOthers: Door = { does: 'revokes another’s API key', go: async ({ org, ann }, by) => perform(revokeApiKey, by.actor, org.id, { id: (await makeKey(org, ann)).id }) }
const renamesOrganization: Door = { does: 'renames the organization', go: ({ org }, by) => perform(renameOrganization, by.actor, org.id, { name: 'Renamed' }) }
/** A door that is not built yet, or only reads. */
const opens = (permission: CorePermission): Door => ({ does: `opens ${permission}`, go: ({ org }, by) => read(by.actor, org.id, permission, () => Promise.resolve()) })

const ALL = 'Users Groups Roles Tree Keys Accounts Tokens Audit Explain Outbox Settings Guardrails Credentials'

const TABS: readonly (readonly [model: Model, role: string, place: string, tabs: string])[] = [
  ['rockset', 'Administrator', 'top', ALL],
  ['rockset', 'Member', 'top', 'Users Tree Keys Settings'],
  ['rockset', 'Read-Only', 'top', 'Tree Keys Settings'],
  ['celerdata', 'Organization admin', 'top', ALL],
  ['celerdata', 'Public', 'top', 'Keys Settings'],
  ['celerdata', 'custom member:manage', 'top', 'Users Roles Keys Outbox Settings'],
  ['celerdata', 'custom role:manage', 'top', 'Roles Keys Settings'],
  ['cockroachdb', 'ORG_ADMIN', 'top', ALL],
  ['cockroachdb', 'ORG_MEMBER', 'top', 'Settings'],
  ['cockroachdb', 'BILLING_VIEWER', 'top', 'Settings'],
  ['cockroachdb', 'FOLDER_ADMIN', 'top', 'Users Roles Tree Accounts Settings'],
  ['cockroachdb', 'FOLDER_ADMIN', 'team', 'Users Roles Tree Settings'],
  ['cockroachdb', 'FOLDER_MOVER', 'team', 'Tree Settings'],
  ['astra', 'Organization Administrator', 'top', ALL],
  ['astra', 'Database Administrator', 'top', 'Users Tree Tokens'],
  ['astra', 'UI View Only', 'top', 'Users Tree'],
  ['astra', 'Billing Admin', 'top', 'Users Tree'],
  ['astra', 'RO User', 'top', 'Users Tree'],
  ['rocketadmin', 'ADMIN', 'top', ALL],
  ['rocketadmin', 'USER', 'top', 'Keys Settings'],
  ['standard', 'auditor', 'top', 'Users Groups Roles Tree Keys Accounts Tokens Audit Explain Settings'],
  ['standard', 'user-manager', 'top', 'Users Groups Roles Tree Keys Accounts Outbox Settings'],
  ['standard', 'member', 'top', 'Keys Settings'],
]

test.each(TABS)('%s: %s at %s opens %s', async (model, role, place, tabs) => {
  const scene = await setTheScene(model)
  expect(await tabsOf(scene, await holderOf(scene, role, place))).toBe(tabs)
})

const DOORS: readonly (readonly [model: Model, role: string, place: string, door: Door, expected: string])[] = [
  ['rockset', 'Administrator', 'top', seesUsers, 'ok'],
  ['rockset', 'Administrator', 'top', invitesAs('Administrator'), 'ok'],
  ['rockset', 'Administrator', 'top', suspends, 'ok'],
  ['rockset', 'Administrator', 'top', setsRole('Member'), 'ok'],
  ['rockset', 'Administrator', 'top', renamesOrganization, 'ok'],
  ['rockset', 'Administrator', 'top', makes('integration'), 'ok'],
  ['rockset', 'Administrator', 'top', revokesOthers, 'ok'],
  ['rockset', 'Administrator', 'top', opens('allowlist:write'), 'ok'],
  ['rockset', 'Administrator', 'top', opens('billing:write'), 'ok'],
  ['rockset', 'Administrator', 'top', makesRole(), 'conflict'],
  ['rockset', 'Member', 'top', seesUsers, 'ok'],
  ['rockset', 'Member', 'top', invites, 'forbidden member:write'],
  ['rockset', 'Member', 'top', suspends, 'forbidden member:write'],
  ['rockset', 'Member', 'top', setsRole('Read-Only'), 'forbidden assignment:write'],
  ['rockset', 'Member', 'top', renamesOrganization, 'forbidden organization:write'],
  ['rockset', 'Member', 'top', makes('workspace'), 'ok'],
  ['rockset', 'Member', 'top', makes('collection', 'sales'), 'ok'],
  ['rockset', 'Member', 'top', ownKey, 'ok'],
  ['rockset', 'Member', 'top', othersKeys, 'forbidden key:others'],
  ['rockset', 'Member', 'top', revokesOthers, 'forbidden key:others'],
  ['rockset', 'Member', 'top', opens('allowlist:read'), 'forbidden allowlist:read'],
  ['rockset', 'Member', 'top', opens('billing:read'), 'forbidden billing:read'],
  ['rockset', 'Read-Only', 'top', seesUsers, 'forbidden member:read'],
  ['rockset', 'Read-Only', 'top', makes('workspace'), 'forbidden workspace:write'],
  ['rockset', 'Read-Only', 'top', makes('collection', 'sales'), 'forbidden collection:write in sales'],
  ['rockset', 'Read-Only', 'top', makes('integration'), 'forbidden integration:write'],
  ['rockset', 'Read-Only', 'top', makes('query-lambda', 'sales'), 'ok'],
  ['rockset', 'Read-Only', 'top', ownKey, 'ok'],
  ['rockset', 'Read-Only', 'top', revokesOthers, 'forbidden key:others'],
  ['celerdata', 'Public', 'top', seesUsers, 'forbidden member:read'],
  ['celerdata', 'Public', 'top', invites, 'forbidden member:write'],
  ['celerdata', 'Public', 'top', makesRole(), 'forbidden role:write'],
  ['celerdata', 'Public', 'top', makes('account'), 'forbidden resource:write'],
  ['celerdata', 'custom member:manage', 'top', seesUsers, 'ok'],
  ['celerdata', 'custom member:manage', 'top', invites, 'ok'],
  ['celerdata', 'custom member:manage', 'top', suspends, 'ok'],
  ['celerdata', 'custom member:manage', 'top', resetsPassword, 'ok'],
  ['celerdata', 'custom member:manage', 'top', gives('custom member:manage', 'top'), 'ok'],
  ['celerdata', 'custom member:manage', 'top', gives('Account admin', 'main'), 'forbidden cluster:view in main'],
  ['celerdata', 'custom member:manage', 'top', makesRole(), 'forbidden role:write'],
  ['celerdata', 'custom role:manage', 'top', makesRole('role:manage'), 'ok'],
  ['celerdata', 'custom role:manage', 'top', makesRole('cluster:create'), 'forbidden cluster:create'],
  ['celerdata', 'custom role:manage', 'top', invites, 'forbidden member:write'],
  ['celerdata', 'custom billing:manage', 'top', opens('billing:write'), 'ok'],
  ['celerdata', 'custom cluster:create', 'main', makes('cluster', 'main'), 'ok'],
  ['celerdata', 'Account admin', 'main', makes('cluster', 'main'), 'ok'],
  ['celerdata', 'Account admin', 'main', makes('cluster', 'lab'), 'forbidden resource:write in lab'],
  ['celerdata', 'Account admin', 'main', makes('account'), 'forbidden resource:write'],
  ['celerdata', 'Account admin', 'main', gives('Account admin', 'main'), 'ok'],
  ['celerdata', 'Account admin', 'top', makes('account'), 'forbidden organization:manage'],
  ['celerdata', 'Organization admin', 'top', makes('account'), 'ok'],
  ['cockroachdb', 'ORG_ADMIN', 'top', invites, 'ok'],
  ['cockroachdb', 'ORG_ADMIN', 'top', gives('CLUSTER_ADMIN', 'orders'), 'ok'],
  ['cockroachdb', 'ORG_ADMIN', 'top', makesAccount, 'ok'],
  ['cockroachdb', 'ORG_ADMIN', 'top', makes('cluster', 'team'), 'ok'],
  ['cockroachdb', 'FOLDER_ADMIN', 'team', makes('folder', 'team'), 'ok'],
  ['cockroachdb', 'FOLDER_ADMIN', 'team', makes('folder', 'other'), 'forbidden resource:write in other'],
  ['cockroachdb', 'FOLDER_ADMIN', 'team', makes('folder'), 'forbidden resource:write'],
  ['cockroachdb', 'FOLDER_ADMIN', 'team', makes('cluster', 'team'), 'forbidden cluster:create in team'],
  ['cockroachdb', 'FOLDER_ADMIN', 'team', gives('FOLDER_MOVER', 'team'), 'ok'],
  ['cockroachdb', 'FOLDER_ADMIN', 'team', gives('FOLDER_MOVER', 'other'), 'forbidden assignment:write in other'],
  ['cockroachdb', 'FOLDER_ADMIN', 'team', gives('CLUSTER_DEVELOPER', 'team'), 'forbidden cluster:view in team'],
  ['cockroachdb', 'FOLDER_ADMIN', 'team', invites, 'forbidden member:write'],
  ['cockroachdb', 'FOLDER_MOVER', 'team', renames('team'), 'ok'],
  ['cockroachdb', 'FOLDER_MOVER', 'team', makes('folder', 'team'), 'forbidden folder:create in team'],
  ['cockroachdb', 'FOLDER_MOVER', 'team', gives('FOLDER_MOVER', 'team'), 'forbidden assignment:write'],
  ['cockroachdb', 'CLUSTER_ADMIN', 'team', makes('cluster', 'team'), 'forbidden cluster:create in team'],
  ['cockroachdb', 'CLUSTER_ADMIN', 'team', deletes('orders'), 'ok'],
  ['cockroachdb', 'CLUSTER_ADMIN', 'team', gives('CLUSTER_OPERATOR_WRITER', 'orders'), 'ok'],
  ['cockroachdb', 'CLUSTER_ADMIN', 'top', makes('cluster', 'team'), 'ok'],
  ['cockroachdb', 'CLUSTER_ADMIN', 'top', makes('folder', 'team'), 'forbidden folder:create in team'],
  ['cockroachdb', 'CLUSTER_ADMIN', 'top', makesAccount, 'ok'],
  ['cockroachdb', 'CLUSTER_ADMIN', 'orders', makes('sql-user', 'orders'), 'ok'],
  ['cockroachdb', 'CLUSTER_OPERATOR_WRITER', 'top', makes('sql-user', 'orders'), 'forbidden resource:write'],
  ['cockroachdb', 'CLUSTER_OPERATOR_WRITER', 'top', gives('METRICS_VIEWER', 'orders'), 'forbidden assignment:write'],
  ['cockroachdb', 'ORG_MEMBER', 'top', seesUsers, 'forbidden member:read'],
  ['cockroachdb', 'ORG_MEMBER', 'top', opens('resource:read'), 'forbidden resource:read'],
  ['cockroachdb', 'ORG_MEMBER', 'top', ownKey, 'forbidden key:self'],
  ['cockroachdb', 'BILLING_VIEWER', 'top', opens('billing:read'), 'ok'],
  ['cockroachdb', 'BILLING_VIEWER', 'top', opens('billing:write'), 'forbidden billing:write'],
  ['astra', 'Organization Administrator', 'top', invites, 'ok'],
  ['astra', 'Organization Administrator', 'top', makesRole('org-db-view'), 'ok'],
  ['astra', 'Database Administrator', 'top', seesUsers, 'ok'],
  ['astra', 'Database Administrator', 'top', suspends, 'forbidden member:write'],
  ['astra', 'Database Administrator', 'top', invites, 'forbidden member:write'],
  ['astra', 'Database Administrator', 'top', makes('database'), 'ok'],
  ['astra', 'Database Administrator', 'top', makesToken('R/W User'), 'ok'],
  ['astra', 'Database Administrator', 'top', makesToken('Billing Admin'), 'forbidden org-billing-read'],
  ['astra', 'Database Administrator', 'top', makesRole('org-db-view'), 'forbidden role:write'],
  ['astra', 'Database Administrator', 'top', opens('allowlist:write'), 'ok'],
  ['astra', 'Database Administrator', 'top', opens('audit:read'), 'forbidden audit:read'],
  ['astra', 'UI View Only', 'top', seesUsers, 'ok'],
  ['astra', 'UI View Only', 'top', makes('database'), 'forbidden resource:write'],
  ['astra', 'UI View Only', 'top', makesToken('UI View Only'), 'forbidden token:write'],
  ['astra', 'UI View Only', 'top', opens('allowlist:write'), 'forbidden allowlist:write'],
  ['astra', 'Billing Admin', 'top', opens('billing:write'), 'ok'],
  ['astra', 'RO User', 'top', seesUsers, 'ok'],
  ['astra', 'RO User', 'top', suspends, 'forbidden member:write'],
  ['astra', 'RO User', 'top', opens('token:read'), 'forbidden token:read'],
  ['astra', 'Admin User', 'top', invitesAs('Admin User'), 'ok'],
  ['astra', 'Admin User', 'top', makesToken('RO User'), 'forbidden token:write'],
  ['astra', 'RO Svc Acct', 'top', seesUsers, 'forbidden member:read'],
  ['rocketadmin', 'ADMIN', 'top', invites, 'ok'],
  ['rocketadmin', 'ADMIN', 'top', setsRole('DB_ADMIN'), 'ok'],
  ['rocketadmin', 'USER', 'top', seesUsers, 'forbidden member:read'],
  ['rocketadmin', 'USER', 'top', makes('connection'), 'forbidden resource:write'],
  ['rocketadmin', 'USER', 'top', opens('group:read'), 'forbidden group:read'],
  ['rocketadmin', 'DB_ADMIN', 'top', makes('connection'), 'ok'],
  ['rocketadmin', 'DB_ADMIN', 'top', makes('table', 'crm'), 'forbidden connection:edit in crm'],
  ['rocketadmin', 'DB_ADMIN', 'top', invites, 'forbidden member:write'],
  ['standard', 'auditor', 'top', seesUsers, 'ok'],
  ['standard', 'auditor', 'top', suspends, 'forbidden member:write'],
  ['standard', 'auditor', 'top', gives('viewer', 'top'), 'forbidden assignment:write'],
  ['standard', 'auditor', 'top', makes('folder'), 'forbidden resource:write'],
  ['standard', 'auditor', 'top', opens('audit:read'), 'ok'],
  ['standard', 'user-manager', 'top', invites, 'ok'],
  ['standard', 'user-manager', 'top', invitesAs('viewer'), 'forbidden cluster:view'],
  ['standard', 'user-manager', 'top', suspends, 'ok'],
  ['standard', 'user-manager', 'top', makesGroup, 'ok'],
  ['standard', 'user-manager', 'top', makesRole(), 'forbidden role:write'],
]

test.each(DOORS.map(([model, role, place, door, expected]) => ({ model, role, place, does: door.does, door, expected })))(
  '$model: $role at $place $does: $expected',
  async ({ model, role, place, door, expected }) => {
    const scene = await setTheScene(model)
    const by = await holderOf(scene, role, place)
    expect(await outcome(scene, door.go(scene, by))).toBe(expected)
  },
)

test('celerdata: an Account admin of one account sees the people of that account only', async () => {
  const scene = await setTheScene('celerdata')
  const by = await holderOf(scene, 'Account admin', 'main', 'main-admin@doors.test')
  await holderOf(scene, 'custom cluster:view', 'main', 'main-viewer@doors.test')
  await holderOf(scene, 'Account admin', 'lab', 'lab-admin@doors.test')
  expect((await seenBy(scene, by)).rows.map(({ email }) => email)).toEqual(['main-admin@doors.test', 'main-viewer@doors.test'])
})

test('rocketadmin: a Database admin is in the Admin group of the connection they add, and runs that one', async () => {
  const scene = await setTheScene('rocketadmin')
  const { org, at } = scene
  const by = await holderOf(scene, 'DB_ADMIN', 'top')
  const { id } = await perform(createResource, by.actor, org.id, { type: 'connection', name: 'shop' })
  const groups = await db().group.findMany({ where: { organizationId: org.id, resourceId: id }, select: { name: true, isAdmin: true, members: { select: { membershipId: true } } } })
  expect(groups).toEqual([{ name: 'Admin', isAdmin: true, members: [{ membershipId: by.id }] }])
  expect(await tabsOf(scene, by)).toBe('Users Groups Roles Tree Keys Audit Settings')
  const add = (parent: string) => outcome(scene, perform(createResource, by.actor, org.id, { type: 'table', name: 'orders', parent }))
  const group = (resource: string) => outcome(scene, perform(createGroup, by.actor, org.id, { name: 'Support', resource }))
  expect([await add(id), await group(id)]).toEqual(['ok', 'ok'])
  expect([await add(at('crm')), await group(at('crm'))]).toEqual(['forbidden connection:edit in crm', 'forbidden group:write in crm'])
})
