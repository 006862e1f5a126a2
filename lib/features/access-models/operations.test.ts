import { readFileSync } from 'node:fs'
import { Client } from 'pg'
import { beforeEach, describe, expect, test } from 'vitest'
import { accessModels } from '@/lib/access/models/catalogue'
import { decideAccess } from '@/lib/access/decide'
import { indexStore } from '@/lib/access/snapshots/index-store'
import { perform, read } from '@/lib/boundary/perform'
import { performForAccount } from '@/lib/boundary/account-operation'
import { db } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { createOrganization } from '@/lib/features/organizations/operations'
import { newId, uuidv7 } from '@/lib/ids'
import { testDatabase } from '@/lib/testing/database'
import { makeAccount, makeMember, makeOrganization, makeSession, type TestMember } from '@/lib/testing/factories'
import { saveAccessModel } from './operations'
import { tryAccessModel } from './tryout'

testDatabase()

type Json = Record<string, unknown> & { roles: Record<string, unknown>[]; permissions: Record<string, unknown>[]; resourceTypes: Record<string, unknown>[]; rules: Record<string, unknown> }
const text = readFileSync(new URL('../../access/models/testdata/document-store.json', import.meta.url), 'utf8')
const example = (): Json => JSON.parse(text)

type Own = { id: string; slug: string; owner: TestMember }

/** An organization with the document store's model, made as the console makes it. */
async function makeOwn(): Promise<Own> {
  const account = await makeAccount()
  const actor = await makeSession(account)
  const slug = `own-${uuidv7().slice(-12)}`
  const made = await performForAccount(createOrganization, actor, { name: 'Own', slug, ownerEmail: account.email, accessModel: 'custom', modelText: text })
  const membership = await db().membership.findFirstOrThrow({ where: { organizationId: made.id } })
  return { id: made.id, slug, owner: { id: membership.id, email: account.email, accountId: account.id, actor } }
}

const roleId = async (own: Own, name: string) => (await db().role.findFirstOrThrow({ where: { organizationId: own.id, name } })).id

async function give(own: Own, membershipId: string, role: string, scopeId = own.id): Promise<void> {
  await db().roleAssignment.create({ data: { id: newId('assignment'), organizationId: own.id, membershipId, roleId: await roleId(own, role), scopeId } })
}

async function refusal(work: Promise<unknown>): Promise<{ code: string; message: string; fields: unknown }> {
  const error = await work.then(() => null, (caught: unknown) => caught)
  if (!(error instanceof AppError)) throw new Error(`it was not refused: ${String(error)}`)
  return { code: error.code, message: error.message, fields: error.extras.fields }
}

async function mayNow(own: Own, principalId: string, permission: string, resourceId = own.id): Promise<boolean> {
  const { accessVersion } = await db().organization.findUniqueOrThrow({ where: { id: own.id } })
  const index = await indexStore().atLeast(own.id, Number(accessVersion))
  return decideAccess(index, { principalId, permission, resourceId, at: Date.now() }).allow
}

describe('an organization can be made with each model', () => {
  test.each(Object.values(accessModels).map((model) => [model.name, model] as const))('%s', async (accessModel, model) => {
    const account = await makeAccount()
    const actor = await makeSession(account)
    const slug = `made-${uuidv7().slice(-12)}`
    const { id } = await performForAccount(createOrganization, actor, { name: 'Made', slug, ownerEmail: account.email, accessModel })
    const founder = await db().membership.findFirstOrThrow({ where: { organizationId: id }, include: { assignments: { include: { role: true } } } })
    expect(founder.assignments.map(({ role }) => role.name).sort()).toEqual([...model.rules.founderRoles].sort())
    expect(await db().role.count({ where: { organizationId: id } })).toBe(model.roles.length)
    expect(await read(actor, slug, 'member:write', (ctx) => Promise.resolve([ctx.model.name, ctx.rights.holds('assignment:write')]))).toEqual([accessModel, true])
  })

  test('one’s own, and its roles', async () => {
    const own = await makeOwn()
    expect((await db().organization.findUniqueOrThrow({ where: { id: own.id } })).accessModel).toBe('custom')
    expect(await read(own.owner.actor, own.slug, 'role:read', (ctx) => Promise.resolve(ctx.model.title))).toBe('Document store')
    expect(await mayNow(own, own.owner.id, 'record:delete')).toBe(true)
  })

  test('with faults: each with its line and column, and nothing is made', async () => {
    const account = await makeAccount()
    const broken = text.replace('"appliesTo": ["user-directory"]', '"appliesTo": ["nowhere"]')
    const actor = await makeSession(account)
    const slug = `broken-${uuidv7().slice(-12)}`
    const refused = await refusal(performForAccount(createOrganization, actor, { name: 'Broken', slug, ownerEmail: account.email, accessModel: 'custom', modelText: broken }))
    expect(refused).toMatchObject({ code: 'invalid-input', fields: [{ path: 'modelText', position: { line: 21, column: 126 }, message: 'line 21, column 126: unknown resource type `nowhere` (/permissions/0/appliesTo/0)' }] })
    expect(await db().organization.count({ where: { slug } })).toBe(0)
  })
})

describe('saving a model of one’s own', () => {
  let own: Own
  let reader: TestMember
  let collection: string
  beforeEach(async () => {
    own = await makeOwn()
    reader = await makeMember(own)
    collection = newId('resource')
    await db().resource.create({ data: { id: collection, organizationId: own.id, type: 'collection', parentId: own.id, name: 'contracts' } })
    await give(own, reader.id, 'reader', collection)
  })
  const save = (input: object, by = own.owner) => perform(saveAccessModel, by.actor, own.slug, input)

  test('counts in every process at once, and is kept as a version', async () => {
    const model = example()
    model.permissions.push({ name: 'record:share', title: 'Share records', appliesTo: ['record'] })
    model.roles[2] = { ...model.roles[2], permissions: ['record:view', 'record:share'] }
    expect(await mayNow(own, reader.id, 'record:share', collection)).toBe(false)
    expect(await save({ model, baseVersion: 1, note: 'sharing' })).toEqual({ version: 2 })
    expect(await mayNow(own, reader.id, 'record:share', collection)).toBe(true)
    const versions = await db().accessModelVersion.findMany({ where: { organizationId: own.id }, orderBy: { version: 'asc' } })
    expect(versions.map(({ version, note, savedByName }) => [version, note, savedByName])).toEqual([[1, '', own.owner.email], [2, 'sharing', own.owner.email]])
  })

  test('decided on an old version: 412', async () => {
    await save({ text, baseVersion: 1 })
    expect(await refusal(save({ text, baseVersion: 1 }))).toMatchObject({ code: 'precondition-failed' })
  })

  test('faults are told with their place, and an object’s without', async () => {
    expect(await refusal(save({ text: '{\n  "title": 1\n}' }))).toMatchObject({ code: 'invalid-input', fields: expect.arrayContaining([expect.objectContaining({ path: 'text', position: { line: 2, column: 12, start: 13, end: 14 } })]) })
    expect(await refusal(save({ model: { title: 1 } }))).toMatchObject({ code: 'invalid-input', fields: expect.arrayContaining([expect.objectContaining({ path: 'model' })]) })
    expect(await refusal(save({}))).toMatchObject({ code: 'invalid-input', fields: [{ path: 'text' }] })
  })

  test('a resource type in use must stay, and nest as resources do', async () => {
    const model = example()
    model.resourceTypes = model.resourceTypes.filter(({ name }) => name !== 'collection').map((type) => (type['name'] === 'record' ? { ...type, parents: ['organization'] } : type))
    model.permissions = model.permissions.filter(({ name }) => name !== 'collection:manage')
    model.roles = model.roles.filter(({ name }) => name !== 'archivist')
    expect(await refusal(save({ model, confirmBreaking: true }))).toMatchObject({ code: 'conflict', message: expect.stringContaining('1 resources of a type the model no longer has: “collection” (contracts)') })
    const nested = newId('resource')
    await db().resource.create({ data: { id: nested, organizationId: own.id, type: 'collection', parentId: collection, name: 'old' } })
    const flat = example()
    flat.resourceTypes = flat.resourceTypes.map((type) => (type['name'] === 'collection' ? { ...type, parents: ['organization'] } : type))
    expect(await refusal(save({ model: flat }))).toMatchObject({ code: 'conflict', message: expect.stringContaining('“collection” under “collection” (old)') })
  })

  test('what everybody comes to hold is told of everybody', async () => {
    const model = example()
    model.roles = model.roles.map((role) => (role['floor'] === true ? { ...role, core: ['organization:read', 'key:self', 'audit:read'] } : role))
    const impact = await read(own.owner.actor, own.slug, 'organization:write', (ctx) => tryAccessModel(ctx, { model }))
    expect(impact.shifts).toEqual([{ principal: { type: 'user', id: reader.id, name: reader.email }, scope: { id: own.id, type: 'organization', name: 'Own' }, gains: ['gatehouse/audit:read'], loses: [] }])
  })

  test('a role in use goes only when that is confirmed, and with it its assignments', async () => {
    const model = example()
    model.roles = model.roles.filter(({ name }) => name !== 'reader')
    const impact = await read(own.owner.actor, own.slug, 'organization:write', (ctx) => tryAccessModel(ctx, { model }))
    expect(impact.breaks).toEqual([{ kind: 'roles', count: 1, what: 'role assignments end, since their role is gone: “Reader”', examples: [`${reader.email} in contracts`] }])
    expect(impact.shifts).toEqual([{ principal: { type: 'user', id: reader.id, name: reader.email }, scope: { id: collection, type: 'collection', name: 'contracts' }, gains: [], loses: ['record:view', 'gatehouse/resource:read'] }])
    expect(await refusal(save({ model }))).toMatchObject({ code: 'conflict', fields: [{ path: 'confirmBreaking' }] })
    await save({ model, confirmBreaking: true })
    expect([await db().role.count({ where: { organizationId: own.id, name: 'reader' } }), await db().roleAssignment.count({ where: { organizationId: own.id, membershipId: reader.id } })]).toEqual([0, 0])
  })

  test('a role that mapped groups or autoprovision give stays until they give another', async () => {
    const model = example()
    model.roles = model.roles.filter(({ name }) => name !== 'reader')
    const given = { organizationId: own.id, roleId: await roleId(own, 'reader') }
    const connection = await db().ssoConnection.create({ data: { id: newId('connection'), organizationId: own.id, kind: 'google', name: 'Google', status: 'enabled' } })
    await db().groupMapping.create({ data: { ...given, id: newId('groupMapping'), connectionId: connection.id, group: 'finance', scopeId: collection, priority: 1 } })
    const directory = await db().directory.create({ data: { id: newId('directory'), organizationId: own.id, name: 'Okta', kind: 'okta' } })
    await db().provisioningMapping.create({ data: { ...given, id: newId('mapping'), directoryId: directory.id, value: 'Analysts', scopeId: own.id, priority: 1 } })
    await db().organization.update({ where: { id: own.id }, data: { autoprovisionRoleId: given.roleId } })
    const what = '3 mappings of groups, or the default role of autoprovision, give a role that is gone, or could no longer be held there: change them first'
    expect(await refusal(save({ model, confirmBreaking: true }))).toMatchObject({ code: 'conflict', message: expect.stringMatching(new RegExp(`${what} \\((finance of Google; Analysts of Okta; the default role|Analysts of Okta; the default role; finance of Google)\\)`)) })
    expect(await db().groupMapping.count({ where: { organizationId: own.id } })).toBe(1)
  })

  test('a custom role loses what the model loses, and titles may be swapped', async () => {
    const custom = newId('role')
    await db().role.create({ data: { id: custom, organizationId: own.id, name: 'cleaner', title: 'Cleaner', builtIn: false, permissions: ['record:view', 'record:delete', 'gatehouse/audit:read'] } })
    const model = example()
    model.permissions = model.permissions.filter(({ name }) => name !== 'record:delete')
    model.resourceTypes = model.resourceTypes.map((type) => (type['name'] === 'record' ? { ...type, guards: {} } : type))
    model.roles = model.roles.filter(({ name }) => name !== 'archivist').map((role) => (role['name'] === 'editor' ? { ...role, title: 'Reader' } : role['name'] === 'reader' ? { ...role, title: 'Editor' } : role))
    await save({ model, confirmBreaking: true })
    expect((await db().role.findFirstOrThrow({ where: { id: custom, organizationId: own.id } })).permissions).toEqual(['record:view', 'gatehouse/audit:read'])
    expect((await db().role.findFirstOrThrow({ where: { organizationId: own.id, name: 'reader' } })).title).toBe('Editor')
  })

  test('a custom role’s title is not taken by a role of the model', async () => {
    await db().role.create({ data: { id: newId('role'), organizationId: own.id, name: 'x', title: 'Auditor', builtIn: false, permissions: [] } })
    const model = example()
    model.roles.push({ name: 'auditor', permissions: [] })
    expect(await refusal(save({ model }))).toMatchObject({ code: 'conflict', message: expect.stringContaining('1 custom roles have the name or the title of a role of the model (Auditor)') })
  })

  test('one role each, while somebody holds two: refused', async () => {
    await give(own, reader.id, 'editor', collection)
    const model = example()
    model.rules['rolesPerMember'] = 'one'
    expect(await refusal(save({ model }))).toMatchObject({ code: 'conflict', message: expect.stringContaining(`1 users hold more than one role, and the model gives everybody exactly one (${reader.email})`) })
  })

  test('an administrator remains, whatever is confirmed', async () => {
    const model = example()
    model.roles = [{ name: 'chief', title: 'Chief', permissions: ['*'], core: ['*'], assignableAt: ['organization'] }, ...model.roles.filter(({ name }) => name !== 'owner')]
    model.rules['founderRoles'] = ['chief']
    expect(await refusal(save({ model, confirmBreaking: true }))).toMatchObject({ code: 'last-administrator' })
    expect(await db().accessModelVersion.count({ where: { organizationId: own.id } })).toBe(1)
  })

  test('nobody gives what they do not hold, not by the model either', async () => {
    const writer = await makeMember(own, ['organization:read', 'organization:write'])
    const raised = example()
    raised.roles[4] = { ...raised.roles[4], core: ['organization:read', 'key:self', 'member:write'] }
    expect(await refusal(save({ model: raised }, writer))).toMatchObject({ code: 'forbidden', message: expect.stringContaining('`gatehouse/member:write`') })
    const implied = example()
    implied.permissions[3] = { ...implied.permissions[3], implies: ['resource:read', 'audit:read'] }
    expect(await refusal(save({ model: implied }, writer))).toMatchObject({ code: 'forbidden', message: expect.stringContaining('`gatehouse/audit:read`') })
    const added = example()
    added.permissions.push({ name: 'record:share', appliesTo: ['record'] })
    added.roles[2] = { ...added.roles[2], permissions: ['record:view', 'record:share'] }
    expect(await refusal(save({ model: added }, writer))).toMatchObject({ code: 'forbidden', message: expect.stringContaining('only somebody who may do everything can add it') })
    const reaching = example()
    reaching.permissions[5] = { ...reaching.permissions[5], appliesTo: ['record', 'collection'] }
    expect(await refusal(save({ model: reaching }, writer))).toMatchObject({ code: 'forbidden', message: expect.stringContaining('`record:delete`') })
    const harmless = example()
    harmless['description'] = 'Other words.'
    expect(await save({ model: harmless }, writer)).toEqual({ version: 2 })
  })

  test('policies that would no longer validate are told; guardrails must be changed first', async () => {
    const group = newId('group')
    await db().group.create({ data: { id: group, organizationId: own.id, name: 'Archive' } })
    const policy = 'permit(principal, action == DocumentStore::Action::"record:delete", resource);'
    await db().policy.create({ data: { organizationId: own.id, ownerId: group, text: policy } })
    const model = example()
    model.permissions = model.permissions.filter(({ name }) => name !== 'record:delete')
    model.resourceTypes = model.resourceTypes.map((type) => (type['name'] === 'record' ? { ...type, guards: {} } : type))
    model.roles = model.roles.filter(({ name }) => name !== 'archivist')
    const impact = await read(own.owner.actor, own.slug, 'organization:write', (ctx) => tryAccessModel(ctx, { model }))
    expect(impact.breaks.map(({ kind, count, examples }) => [kind, count, examples.length])).toEqual([['policies', 1, 1]])
    await db().policy.create({ data: { organizationId: own.id, ownerId: own.id, text: policy.replace('permit', 'forbid') } })
    expect(await refusal(save({ model, confirmBreaking: true }))).toMatchObject({ code: 'conflict', message: expect.stringContaining('the guardrails no longer validate') })
  })
})

test('an organization of a built-in model makes it its own, and nothing changes by that', async () => {
  const organization = await makeOrganization('cockroachdb')
  const before = await db().role.findMany({ where: { organizationId: organization.id }, orderBy: { id: 'asc' } })
  expect(await perform(saveAccessModel, organization.admin.actor, organization.slug, { model: accessModels.cockroachdb, baseVersion: 0 })).toEqual({ version: 1 })
  expect(await db().role.findMany({ where: { organizationId: organization.id }, orderBy: { id: 'asc' } })).toEqual(before)
  expect((await db().organization.findUniqueOrThrow({ where: { id: organization.id } })).accessModel).toBe('custom')
  const event = await db().auditEvent.findFirstOrThrow({ where: { organizationId: organization.id, event: 'access-model.save' } })
  expect([event.before, event.after]).toEqual([{ version: 0, model: 'cockroachdb', title: 'CockroachDB Cloud' }, { version: 1, model: 'custom', title: 'CockroachDB Cloud' }])
})

test('another process reads the new model without being asked', async () => {
  const own = await makeOwn()
  const client = new Client({ connectionString: process.env['DATABASE_URL'] })
  await client.connect()
  await client.query('LISTEN gatehouse_access')
  const told = new Promise<string>((resolve) => client.once('notification', ({ payload = '' }) => resolve(payload)))
  await perform(saveAccessModel, own.owner.actor, own.slug, { text })
  expect(await told).toMatch(new RegExp(`^${own.id}:\\d+$`))
  await client.end()
})
