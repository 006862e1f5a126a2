import { beforeEach, describe, expect, test } from 'vitest'
import { perform, read } from '@/lib/boundary/perform'
import { db } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { addGroupMembers, deleteGroup } from '@/lib/features/groups/operations'
import { newId } from '@/lib/ids'
import { testDatabase } from '@/lib/testing/database'
import { makeMember, makeOrganization, type TestMember, type TestOrganization } from '@/lib/testing/factories'
import { eventsOf } from '@/lib/testing/people'
import { restorePolicy, saveGuardrails, savePolicy, setPolicyTests } from './operations'
import { findPolicy, findPolicyVersion, guardrailsOwner, listPolicyVersions } from './queries'
import { tryText } from './trial'

testDatabase()
let org: TestOrganization
let group: string
let folder: string
let cluster: string

async function makeResource(type: 'folder' | 'cluster', name: string, parentId: string): Promise<string> {
  const id = newId(type)
  await db().resource.create({ data: { id, organizationId: org.id, type, parentId, name } })
  return id
}

async function makeGroup(name: string): Promise<string> {
  const id = newId('group')
  await db().group.create({ data: { id, organizationId: org.id, name } })
  return id
}

beforeEach(async () => {
  org = await makeOrganization()
  group = await makeGroup('Operators')
  folder = await makeResource('folder', 'prod', org.id)
  cluster = await makeResource('cluster', 'orders', folder)
})

const refusal = (work: Promise<unknown>): Promise<AppError> => work.then(() => { throw new Error('it was not refused') }, (error: unknown) => {
  if (error instanceof AppError) return error
  throw error
})

const action = (name: string) => `Standard::Action::"${name}"`
const view = () => `permit(principal, action == ${action('cluster:view')}, resource in Standard::Folder::"${folder}");`
const save = (text: string, more: object = {}, by: TestMember = org.admin) => perform(savePolicy, by.actor, org.id, { groupId: group, text, ...more })
const guard = (text: string, by: TestMember = org.admin) => perform(saveGuardrails, by.actor, org.id, { text })
const holds = (member: TestMember, permission: string, scopeId: string) => read(member.actor, org.id, null, (ctx) => Promise.resolve(ctx.rights.holdsNamed(permission, scopeId)))
const join = (member: TestMember) => db().groupMember.create({ data: { organizationId: org.id, groupId: group, membershipId: member.id } })

describe('a policy', () => {
  test('is saved, decides at once, and keeps its history', { timeout: 60_000 }, async () => {
    const member = await makeMember(org)
    await join(member)
    expect(await holds(member, 'cluster:view', cluster)).toBe(false)
    expect(await save(view(), { note: 'first' })).toEqual({ ownerId: group, version: 1, isChanged: true })
    expect(await holds(member, 'cluster:view', cluster)).toBe(true)
    expect(await save(view())).toEqual({ ownerId: group, version: 1, isChanged: false })
    await save('')
    expect(await holds(member, 'cluster:view', cluster)).toBe(false)
    expect(await perform(restorePolicy, org.admin.actor, org.id, { groupId: group, version: 1 })).toMatchObject({ version: 3 })
    const told = await read(org.admin.actor, org.id, 'group:read', async (ctx) => [(await listPolicyVersions(ctx, group, { limit: 2 })).rows, await findPolicyVersion(ctx, group, 2)])
    expect(told).toMatchObject([[{ version: 3, note: 'restored from version 1', lines: { added: 1, removed: 0 } }, { version: 2, lines: { added: 0, removed: 1 } }], { text: '', before: view(), isCurrent: false }])
    const [event] = await eventsOf(org.id, 'policy.save')
    expect([event?.targetIds, event?.before, event?.after, event?.detail]).toEqual([[group], { version: 0 }, { version: 1 }, { changes: [`+ ${view()}`], note: 'first' }])
  })

  test('of an older version is not saved over a newer one', async () => {
    await save(view(), { version: 0 })
    const error = await refusal(save('', { version: 0 }))
    expect([error.code, error.message]).toEqual(['precondition-failed', expect.stringContaining('version 1 was saved meanwhile')])
  })

  test.each([
    ['does not parse', 'permit(principal, action resource);', 'unexpected token'],
    ['names an unknown action', 'permit(principal, action == Standard::Action::"cluster:fly", resource);', 'cluster:fly'],
    ['names a folder of nobody', 'permit(principal, action, resource in Standard::Folder::"fld_019a0b6e-5b1c-7d3e-8f10-2a3b4c5d6e7f");', 'there is no folder'],
    ['names a group of nobody in a condition', 'permit(principal, action, resource) when { principal in Standard::Group::"grp_1" };', 'there is no group'],
    ['is a template', 'permit(principal == ?principal, action, resource);', 'templates'],
  ])('that %s is refused with the place', async (_what, text, message) => {
    const error = await refusal(save(text))
    expect([error.code, error.extras.fields?.[0]?.path, error.extras.fields?.[0]?.position?.line]).toEqual(['invalid-input', 'text', 1])
    expect(error.message).toContain(message)
    expect((await read(org.admin.actor, org.id, 'group:read', (ctx) => findPolicy(ctx, group))).version).toBe(0)
  })

  test('names nothing of another organization', async () => {
    const other = await makeOrganization()
    expect((await refusal(save(`permit(principal, action, resource in Standard::Organization::"${other.id}");`))).message).toContain('there is no organization')
    expect((await refusal(save(`permit(principal == Standard::User::"${other.admin.id}", action, resource);`))).message).toContain('there is no user')
  })

  test('gives only what its author holds, conditions not credited', async () => {
    const author = await makeMember(org, ['policy:write'])
    const text = `permit(principal, action == ${action('gatehouse/policy:write')}, resource);`
    await save(text, {}, author)
    for (const more of [view(), `permit(principal, action, resource) when { context has time && context.time < datetime("2020-01-01") };`])
      expect((await refusal(save(`${text}\n${more}`, {}, author))).code).toBe('forbidden')
    await save(`${text}\n${view()}\nforbid(principal, action == ${action('cluster:delete')}, resource);`)
    expect((await save(`// seen\n${text}\n${view()}\nforbid(principal, action == ${action('cluster:delete')}, resource);`, {}, author)).version).toBe(3)
    expect((await refusal(save(`${text}\n${view()}`, {}, author))).code).toBe('forbidden')
  })

  test('is not credited where its condition was met only once: what it permits may be used, not given', async () => {
    const member = await makeMember(org, ['policy:write', 'group:write'])
    await join(member)
    await save(`permit(principal, action == ${action('cluster:view')}, resource) when { context has time };`)
    expect(await holds(member, 'cluster:view', cluster)).toBe(true)
    const other = await makeGroup('Others')
    expect((await refusal(perform(savePolicy, member.actor, org.id, { groupId: other, text: view() }))).code).toBe('forbidden')
    await save(`permit(principal, action == ${action('cluster:view')}, resource);`)
    await perform(savePolicy, member.actor, org.id, { groupId: other, text: view() })
  })

  test('is looked at when somebody is brought into the group', async () => {
    await save(view())
    const [manager, member] = [await makeMember(org, ['group:write']), await makeMember(org)]
    const error = await refusal(perform(addGroupMembers, manager.actor, org.id, { id: group, userIds: [member.id] }))
    expect([error.code, error.extras.missing]).toEqual(['forbidden', { permission: 'cluster:view', scope: folder, isNamed: true }])
  })

  test('keeps the group it names from being deleted', async () => {
    const other = await makeGroup('Others')
    await save(`permit(principal in Standard::Group::"${other}", action == ${action('cluster:view')}, resource);`)
    expect((await refusal(perform(deleteGroup, org.admin.actor, org.id, { id: other }))).message).toContain('the policy of `Operators`')
    await perform(deleteGroup, org.admin.actor, org.id, { id: group })
    expect(await db().policyVersion.count({ where: { organizationId: org.id } })).toBe(0)
  })
})

describe('tests of a policy', () => {
  const question = (isAllowed: boolean) => ({ name: 'operators see orders', principalId: org.admin.id, action: 'cluster:view', resource: { type: 'cluster', id: cluster }, isAllowed })

  test('block a save that fails one, unless it is said why', async () => {
    await save(view(), { tests: [question(true)] })
    const error = await refusal(save(''))
    expect([error.code, error.extras.fields]).toEqual(['policy-tests-fail', [{ path: 'tests.0', message: 'operators see orders: it should be allowed, and no statement is about it' }]])
    expect((await refusal(save('', { overrideReason: 'so' }))).code).toBe('invalid-input')
    expect(await save('', { overrideReason: 'the cluster is being retired today' })).toMatchObject({ version: 2 })
    const event = (await eventsOf(org.id, 'policy.save')).at(-1)
    expect(event?.detail).toMatchObject({ failingTests: 1, overrideReason: 'the cluster is being retired today' })
    expect(await perform(setPolicyTests, org.admin.actor, org.id, { groupId: group, tests: [question(false)] })).toEqual({ ownerId: group, tests: 1 })
    await save('// nothing', {})
  })

  test('a text can be tried before it is saved', async () => {
    const text = `${view()}\nforbid(principal, action, resource) when { context has ip && context.ip.isInRange(ip("192.0.2.0/24")) };`
    const owner = { ownerId: group, name: '', kind: 'group' as const, resourceId: null }
    const told = (context: Record<string, string>) => read(org.admin.actor, org.id, 'group:read', (ctx) =>
      tryText(ctx, owner, text, { principalId: org.admin.id, action: 'cluster:view', resource: { type: 'cluster', id: cluster }, context }))
    expect(await told({ ip: '10.0.0.1' })).toMatchObject({ verdict: 'allow', statements: [{ outcome: 'matched' }, { outcome: 'not-matched', clauseText: expect.stringContaining('when {') }], overall: { isAllowed: true } })
    expect(await told({ ip: '192.0.2.1' })).toMatchObject({ verdict: 'deny', statements: [{ outcome: 'matched' }, { outcome: 'matched' }] })
  })
})

describe('guardrails', () => {
  test('forbid whatever roles and policies say, in the console too', async () => {
    await guard(`forbid(principal, action == ${action('cluster:delete')}, resource in Standard::Folder::"${folder}");`)
    expect([await holds(org.admin, 'cluster:delete', cluster), await holds(org.admin, 'cluster:delete', org.id), await holds(org.admin, 'cluster:view', cluster)]).toEqual([false, true, true])
    await guard('')
    expect(await holds(org.admin, 'cluster:delete', cluster)).toBe(true)
  })

  test('only forbid', async () => {
    expect((await refusal(guard(view()))).message).toContain('guardrails only forbid')
  })

  test.each([
    ['everything', 'forbid(principal, action, resource);', 'last-administrator'],
    ['managing people', 'forbid(principal, action == Standard::Action::"gatehouse/member:write", resource);', 'last-administrator'],
    ['it from elsewhere', 'forbid(principal, action, resource) unless { context has ip && context.ip.isInRange(ip("203.0.113.0/24")) };', null],
    ['it at some time', 'forbid(principal, action, resource) when { context has time && context.time > datetime("2030-01-01") };', 'last-administrator'],
    ['changing guardrails', 'forbid(principal, action == Standard::Action::"gatehouse/guardrail:write", resource);', 'conflict'],
    ['reading the log', 'forbid(principal, action == Standard::Action::"gatehouse/audit:read", resource);', null],
  ])('that would forbid everybody %s', async (_what, text, code) => {
    const outcome = await guard(text).then(() => null, (error: unknown) => (error instanceof AppError ? error.code : 'thrown'))
    expect(outcome).toBe(code)
  })

  test('leave an administrator whom they do not name', async () => {
    const text = `forbid(principal == Standard::User::"${org.admin.id}", action, resource);`
    expect((await refusal(guard(text))).code).toBe('last-administrator')
    const other = await makeMember(org)
    await db().roleAssignment.create({ data: { id: newId('assignment'), organizationId: org.id, membershipId: other.id, roleId: org.roleIds.get('administrator') ?? '', scopeId: org.id } })
    await guard(text, other)
    expect(await holds(org.admin, 'member:write', org.id)).toBe(false)
    await expect(read(org.admin.actor, org.id, 'member:read', () => Promise.resolve(1))).rejects.toMatchObject({ code: 'forbidden' })
    expect(guardrailsOwner(org.id).kind).toBe('guardrails')
  })
})
