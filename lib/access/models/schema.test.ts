import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { accessModels, permissionsOfRole } from './catalogue'
import { lineAndColumn, readJson } from './json-source'
import { parseAccessModel, type ModelError } from './schema'

const example = readFileSync(new URL('./testdata/document-store.json', import.meta.url), 'utf8')

const errorsOf = (text: string): ModelError[] => {
  const parsed = parseAccessModel(text)
  return parsed.ok ? [] : parsed.errors
}

const minimal = {
  title: 'Small',
  resourceTypes: [{ name: 'record' }],
  permissions: [{ name: 'record:view', appliesTo: ['record'] }],
  roles: [{ name: 'admin', permissions: ['*'], core: ['*'] }],
}

const faults = (change: object) => errorsOf(JSON.stringify({ ...minimal, ...change })).map(({ pointer, detail }) => [pointer, detail])

describe('a model of one’s own', () => {
  test('is read whole', () => {
    const parsed = parseAccessModel(example)
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors))
    expect(parsed.model.resourceTypes.map(({ name }) => name)).toEqual(['organization', 'user-directory', 'collection', 'record'])
    expect([...permissionsOfRole(parsed.model, 'editor', 'collection')].sort()).toEqual(
      ['gatehouse/resource:read', 'gatehouse/resource:write', 'record:edit', 'record:view'])
    expect(permissionsOfRole(parsed.model, 'archivist', 'organization').size).toBe(0)
    expect(permissionsOfRole(parsed.model, 'owner', 'organization').has('gatehouse/audit:read')).toBe(true)
  })

  test('may leave out what goes without saying', () => {
    const parsed = parseAccessModel(JSON.stringify(minimal))
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors))
    expect(parsed.model.resourceTypes).toContainEqual({ name: 'organization', title: 'Organization', plural: 'Organizations', parents: [] })
    expect(parsed.model.resourceTypes[0]).toEqual({ name: 'record', title: 'record', plural: 'record', parents: ['organization'] })
    expect(parsed.model.rules).toEqual({ rolesPerMember: 'many', defaultRole: null, founderRoles: ['admin'], customRoles: true })
  })

  test.each(Object.values(accessModels).map((model) => [model.name, model] as const))(
    '`%s` written as JSON is read back the same', (_, model) => {
      expect(parseAccessModel(JSON.stringify(model, null, 2))).toEqual({ ok: true, model })
    })
})

describe('faults are told with their place', () => {
  test.each<[string, object, [string, string][]]>([
    ['a missing title', { title: undefined }, [['/title', 'is missing']]],
    ['an unknown key', { colour: 'red' }, [['/colour', 'unknown key `colour`']]],
    ['a wrong type', { roles: 'admin' }, [['/roles', 'expected array']]],
    ['an unknown resource type', { permissions: [{ name: 'a', appliesTo: ['record', 'row'] }] },
      [['/permissions/0/appliesTo/1', 'unknown resource type `row`']]],
    ['an unknown permission', { roles: [...minimal.roles, { name: 'b', permissions: ['*', 'record:view', 'record:edit'] }] },
      [['/roles/1/permissions/2', 'unknown permission `record:edit`']]],
    ['an unknown core permission', { roles: [...minimal.roles, { name: 'b', core: ['fly'] }] },
      [['/roles/1/core/0', 'unknown permission of Gatehouse `fly`']]],
    ['a name used twice', { roles: [...minimal.roles, ...minimal.roles] }, [['/roles/1/name', 'name `admin` is used twice']]],
    ['two floors', { roles: [...minimal.roles, { name: 'b', floor: true }, { name: 'c', floor: true }] },
      [['/roles/2/floor', 'a model has one floor role at most']]],
    ['a type out of reach', { resourceTypes: [{ name: 'record' }, { name: 'a', parents: ['b'] }, { name: 'b', parents: ['a'] }] },
      [['/resourceTypes/1/parents', 'no way leads from the organization to `a`'],
        ['/resourceTypes/2/parents', 'no way leads from the organization to `b`']]],
    ['nobody to administer it', { roles: [{ name: 'reader', permissions: ['*'] }] },
      [['/rules/founderRoles', 'no founder role carries `member:write` and `assignment:write` at the organization: nobody could administer it']]],
    ['a name under the prefix', { permissions: [{ name: 'gatehouse/x', appliesTo: ['record'] }] },
      [['/permissions/0/name', 'a name is neither `*` nor begins with `gatehouse/`']]],
    ['a guard nobody can pass', { resourceTypes: [{ name: 'record' }, { name: 'other', guards: { edit: 'record:view' } }] },
      [['/resourceTypes/1/guards/edit', '`record:view` applies to nothing at, above or below `other`']]],
    ['a title used twice', { roles: [...minimal.roles, { name: 'b', title: 'ADMIN' }] }, [['/roles/1/title', 'title `ADMIN` is used twice']]],
    ['a title no database takes', { title: 'a\0b' }, [['/title', 'a text is one line without control characters']]],
    ['half a character', { roles: [...minimal.roles, { name: 'b', title: '\ud800' }] }, [['/roles/1/title', 'a text is one line without control characters']]],
    ['a pattern that may take for ever', { rules: { limits: { record: { namePattern: '^(a+)+$' } } } },
      [['/rules/limits/record/namePattern', 'a group cannot be repeated here']]],
    ['a pattern that is none', { rules: { limits: { record: { namePattern: '(' } } } },
      [['/rules/limits/record/namePattern', 'not a regular expression']]],
  ])('%s', (_, change, expected) => {
    expect(faults(change)).toEqual(expected)
  })

  test('by line and column, also where the value is missing', () => {
    const text = '{\n  "title": "T",\n  "resourceTypes": [],\n  "permissions": [],\n  "roles": [{ "permissions": [] }]\n}'
    expect(errorsOf(text)).toEqual([
      { pointer: '/roles/0/name', line: 5, column: 13, start: text.indexOf('{ "perm'), end: text.indexOf('\n}') - 1, detail: 'is missing' },
    ])
  })

  test.each([
    ['', 'the text ends too early', 1, 1], ['{"a":1,"a":2}', 'key `a` is given twice', 1, 8], ['{\n"a" 1}', 'expected `:` after the key', 2, 5],
    ['[1,]', 'expected a value', 1, 4], ['"a', 'the string has no end', 1, 3], ['{} x', 'nothing may follow the value', 1, 4],
    ['{"a":[1 2]}', 'expected `,` or `]`', 1, 9], ['["\\x"]', 'no such escape', 1, 3], [`${'['.repeat(70)}`, 'nested more than 64 levels deep', 1, 66],
  ])('%j is no JSON', (text, detail, line, column) => {
    expect(errorsOf(text)).toMatchObject([{ detail, line, column }])
  })

  test('a text too long is refused unread', () => {
    expect(errorsOf(' '.repeat(1_048_577))).toMatchObject([{ detail: 'a model has 1048576 characters at most' }])
  })
})

test('reads any JSON as `JSON.parse` does, and knows where each value stands', () => {
  fc.assert(fc.property(fc.jsonValue(), fc.constantFrom(undefined, 2), (value, indent) => {
    const text = JSON.stringify(value, null, indent)
    const read = readJson(text)
    if (!read.ok) throw new Error(read.detail)
    expect(read.value).toEqual(JSON.parse(text))
    for (const { start, end } of read.spans.values()) expect(() => JSON.parse(text.slice(start, end))).not.toThrow()
  }))
})

test('whatever the text, the answer is a model or faults', () => {
  fc.assert(fc.property(fc.oneof(fc.string(), fc.json(), fc.nat(example.length).map((cut) => example.slice(0, cut))), (text) => {
    const parsed = parseAccessModel(text)
    expect(parsed.ok || parsed.errors.length > 0).toBe(true)
  }))
})

test('lines and columns count from one', () => {
  expect([lineAndColumn('ab\ncd', 0), lineAndColumn('ab\ncd', 4)]).toEqual([{ line: 1, column: 1 }, { line: 2, column: 2 }])
})
