import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { accessModels, findModel } from '@/lib/access/models/catalogue'
import { rocketadmin } from '@/lib/access/models/rocketadmin'
import { checkPolicyText } from './check'
import { formOf, type RowContent } from './form'
import { choiceOf, formCatalogue } from './form-catalogue'
import { applyForm, statementText } from './form-edits'
import { actionsBringing, grantsOf } from './grants'
import { resourceRef } from './names'
import { formatPolicyText } from './policy-text'
import { entityText, quoted } from './quote'
import { entitiesNamedIn } from './references'

const table = (id: string): RowContent['resource'] => ({ kind: 'one', type: 'table', id })

describe('Rocketadmin’s form and code', () => {
  test('a form row is written as the reference writes it', () => {
    expect(statementText(rocketadmin, { permissions: ['table:read'], resource: table('1234/products') })).toBe(
      'permit(\n  principal,\n  action == RocketAdmin::Action::"table:read",\n  resource == RocketAdmin::Table::"1234/products"\n);')
    expect(statementText(rocketadmin, { permissions: ['dashboard:read'], resource: { kind: 'one', type: 'dashboard', id: '1234/5678' } })).toContain(
      'action == RocketAdmin::Action::"dashboard:read",\n  resource == RocketAdmin::Dashboard::"1234/5678"')
  })

  test('General’s star is one statement for everything', () => {
    const text = applyForm(rocketadmin, '', [{ kind: 'add', row: { permissions: '*', resource: { kind: 'everything' } } }])
    expect(text).toBe('permit(\n  principal,\n  action,\n  resource\n);\n')
    expect(formOf(rocketadmin, text).rows).toMatchObject([{ kind: 'row', choice: '*' }])
  })

  test.each([
    ['table:*', 'table', ['table:read', 'table:add', 'table:edit', 'table:delete']],
    ['dashboard:*', 'dashboard', ['dashboard:read', 'dashboard:create', 'dashboard:edit', 'dashboard:delete']],
  ])('%s is a list of four', (value, type, permissions) => {
    const item = formCatalogue(rocketadmin).flatMap(({ items }) => items).find((one) => one.value === value)
    expect(item).toMatchObject({ permissions, types: [type] })
    const text = statementText(rocketadmin, { permissions, resource: { kind: 'everything' } })
    expect(text).toBe(`permit(\n  principal,\n  action in [${permissions.map((name) => `RocketAdmin::Action::"${name}"`).join(', ')}],\n  resource\n);`)
    expect(formOf(rocketadmin, text).rows).toMatchObject([{ kind: 'row', choice: value, permissions }])
    expect(choiceOf(rocketadmin, [...permissions].reverse())).toBe(value)
    expect(choiceOf(rocketadmin, permissions.slice(1))).toBeNull()
  })

  test('the categories are the five, and every action of the model is in one', () => {
    const catalogue = formCatalogue(rocketadmin)
    expect(catalogue.map(({ title }) => title)).toEqual(['General', 'Connection', 'Group', 'Table', 'Dashboard'])
    const values = catalogue.flatMap(({ items }) => items.map(({ value }) => value))
    expect(values.filter((value) => !value.endsWith('*')).sort()).toEqual(rocketadmin.permissions.map(({ name }) => name).sort())
    expect(catalogue.flatMap(({ items }) => items).find(({ value }) => value === 'dashboard:create')?.types).toEqual(['dashboard', 'connection'])
  })
})

test.each(Object.values(accessModels))('everything the form of $name offers is valid and comes back as chosen', (model) => {
  for (const { items } of formCatalogue(model)) {
    for (const { value, permissions, types } of items) {
      const resources: RowContent['resource'][] = [{ kind: 'everything' }, ...types.slice(0, 2).flatMap((type): RowContent['resource'][] =>
        [{ kind: 'type', type }, { kind: 'one', type, id: 'x' }, { kind: 'within', type: 'organization', id: 'o', only: type }])]
      const text = resources.map((resource) => statementText(model, { permissions, resource })).join('\n\n')
      const { rows } = formOf(model, text)
      expect(rows.map((row) => row.kind === 'row' && { choice: row.choice, resource: row.resource }))
        .toEqual(resources.map((resource) => ({ choice: value, resource })))
      expect({ text, problems: checkPolicyText(model, text).problems }).toEqual({ text, problems: [] })
    }
  }
})

describe('names in generated text', () => {
  const nasty = fc.oneof(
    fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }),
    fc.array(fc.constantFrom('"', '\\', '\n', '\r', '\0', '\u2028', '\u202e', '\u200b', '\ud800', '\udc00', '😀', '//', ';', ')', '}', '\\"', '\\u{41}', 'permit(principal, action, resource);'))
      .map((parts) => parts.join('')),
  )

  test('stay names, whatever they are', () => {
    const before = '// first\npermit(principal, action == RocketAdmin::Action::"table:add", resource);\n'
    fc.assert(fc.property(nasty, (id) => {
      const row: RowContent = { permissions: ['table:read'], resource: table(id) }
      const text = applyForm(rocketadmin, before, [{ kind: 'add', row: { permissions: ['table:read'], resource: table(id.toString().replace(/\p{Cs}/gu, '\ufffd')) } }])
      const { rows } = formOf(rocketadmin, text)
      expect(text.startsWith(before)).toBe(true)
      expect(rows).toHaveLength(2)
      expect(rows[1]).toMatchObject({ permissions: row.permissions, resource: { id: id.replace(/\p{Cs}/gu, '\ufffd') } })
      expect(entitiesNamedIn(text).filter(({ entity }) => entity.type === 'RocketAdmin::Table').map(({ entity, start, end }) => [entity.id, text.slice(start, end)]))
        .toEqual([[id.replace(/\p{Cs}/gu, '\ufffd'), entityText(resourceRef(rocketadmin, 'table', id))]])
    }), { numRuns: 300 })
  })

  test('are written so that nothing is invisible', () => {
    expect(quoted('a"b\\c\nd\u202ee\u200bf\u00a0g\0h é 日本 😀')).toBe('"a\\"b\\\\c\\nd\\u{202e}e\\u{200b}f\\u{a0}g\\0h é 日本 😀"')
  })

  test('names of permissions and types come from the model only', () => {
    const add = (row: RowContent) => () => applyForm(rocketadmin, '', [{ kind: 'add', row }])
    expect(add({ permissions: ['table:read", resource); permit(principal, action'], resource: table('x') })).toThrow('no permission')
    expect(add({ permissions: ['table:read'], resource: { kind: 'type', type: 'Table); permit(principal, action, resource' } })).toThrow('no resource type')
    expect(add({ permissions: [], resource: table('x') })).toThrow('at least one')
  })
})

describe('edits', () => {
  const text = [
    '// Support', '@id("read")', 'permit(principal, // everyone', '  action == RocketAdmin::Action::"table:read", // look', '  resource == RocketAdmin::Table::"1/a" // only a', ');',
    '', 'forbid(principal, action, resource) when { context has ip };', '', '// last', 'permit(principal, action == RocketAdmin::Action::"table:add", resource);', '',
  ].join('\n')

  test('change the action and leave comments and the resource', () => {
    const row: RowContent = { permissions: ['table:read', 'table:edit'], resource: table('1/a') }
    expect(applyForm(rocketadmin, text, [{ kind: 'change', index: 0, row }])).toBe(text.replace(
      'action == RocketAdmin::Action::"table:read",', 'action in [RocketAdmin::Action::"table:read", RocketAdmin::Action::"table:edit"],'))
  })

  test('several at once name statements as they were', () => {
    const after = applyForm(rocketadmin, text, [
      { kind: 'add', row: { permissions: ['group:read'], resource: { kind: 'type', type: 'group' } } },
      { kind: 'delete', index: 0 },
      { kind: 'change', index: 2, row: { permissions: ['table:add'], resource: { kind: 'within', type: 'connection', id: '1', only: 'table' } } },
    ])
    expect(after).toBe([
      '// Support', '', 'forbid(principal, action, resource) when { context has ip };', '', '// last',
      'permit(principal, action == RocketAdmin::Action::"table:add", resource is RocketAdmin::Table in RocketAdmin::Connection::"1");', '',
      'permit(', '  principal,', '  action == RocketAdmin::Action::"group:read",', '  resource is RocketAdmin::Group', ');', '',
    ].join('\n'))
  })

  test.each([
    [{ kind: 'change' as const, index: 1, row: { permissions: '*' as const, resource: table('x') } }, 'edited as code'],
    [{ kind: 'change' as const, index: 9, row: { permissions: '*' as const, resource: table('x') } }, 'there is no statement 10'],
    [{ kind: 'delete' as const, index: -1 }, 'there is no statement 0'],
  ])('refuses %j', (edit, message) => {
    expect(() => applyForm(rocketadmin, text, [edit])).toThrow(message)
  })

  test('refuses text that does not parse, and leaves it', () => {
    expect(() => applyForm(rocketadmin, 'permit(', [{ kind: 'delete', index: 0 }])).toThrow('cannot be read')
    expect(applyForm(rocketadmin, 'permit(', [])).toBe('permit(')
  })

  test('deleting all leaves the comments', () => {
    expect(applyForm(rocketadmin, text, [0, 1, 2].map((index) => ({ kind: 'delete', index })))).toBe('// Support\n\n// last\n')
  })
})

test('entities are found in scopes and conditions, with their places', () => {
  const text = '// größe 😀\npermit(principal in RocketAdmin::Group::"g", action == RocketAdmin::Action::"table:read", resource is RocketAdmin::Table in RocketAdmin::Connection::"1")\n' +
    'when { [RocketAdmin::Table::"1/\\u{61}", resource].contains(RocketAdmin::Table::"1/a") || (if true then {x: RocketAdmin::User::"u"} else {x: principal}).x == principal }\n' +
    'unless { resource in [RocketAdmin::Connection::"é"] };'
  const found = entitiesNamedIn(text).map(({ entity, start, end }) => [`${entity.type} ${entity.id}`, text.slice(start, end)])
  expect(found).toEqual([
    ['RocketAdmin::Group g', 'RocketAdmin::Group::"g"'],
    ['RocketAdmin::Action table:read', 'RocketAdmin::Action::"table:read"'],
    ['RocketAdmin::Connection 1', 'RocketAdmin::Connection::"1"'],
    ['RocketAdmin::Table 1/a', 'RocketAdmin::Table::"1/\\u{61}"'],
    ['RocketAdmin::Table 1/a', 'RocketAdmin::Table::"1/a"'],
    ['RocketAdmin::User u', 'RocketAdmin::User::"u"'],
    ['RocketAdmin::Connection é', 'RocketAdmin::Connection::"é"'],
  ])
})

test('what policies give at most', () => {
  const text = 'permit(principal, action, resource) when { context has ip };\nforbid(principal, action, resource);\n' +
    'permit(principal == RocketAdmin::User::"u", action == RocketAdmin::Action::"table:add", resource in RocketAdmin::Connection::"1");'
  expect(grantsOf(rocketadmin, text)).toEqual([
    { statement: 0, permissions: '*', resource: { kind: 'everything' }, isConditional: true },
    { statement: 2, permissions: ['table:add'], resource: { kind: 'within', type: 'connection', id: '1', only: null }, isConditional: true },
  ])
  expect(actionsBringing(rocketadmin, 'column:read').map(({ id }) => id)).toEqual(['table:read'])
  expect(actionsBringing(rocketadmin, 'gatehouse/policy:write').map(({ id }) => id)).toEqual(['connection:edit'])
  expect(actionsBringing(findModel('standard'), 'nonesuch')).toEqual([])
})

test('formatting keeps comments and meaning, and leaves what does not parse', () => {
  const text = '// a\n@id("x") permit(principal,action==RocketAdmin::Action::"table:read",resource); // b\n'
  const formatted = formatPolicyText(text)
  expect(formatted).toContain('// a')
  expect(formatted).toContain('// b')
  expect(formOf(rocketadmin, formatted).rows).toMatchObject([{ kind: 'row', choice: 'table:read', annotations: { id: 'x' } }])
  expect(formatPolicyText('permit(')).toBe('permit(')
})
