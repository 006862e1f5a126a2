import fc from 'fast-check'
import { expect, test } from 'vitest'
import { buildSnapshot } from '@/lib/access/engine/changes'
import { decide } from '@/lib/access/engine/decide'
import type { ResourceRow } from '@/lib/access/engine/rows'
import { growTree, testModels } from '@/lib/access/engine/testing/random-organization'
import { accessModels } from '@/lib/access/models/catalogue'
import { askableTypes } from '@/lib/access/models/resource-types'
import { addedTo, firstUnheld, reachOf, type Path } from './reach'

const astraPath = (...types: string[]): Path => types.map((type) => ({ id: type, type }))
const table = astraPath('table', 'keyspace', 'database', 'organization')
const root = astraPath('organization')

test('in Astra, a role over one table reaches up to the database for what applies there', () => {
  const role = { name: 'r', builtIn: false, permissions: ['db-table-select', 'db-cql', 'org-user-read'], chosen: [table] }
  const told = reachOf(accessModels.astra, role, root).map(({ path, permissions }) => [path[0]?.id, [...permissions].filter((name) => !name.startsWith('gatehouse/'))])
  expect(told).toEqual([['table', ['db-table-select']], ['database', ['db-cql']], ['organization', ['org-user-read']]])
})

test('what is added is what nothing above or there gave before', () => {
  const before = [{ path: astraPath('database', 'organization'), permissions: new Set(['a']) }]
  const after = [{ path: table, permissions: new Set(['a', 'b']) }, { path: root, permissions: new Set(['a']) }]
  expect(addedTo(before, after).map(({ permissions }) => [...permissions])).toEqual([['b'], ['a']])
})

test('the first that is missing is told with its place', () => {
  const holds = (permission: string, scopeId?: string) => permission === 'a' && scopeId === 'table'
  const rights = { holds, holdsNamed: holds, gives: holds, anywhere: () => false, roots: () => [], rootsNamed: () => [], atOrganization: () => [], knows: () => true }
  expect(firstUnheld(rights, [{ path: table, permissions: new Set(['a']) }])).toBeNull()
  expect(firstUnheld(rights, [{ path: table, permissions: new Set(['a']) }, { path: root, permissions: new Set(['a']) }])).toEqual({ permission: 'a', scopeId: 'organization' })
})

function pathOf(rows: readonly ResourceRow[], id: string): Path {
  const row = rows.find((each) => each.id === id)
  return row ? [{ id, type: row.type }, ...(row.parentId === null ? [] : pathOf(rows, row.parentId))] : []
}

const seeds = fc.array(fc.record({ type: fc.nat(50), parent: fc.nat(50) }), { minLength: 1, maxLength: 12 })
const CORES = ['gatehouse/audit:read', 'gatehouse/member:write']

test('says the same as the index decides, on random organizations', () => {
  const wanted = { model: fc.constantFrom(...testModels), seeds, permissions: fc.array(fc.nat(200), { minLength: 1, maxLength: 6 }), chosen: fc.option(fc.array(fc.nat(50), { minLength: 1, maxLength: 3 })), scope: fc.nat(50) }
  fc.assert(fc.property(fc.record(wanted), ({ model, seeds: grown, permissions: picks, chosen, scope }) => {
    const resources = growTree(model, grown)
    const names = [...model.permissions.map(({ name }) => name), ...CORES]
    const idAt = (index: number) => resources[index % resources.length]?.id ?? 'org'
    const permissions = [...new Set(picks.map((pick) => names[pick % names.length] ?? ''))]
    const resourceIds = chosen?.map(idAt) ?? null
    const snapshot = buildSnapshot(model, {
      organization: { id: 'org', version: 1 }, resources, members: [{ id: 'u', status: 'suspended' }], groups: [], groupMembers: [], tokens: [],
      serviceAccounts: [{ id: 's', status: 'active' }], roles: [{ id: 'r', name: 'r', builtIn: false, permissions, resourceIds }],
      assignments: [{ id: 'a', principalId: 's', roleId: 'r', scopeId: idAt(scope), expiresAt: null }],
    })
    const role = { name: 'r', builtIn: false, permissions, chosen: resourceIds?.map((id) => pathOf(resources, id)) ?? null }
    const reach = reachOf(model, role, pathOf(resources, idAt(scope)))
    const askable = askableTypes(model)
    for (const { id, type } of resources) for (const name of names) {
      const isAskable = askable.get(name)?.has(type) ?? true
      const isReached = reach.some(({ path, permissions: held }) => held.has(name) && pathOf(resources, id).some((node) => node.id === path[0]?.id))
      const { allow } = decide(snapshot, { principalId: 's', permission: name, resourceId: id, at: 0 })
      expect([id, name, isAskable && isReached]).toEqual([id, name, allow])
    }
  }), { numRuns: 400 })
})
