import { describe, expect, test } from 'vitest'
import { corePermissionNames } from '@/lib/access/permissions'
import { accessModels, findModel, findRole, permissionsOfRole } from './catalogue'
import { problemsOf } from './model-problems'

const DEEDS = ['create', 'edit', 'move', 'delete'] as const

const models = Object.values(accessModels)

test('every model answers to its own name', () => {
  for (const [name, model] of Object.entries(accessModels)) {
    expect(findModel(name)).toBe(model)
    expect(model.name).toBe(name)
  }
  expect(() => findModel('nonesuch')).toThrow('no access model `nonesuch`')
})

describe.each(models.map((model) => [model.name, model] as const))('%s', (_, model) => {
  test('contradicts itself nowhere', () => {
    expect(problemsOf(model)).toEqual([])
  })

  test('its founders hold everything, since nobody gives what they do not hold', () => {
    const held = new Set(model.rules.founderRoles.flatMap((name) => [...permissionsOfRole(model, name, 'organization')]))
    const all = [...model.permissions.map(({ name }) => name), ...corePermissionNames.map((name) => `gatehouse/${name}`)]
    expect(all.filter((name) => !held.has(name))).toEqual([])
  })

  test('says in words what everything is', () => {
    const texts = [...model.resourceTypes.map(({ title }) => title), ...model.permissions.map(({ title }) => title),
      ...model.permissions.map(({ description }) => description), ...model.roles.map(({ title }) => title),
      ...model.roles.map(({ description }) => description), model.title, model.description]
    expect(texts.filter((text) => text.trim() === '')).toEqual([])
    const sentences = [...model.permissions, ...model.roles].map(({ description }) => description)
    expect(sentences.filter((text) => !text.endsWith('.') || text.includes('!'))).toEqual([])
  })

  test('permissions apply to something, roles can be assigned somewhere', () => {
    expect(model.permissions.filter(({ appliesTo }) => appliesTo.length === 0)).toEqual([])
    expect(model.roles.filter(({ assignableAt }) => assignableAt.length === 0)).toEqual([])
  })

  test('every type but the organization is guarded on all four deeds', () => {
    const unguarded = model.resourceTypes
      .filter(({ name, standsFor }) => name !== 'organization' && standsFor === undefined)
      .flatMap(({ name, guards }) => DEEDS.filter((deed) => guards?.[deed] === undefined).map((deed) => `${deed} ${name}`))
    // Whoever may change the company's resources adds connections: the reference has no action of that name.
    expect(unguarded).toEqual(model.name === 'rocketadmin' ? ['create connection'] : [])
  })

  test('a guard comes with the core permission whose door it stands behind', () => {
    const guards = new Set(model.resourceTypes.flatMap(({ guards: of = {} }) => DEEDS.map((deed) => of[deed])))
    const missing = model.permissions.filter(({ name, implies }) => guards.has(name) && !implies.includes('resource:write'))
    expect(missing.map(({ name }) => name)).toEqual([])
    const views = new Set(model.resourceTypes.map(({ guards: of }) => of?.view))
    const blind = model.permissions.filter(({ name, implies }) => views.has(name) && !implies.includes('resource:read'))
    expect(blind.map(({ name }) => name)).toEqual([])
  })
})

describe('a role', () => {
  test('is found by name or title, case ignored', () => {
    expect(findRole(accessModels.standard, 'cluster-admin')?.title).toBe('Cluster admin')
    expect(findRole(accessModels.standard, 'CLUSTER ADMIN')?.name).toBe('cluster-admin')
    expect(findRole(accessModels.standard, 'nonesuch')).toBeUndefined()
  })

  test('permits what its permissions imply, under the prefix', () => {
    const held = permissionsOfRole(accessModels.standard, 'folder-mover', 'folder')
    expect([...held].sort()).toEqual(['folder:edit', 'folder:move', 'gatehouse/resource:read', 'gatehouse/resource:write'])
  })

  test('permits some things only where it is held high enough', () => {
    expect(permissionsOfRole(accessModels.standard, 'cluster-admin', 'folder').has('cluster:create')).toBe(true)
    expect(permissionsOfRole(accessModels.standard, 'cluster-admin', 'cluster').has('cluster:create')).toBe(false)
    expect(permissionsOfRole(accessModels.standard, 'nonesuch', 'cluster').size).toBe(0)
  })

  test('the floor of `standard` sees the organization and manages own keys, no more', () => {
    expect([...permissionsOfRole(accessModels.standard, 'member', 'organization')].sort()).toEqual(
      ['gatehouse/key:self', 'gatehouse/organization:read'])
  })
})
