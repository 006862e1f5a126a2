import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { schemaErrors } from '@/lib/access/cedar'
import { accessModels, findModel } from '@/lib/access/models/catalogue'
import { parseAccessModel } from '@/lib/access/models/schema'
import { rocketadmin } from '@/lib/access/models/rocketadmin'
import { cedarSchemaOf } from './cedar-schema'
import { checkPolicyText } from './check'
import { namesOf } from './names'
import { readCorpus } from './testing/corpus'

const own = parseAccessModel(readFileSync(new URL('../models/testdata/document-store.json', import.meta.url), 'utf8'))
if (!own.ok) throw new Error(JSON.stringify(own.errors))
const documents = own.model
const models = [...Object.values(accessModels), documents]

const messages = (text: string, model = rocketadmin) =>
  checkPolicyText(model, text).problems.map(({ severity, message }) => `${severity}: ${message}`)
const marked = (text: string, model = rocketadmin) => checkPolicyText(model, text).problems.map(({ start, end }) => text.slice(start, end))

describe.each(models)('the schema of $name', (model) => {
  test('is one to Cedar', () => {
    expect(schemaErrors(cedarSchemaOf(model))).toEqual([])
    expect(schemaErrors(cedarSchemaOf(model, { actions: new Set(), principals: ['user'], attributesMayMiss: true }))).toEqual([])
  })

  test('lets every permission be permitted on each type it applies to', () => {
    const names = namesOf(model)
    const text = model.permissions.flatMap(({ name, appliesTo }) => appliesTo.map((type) =>
      `permit(principal, action == ${names.actionType}::${JSON.stringify(name)}, resource is ${names.typeOf(type)});`))
    expect(checkPolicyText(model, text.join('\n')).problems).toEqual([])
  })
})

test('names that collide, and names that are words of Cedar', () => {
  const type = (name: string) => ({ name, title: name, plural: name, parents: ['organization'] })
  const model = {
    ...rocketadmin, name: 'in', permissions: [],
    resourceTypes: [
      { name: 'organization', title: '', plural: '', parents: [] },
      ...['user', 'group', 'action', 'token', 'my-type', 'myType', 'String', 'set', 'if', 'permit', 'datetime', 'Long', 'record', 'a-1'].map(type),
    ],
  }
  const names = namesOf(model)
  const all = model.resourceTypes.map(({ name }) => names.typeOf(name))
  expect(all).toEqual([
    'In::Organization', 'In::UserResource', 'In::GroupResource', 'In::ActionResource', 'In::TokenResource', 'In::MyType', 'In::MyTypeResource',
    'In::String', 'In::Set', 'In::If', 'In::Permit', 'In::Datetime', 'In::Long', 'In::Record', 'In::A1',
  ])
  expect(schemaErrors(cedarSchemaOf(model))).toEqual([])
  expect(checkPolicyText(model, all.map((one) => `permit(principal, action, resource is ${one});`).join('\n')).problems).toEqual([])
  expect(all.map((one) => names.meaningOf(one ?? ''))).toEqual(model.resourceTypes.map(({ name }) => ({ kind: 'resource', type: name })))
})

test('in Rocketadmin a group is the group of people', () => {
  expect(namesOf(rocketadmin).typeOf('group')).toBe('RocketAdmin::Group')
  expect(messages('permit(principal in RocketAdmin::Group::"g", action == RocketAdmin::Action::"group:edit", resource == RocketAdmin::Group::"g");')).toEqual([])
  expect(messages('permit(principal, action == RocketAdmin::Action::"group:read", resource is RocketAdmin::Group) when { resource.isMain };')).toEqual([])
})

test('a valid text has no problems', () => {
  for (const { text, model, outcomes, name } of readCorpus()) {
    const { isValid, problems } = checkPolicyText(model, text)
    if (outcomes.some((outcome) => ['error', 'template', 'unknown-action', 'unknown-resource'].includes(outcome)))
      expect({ name, isValid }).toEqual({ name, isValid: false })
    else if (!['tags', 'several conditions', 'a string with a brace and a semicolon in a condition'].includes(name))
      expect({ name, problems: problems.filter(({ severity }) => severity === 'error') }).toEqual({ name, problems: [] })
  }
})

describe('problems are named with their place', () => {
  test.each([
    ['an unknown action', 'permit(principal, action == RocketAdmin::Action::"table:fly", resource);', 'RocketAdmin::Action::"table:fly"', /unrecognized action/],
    ['an unknown type', 'permit(principal, action, resource is RocketAdmin::Spaceship);', 'RocketAdmin::Spaceship', /unrecognized entity type/],
    ['a typing error in an attribute', 'permit(principal, action, resource is RocketAdmin::Table) when { resource.conectionId == "1" };', 'resource.conectionId', /attribute `conectionId` .* not found/],
    ['an unguarded context', 'permit(principal, action, resource) when { context.ip.isLoopback() };', 'context.ip.isLoopback()', /optional attribute `ip` in the context/],
    ['a wrong address', 'permit(principal, action, resource) when { ip("10.0.0").isIpv4() };', 'ip("10.0.0").isIpv4()', /failed to parse as IP/],
    ['types that do not go together', 'permit(principal, action, resource) when { 1 < "2" };', '"2"', /type/],
    ['an action that does not apply', 'permit(principal, action == RocketAdmin::Action::"connection:read", resource == RocketAdmin::Table::"1/a");', 'permit(principal, action == RocketAdmin::Action::"connection:read", resource == RocketAdmin::Table::"1/a");', /applies to the resource/],
  ])('%s', (_, statement, place, message) => {
    // characters of two, three and four bytes before it, and other statements around it
    const text = `// größe 日本語 😀\npermit(principal, action, resource == RocketAdmin::Table::"😀é");\n${statement}\npermit(principal, action, resource);\n`
    const { problems, isValid } = checkPolicyText(rocketadmin, text)
    const found = problems.filter(({ severity }) => severity === 'error')
    expect(isValid).toBe(false)
    expect(found).toHaveLength(1)
    expect(found[0]?.message).toMatch(message)
    expect(found[0]?.statement).toBe(1)
    expect(text.slice(found[0]?.start, found[0]?.end)).toBe(place)
  })

  test('a syntax error', () => {
    const text = '// 😀\npermit(principal, action, resource) when { resource.a == };'
    expect(marked(text)).toEqual(['}'])
    expect(checkPolicyText(rocketadmin, text)).toMatchObject({ isValid: false, statements: [] })
  })

  test('one in each of several statements', () => {
    expect(marked('permit(principal, resource);\npermit(principal, action, resource);\nallow(principal, action, resource);')).toHaveLength(2)
  })

  test('did you mean', () => {
    expect(checkPolicyText(rocketadmin, 'permit(principal, action == RocketAdmin::Action::"table:raed", resource);').problems[0]?.help)
      .toBe('did you mean `RocketAdmin::Action::"table:read"`?')
  })
})

test('templates are refused with the reason', () => {
  expect(checkPolicyText(rocketadmin, 'permit(principal == ?principal, action, resource);').problems).toMatchObject([
    { message: 'templates cannot be used here', help: 'name the principal and the resource instead of `?principal` and `?resource`', severity: 'error' },
  ])
})

test('a statement that never matches is a warning', () => {
  expect(messages('permit(principal, action, resource) when { false };')).toEqual([
    'warning: policy is impossible: the policy expression evaluates to false for all valid requests',
  ])
  expect(messages('permit(principal, action, resource == RocketAdmin::Table::"pаypal");')).toEqual([
    'warning: identifier `pаypal` contains mixed scripts',
  ])
})

test('dashboard:create goes on a connection, a dashboard and nothing else', () => {
  const on = (type: string) => messages(`permit(principal, action == RocketAdmin::Action::"dashboard:create", resource == RocketAdmin::${type}::"1");`)
  expect([on('Connection'), on('Dashboard')]).toEqual([[], []])
  expect(on('Table')).toHaveLength(1)
})

test('guardrails only forbid', () => {
  const text = 'forbid(principal, action, resource);\npermit(principal, action, resource);'
  const { isValid, problems } = checkPolicyText(rocketadmin, text, 'guardrails')
  expect(isValid).toBe(false)
  expect(problems.map(({ message, start, end }) => [message, text.slice(start, end)])).toEqual([['guardrails only forbid', 'permit']])
})

test('a forbid that is skipped where an attribute is not known says so', () => {
  const at = 'action == DocumentStore::Action::"record:view", resource is DocumentStore::Record'
  expect(messages(`forbid(principal, ${at}) when { resource.confidentiality > principal.clearance };`, documents)).toEqual([
    'warning: where `confidentiality` is not known, this forbid is skipped', 'warning: where `clearance` is not known, this forbid is skipped',
  ])
  expect(messages(`forbid(principal, ${at}) when { resource has confidentiality && resource.confidentiality > 3 };`, documents)).toEqual([])
  expect(messages(`permit(principal, ${at}) when { resource.owner == principal && resource.labels.contains("x") };`, documents)).toEqual([])
})

test('service accounts and tokens can be named', () => {
  const { namespace } = namesOf(findModel('standard'))
  const names = (text: string) => messages(text.replaceAll('N::', `${namespace}::`), findModel('standard'))
  expect(names('forbid(principal is N::ServiceAccount, action == N::Action::"gatehouse/key:self", resource);')).toEqual([])
  expect(names('forbid(principal, action, resource) when { principal is N::Token && action == N::Action::"cluster:scale" };')).toEqual([])
  expect(names('forbid(principal is N::Robot, action, resource);').join()).toMatch(/unrecognized entity type/)
})
