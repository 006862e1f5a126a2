import { describe, expect, test } from 'vitest'
import { findModel } from '@/lib/access/models/catalogue'
import { applyAttributes } from './attributes'
import {
  childTypes, containerTypes, contentsInWords, countOf, countProblem, depthProblem, guardOf, madeTypes, moveProblem, nameProblem, placementProblem, renameProblem, typeOf, withArticle,
  type Deed, type Place,
} from './rules'

const model = findModel

describe('what may lie under what', () => {
  test.each([
    ['standard', 'organization', ['folder', 'cluster', 'database', 'workspace', 'integration', 'dashboard']],
    ['standard', 'database', ['keyspace', 'table']],
    ['rockset', 'organization', ['integration', 'workspace']],
    ['rockset', 'workspace', ['collection', 'query-lambda']],
    ['rockset', 'collection', []],
    ['celerdata', 'organization', ['account']],
    ['celerdata', 'account', ['cluster']],
    ['celerdata', 'cluster', ['warehouse']],
    ['rocketadmin', 'organization', ['connection']],
    ['rocketadmin', 'connection', ['table', 'dashboard', 'panel']],
    ['rocketadmin', 'table', ['column', 'actionEvent']],
    ['cockroachdb', 'organization', ['folder', 'cluster']],
    ['cockroachdb', 'folder', ['folder', 'cluster']],
    ['cockroachdb', 'cluster', ['sql-user']],
    ['astra', 'organization', ['database']],
    ['astra', 'database', ['keyspace']],
    ['astra', 'keyspace', ['table']],
  ])('%s: %s holds %j', (name, parent, types) => {
    expect(childTypes(model(name), parent).map((type) => type.name)).toEqual(types)
  })

  test('groups are not made in the tree, and the tree shows what can hold something', () => {
    expect(madeTypes(model('rocketadmin')).map(({ name }) => name)).not.toContain('group')
    expect(containerTypes(model('rocketadmin'))).toEqual(['connection', 'table'])
    expect(containerTypes(model('cockroachdb'))).toEqual(['folder', 'cluster'])
  })

  test('is refused in words', () => {
    expect(placementProblem(model('cockroachdb'), 'folder', 'cluster')).toBe('a folder cannot lie directly under a cluster')
    expect(placementProblem(model('cockroachdb'), 'sql-user', 'organization')).toBe('an SQL user cannot lie directly under an organization')
    expect(placementProblem(model('cockroachdb'), 'folder', 'folder')).toBeNull()
    expect(placementProblem(model('cockroachdb'), 'gone', 'folder')).toBe('a gone cannot lie directly under a folder')
  })
})

describe('names', () => {
  test.each([
    ['prod', true], ['EU 1', true], ["Ann's_folder-2", true], ['äöü', true], ['a'.repeat(40), true],
    ['ab', false], ['a'.repeat(41), false], ['-prod', false], ['prod-', false], ['pr/od', false], ['prod ', false], ['pröd!', false],
  ])('cockroachdb: a folder called %j: %s', (name, isFine) => {
    expect(nameProblem(model('cockroachdb'), 'folder', name)).toBe(isFine ? null : 'Use 3 to 40 letters, digits, spaces, hyphens, apostrophes and underscores, a letter or digit first and last')
  })

  test('of other types and models are free', () => {
    expect([nameProblem(model('cockroachdb'), 'cluster', '!'), nameProblem(model('standard'), 'folder', 'x')]).toEqual([null, null])
  })

  test('a cluster in a folder keeps its name', () => {
    expect(renameProblem(model('cockroachdb'), 'cluster', 'folder')).toBe('a cluster directly under a folder cannot be renamed')
    expect(renameProblem(model('cockroachdb'), 'cluster', 'organization')).toBeNull()
    expect(renameProblem(model('cockroachdb'), 'folder', 'folder')).toBeNull()
    expect(renameProblem(model('standard'), 'cluster', 'folder')).toBeNull()
  })
})

describe('limits', () => {
  test('cockroachdb: folders to level 4, 65 of them', () => {
    expect([depthProblem(model('cockroachdb'), 'folder', 4), depthProblem(model('cockroachdb'), 'cluster', 9)]).toEqual([null, null])
    expect(depthProblem(model('cockroachdb'), 'folder', 5)).toBe('folders lie at most 4 levels deep, the organization counted')
    expect([countProblem(model('cockroachdb'), 'folder', 64), countProblem(model('cockroachdb'), 'cluster', 1000)]).toEqual([null, null])
    expect(countProblem(model('cockroachdb'), 'folder', 65)).toBe('an organization has at most 65 folders')
  })
})

describe('a move', () => {
  const organization: Place = { type: 'organization', id: 'org', name: 'Acme' }
  const folder = (id: string): Place => ({ type: 'folder', id, name: id })
  const to = (...path: Place[]) => ({ ...(path.at(-1) ?? organization), path: [organization, ...path] })
  const europe = (heights: [string, number][] = [['folder', 0]]) => ({ ...folder('europe'), parentId: 'prod', deepest: new Map(heights) })
  const problem = (moving: Parameters<typeof moveProblem>[1], destination: Parameters<typeof moveProblem>[2]) => moveProblem(model('cockroachdb'), moving, destination)

  test('goes where the shape of the tree allows it', () => {
    expect(problem(europe(), to(folder('test')))).toBeNull()
    expect(problem(europe(), to())).toBeNull()
    expect(problem(europe(), to(folder('europe')))).toBe('`europe` cannot lie in itself')
    expect(problem(europe(), to(folder('prod'), folder('europe'), folder('inside')))).toBe('`inside` lies inside `europe`')
    expect(problem(europe(), to({ type: 'cluster', id: 'c', name: 'c' }))).toBe('a folder cannot lie directly under a cluster')
    expect(problem({ ...europe(), parentId: null }, to(folder('test')))).toBe('the organization is the root of the tree and cannot be moved')
  })

  test('counts how deep lies what moves along', () => {
    const tooDeep = 'folders lie at most 4 levels deep, the organization counted'
    expect(problem(europe([['folder', 0]]), to(folder('a'), folder('b')))).toBeNull()
    expect(problem(europe([['folder', 1]]), to(folder('a'), folder('b')))).toBe(tooDeep)
    expect(problem(europe([['folder', 0]]), to(folder('a'), folder('b'), folder('c')))).toBe(tooDeep)
  })
})

describe('where the model’s own permission is asked', () => {
  const path = (...types: string[]) => types.map((type) => ({ type, id: type }))
  test.each<[string, Deed, string, string[], string | null, string | null]>([
    ['cockroachdb', 'create', 'cluster', ['folder', 'organization'], 'cluster:create', 'folder'],
    ['cockroachdb', 'create', 'folder', ['organization'], 'folder:create', 'organization'],
    ['cockroachdb', 'move', 'cluster', ['cluster', 'folder', 'organization'], 'folder:move', 'cluster'],
    ['cockroachdb', 'create', 'sql-user', ['cluster', 'organization'], 'sql-user:manage', 'cluster'],
    ['cockroachdb', 'delete', 'sql-user', ['sql-user', 'cluster', 'organization'], 'sql-user:manage', 'cluster'],
    ['celerdata', 'create', 'account', ['organization'], 'organization:manage', 'organization'],
    ['celerdata', 'delete', 'account', ['account', 'organization'], 'organization:manage', 'organization'],
    ['celerdata', 'create', 'cluster', ['account', 'organization'], 'cluster:create', 'account'],
    ['celerdata', 'delete', 'warehouse', ['warehouse', 'cluster', 'account', 'organization'], 'cluster:edit', 'warehouse'],
    ['rocketadmin', 'create', 'connection', ['organization'], null, null],
    ['rocketadmin', 'create', 'table', ['connection', 'organization'], 'connection:edit', 'connection'],
    ['rocketadmin', 'edit', 'column', ['column', 'table', 'connection', 'organization'], 'connection:edit', 'connection'],
    ['rocketadmin', 'create', 'dashboard', ['connection', 'organization'], 'dashboard:create', 'connection'],
    ['rockset', 'create', 'collection', ['workspace', 'organization'], 'collection:write', 'workspace'],
    ['astra', 'create', 'keyspace', ['database', 'organization'], 'db-keyspace-create', 'database'],
    ['astra', 'delete', 'table', ['table', 'keyspace', 'database', 'organization'], 'db-table-drop', 'table'],
    ['standard', 'move', 'database', ['cluster', 'folder', 'organization'], 'database:edit', 'cluster'],
  ])('%s: %s of a %s, from %j: %s at the %s', (name, deed, type, types, permission, scope) => {
    const guard = guardOf(model(name), deed, type, path(...types))
    expect([guard?.permission ?? null, guard?.scope ?? null]).toEqual([permission, scope])
  })
})

describe('attributes', () => {
  test('are those the model declares, of its types', () => {
    const read = applyAttributes(model('cockroachdb'), 'cluster', { region: 'eu', labels: ['b'] }, { labels: ['z', ' a ', 'z', ''], region: null })
    expect(read).toEqual({ values: { labels: ['a', 'z'] }, problems: [], users: [] })
    const wrong = applyAttributes(model('cockroachdb'), 'cluster', {}, { region: 3, labels: 'x', size: 'big' })
    expect(wrong.problems).toEqual([
      { path: 'attributes.region', message: 'Give a text' },
      { path: 'attributes.labels', message: 'Give a list of texts' },
      { path: 'attributes.size', message: 'A cluster has no such attribute; it has `labels`, `region`' },
    ])
    expect(wrong.values).toEqual({})
  })

  test('of every type there is', () => {
    const attributes = { text: 'String', count: 'Long', isOn: 'Boolean', tags: 'Set<String>', range: 'ipaddr', since: 'datetime', owner: 'User' } as const
    const own = { ...model('standard'), resourceTypes: [{ name: 'thing', title: 'Thing', plural: 'Things', parents: ['organization'], attributes }] }
    const good = { text: 'x', count: 3, isOn: false, tags: ['a'], range: '10.0.0.0/8', since: '2027-01-31T00:00:00Z', owner: 'usr_1' }
    expect(applyAttributes(own, 'thing', {}, good)).toEqual({ values: good, problems: [], users: ['usr_1'] })
    const bad = { text: 1, count: 1.5, isOn: 'yes', tags: true, range: '10.0.0.0/99', since: 'tomorrow', owner: 'ann' }
    expect(applyAttributes(own, 'thing', {}, bad).problems.map(({ path }) => path)).toEqual(Object.keys(bad).map((name) => `attributes.${name}`))
  })
})

describe('words', () => {
  test('count and name types', () => {
    expect([withArticle('Account'), withArticle('Folder'), withArticle('SQL user')]).toEqual(['an account', 'a folder', 'an SQL user'])
    const cockroach = model('cockroachdb')
    expect([countOf(typeOf(cockroach, 'folder'), 1), countOf(typeOf(cockroach, 'sql-user'), 1200)]).toEqual(['1 folder', '1,200 SQL users'])
    expect(contentsInWords(cockroach, new Map([['cluster', 1], ['folder', 2]]))).toBe('2 folders and 1 cluster')
    expect(contentsInWords(cockroach, new Map())).toBe('nothing')
  })
})
