import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { findModel } from '@/lib/access/models/catalogue'
import { rocketadmin } from '@/lib/access/models/rocketadmin'
import { parseAccessModel } from '@/lib/access/models/schema'
import { checkPolicyText } from './check'
import { compilePolicies } from './compile'
import { actionsBringing } from './grants'
import { resourceRef } from './names'
import { asks, world } from './testing/worlds'
import { decideWithPolicies, explainPolicies, type GroupPolicies } from './verdict'

const own = parseAccessModel(readFileSync(new URL('../models/testdata/document-store.json', import.meta.url), 'utf8'))
if (!own.ok) throw new Error(JSON.stringify(own.errors))
const documents = own.model

const group = (groupId: string, text: string, within?: GroupPolicies['within']): GroupPolicies => {
  expect(checkPolicyText(rocketadmin, text).problems).toEqual([])
  return { groupId, policies: compilePolicies(rocketadmin, text), ...(within && { within }) }
}

const entities = world(rocketadmin, [
  ['connection', '1234'], ['table', '1234/products', ['connection', '1234'], { connectionId: '1234' }],
  ['table', '1234/orders', ['connection', '1234'], { connectionId: '1234' }],
  ['column', '1234/orders/price', ['table', '1234/orders'], { connectionId: '1234', tableName: 'orders' }],
  ['connection', '5678'], ['table', '5678/users', ['connection', '5678'], { connectionId: '5678' }],
], ['readers', 'editors'])
const on = (permission: string, id = '1234/products') => asks(rocketadmin, permission, ['table', id])
const read = 'permit(principal, action == RocketAdmin::Action::"table:read", resource == RocketAdmin::Table::"1234/products");'
const all = 'permit(principal, action in [RocketAdmin::Action::"table:read", RocketAdmin::Action::"table:add", RocketAdmin::Action::"table:edit", RocketAdmin::Action::"table:delete"], resource == RocketAdmin::Table::"1234/products");'

describe('a person in two groups gets the higher level', () => {
  const [readers, editors] = [group('readers', read), group('editors', all)]
  const verdict = (groups: GroupPolicies[], permission: string) =>
    decideWithPolicies({ groups, guardrails: null, request: on(permission), entities }).verdict

  test.each(['table:read', 'table:add', 'table:edit', 'table:delete'])('%s', (permission) => {
    expect(verdict([readers], permission)).toBe(permission === 'table:read' ? 'allowed' : 'none')
    expect(verdict([editors], permission)).toBe('allowed')
    expect(verdict([readers, editors], permission)).toBe('allowed')
    expect(verdict([editors, readers], permission)).toBe('allowed')
  })

  test('a forbid binds within its own group', () => {
    const careful = group('careful', `${all}\nforbid(principal, action == RocketAdmin::Action::"table:delete", resource);`)
    expect(verdict([careful], 'table:delete')).toBe('none')
    expect(verdict([careful], 'table:edit')).toBe('allowed')
    expect(verdict([careful, editors], 'table:delete')).toBe('allowed')
    expect(verdict([editors, careful], 'table:delete')).toBe('allowed')
  })

  test('nobody is nothing', () => expect(verdict([], 'table:read')).toBe('none'))
})

test('guardrails override every group, and say which', () => {
  const guardrails = compilePolicies(rocketadmin, 'forbid(principal, action, resource is RocketAdmin::Table) when { resource.connectionId == "5678" };\nforbid(principal, action == RocketAdmin::Action::"table:delete", resource);')
  const groups = [group('all', 'permit(principal, action, resource);')]
  const ask = (permission: string, id?: string) => decideWithPolicies({ groups, guardrails, request: on(permission, id), entities })
  expect(ask('table:read')).toMatchObject({ verdict: 'allowed', groupId: 'all', policyIds: ['policy0'] })
  expect(ask('table:read', '5678/users')).toMatchObject({ verdict: 'forbidden', guardrails: ['policy0'] })
  expect(ask('table:delete', '5678/users')).toMatchObject({ verdict: 'forbidden', guardrails: ['policy0', 'policy1'] })
  // one that cannot be evaluated is skipped, as in Cedar, but told
  expect(ask('table:read', 'gone')).toMatchObject({ verdict: 'allowed', guardrailErrors: [{ policyId: 'policy0' }] })
})

test('a group of a connection says nothing about another', () => {
  const groups = [group('admins', 'permit(principal, action, resource);', resourceRef(rocketadmin, 'connection', '1234'))]
  const verdict = (id: string) => decideWithPolicies({ groups, guardrails: null, request: on('table:read', id), entities }).verdict
  expect(verdict('1234/orders')).toBe('allowed')
  expect(verdict('5678/users')).toBe('none')
  const request = asks(rocketadmin, 'connection:edit', ['connection', '1234'])
  expect(decideWithPolicies({ groups, guardrails: null, request, entities }).verdict).toBe('allowed')
  expect(explainPolicies({ groups, guardrails: null, request: on('table:read', '5678/users'), entities }).groups).toMatchObject([{ isOutside: true }])
})

test('reading a table brings reading its columns', () => {
  const groups = [group('readers', 'permit(principal, action == RocketAdmin::Action::"table:read", resource in RocketAdmin::Table::"1234/orders");')]
  const request = asks(rocketadmin, 'column:read', ['column', '1234/orders/price'])
  expect(decideWithPolicies({ groups, guardrails: null, request, entities }).verdict).toBe('none')
  expect(decideWithPolicies({ groups, guardrails: null, request, entities, through: actionsBringing(rocketadmin, 'column:read') }))
    .toMatchObject({ verdict: 'allowed', action: { id: 'table:read' } })
})

describe('an explanation names the clause that did not hold', () => {
  const text = [
    'permit(principal in RocketAdmin::Group::"others", action, resource);',
    'permit(principal, action == RocketAdmin::Action::"table:add", resource);',
    'permit(principal, action, resource is RocketAdmin::Dashboard in RocketAdmin::Connection::"1234");',
    '// é 😀',
    'permit(principal, action, resource is RocketAdmin::Table)',
    '  when { resource.connectionId == "1234" } // this one',
    '  unless { context has ip && context.ip.isInRange(ip("10.0.0.0/8")) };',
    'forbid(principal, action, resource is RocketAdmin::Table) when { resource.connectionId like "9*" };',
    read,
    'permit(principal, action, resource) when { principal == resource || 1 + 9223372036854775807 > 0 };',
  ].join('\n')
  const policies = compilePolicies(rocketadmin, text.replace('9223372036854775807', '9007199254740991 * 9007199254740991'))
  const traces = policies.explain(asks(rocketadmin, 'table:read', ['table', '1234/products'], { ip: '10.1.2.3' }), entities)
  const said = traces.map((trace) => [trace.outcome, trace.outcome === 'matched' || !trace.clause ? '' : policies.text.slice(trace.clause.start, trace.clause.end)])

  test('with its place', () => {
    expect(said).toEqual([
      ['not-matched', 'principal in RocketAdmin::Group::"others"'],
      ['not-matched', 'action == RocketAdmin::Action::"table:add"'],
      ['not-matched', 'resource is RocketAdmin::Dashboard in RocketAdmin::Connection::"1234"'],
      ['not-matched', 'unless { context has ip && context.ip.isInRange(ip("10.0.0.0/8")) }'],
      ['not-matched', 'when { resource.connectionId like "9*" }'],
      ['matched', ''],
      ['failed', 'when { principal == resource || 1 + 9007199254740991 * 9007199254740991 > 0 }'],
    ])
  })

  test('with its kind', () => {
    expect(traces[3]).toMatchObject({ policyId: 'policy3', effect: 'permit', clause: { part: 'condition', index: 1, kind: 'unless' } })
    expect(traces[6]).toMatchObject({ message: '`*` does not fit in 64 bits' })
    expect(policies.evaluate(on('table:read'), entities)).toMatchObject({ decision: 'allow', determining: ['policy3', 'policy5'], errors: [{ policyId: 'policy6' }] })
  })
})

test('rules over the attributes of one’s own model', () => {
  const text = `permit(principal, action == DocumentStore::Action::"record:edit", resource is DocumentStore::Record)
    when { resource.owner == principal && resource.confidentiality <= principal.clearance }
    unless { context has device && context.device == "kiosk" };`
  expect(checkPolicyText(documents, text).problems).toEqual([])
  const policies = compilePolicies(documents, text)
  const decide = (clearance: unknown, record: Record<string, unknown>, context: unknown = {}) => policies.evaluate(
    asks(documents, 'record:edit', ['record', 'r1'], context),
    world(documents, [['record', 'r1', undefined, record]], [], { clearance })).decision
  const mine = { owner: 'usr_1', confidentiality: 2 }
  expect(decide(3, mine)).toBe('allow')
  expect(decide(1, mine)).toBe('deny')
  expect(decide(3, { ...mine, owner: 'usr_2' })).toBe('deny')
  expect(decide(3, mine, { device: 'kiosk' })).toBe('deny')
  // what is not of its type counts as missing
  expect([decide('3', mine), decide(3.5, mine), decide(3, { owner: 'usr_1', confidentiality: null })]).toEqual(['deny', 'deny', 'deny'])
})

test('text that does not parse cannot be compiled', () => {
  expect(() => compilePolicies(findModel('standard'), 'permit(')).toThrow('the policies cannot be read')
  expect(compilePolicies(findModel('standard'), '// none yet').evaluate(on('x'), entities)).toEqual({ decision: 'deny', determining: [], errors: [] })
})
