import { describe, expect, test } from 'vitest'
import { findModel, permissionsOfRole } from './catalogue'

const model = findModel('cockroachdb')

const columns = ['ORG_ADMIN', 'CLUSTER_ADMIN', 'CLUSTER_OPERATOR_WRITER', 'CLUSTER_DEVELOPER', 'METRICS_VIEWER'] as const

/** The design document's matrix, in the order of `columns`. */
const matrix: [title: string, ...cells: boolean[]][] = [
  ['Create clusters', true, true, false, false, false],
  ['Delete clusters', true, true, false, false, false],
  ['Scale clusters', true, true, true, false, false],
  ['Manage SQL users', true, true, false, false, false],
  ['View connection info', true, true, true, true, false],
  ['Configure networking', true, true, true, false, false],
  ['View metrics', true, true, true, true, true],
  ['Manage backups', true, true, true, false, false],
  ['Access DB Console', true, true, true, true, false],
  ['Invite users', true, false, false, false, false],
  ['Manage billing', true, false, false, false, false],
]

const nameOf = (title: string) => model.permissions.find((permission) => permission.title === title)?.name ?? ''

describe.each(matrix)('%s', (title, ...cells) => {
  test.each(columns.map((role, index) => [role, cells[index]] as const))('%s: %s', (role, cell) => {
    expect(permissionsOfRole(model, role, 'organization').has(nameOf(title))).toBe(cell)
  })
})

test.each([['organization', true], ['folder', false], ['cluster', false]])(
  'Cluster Admin held at %s creates clusters: %s', (scope, expected) => {
    expect(permissionsOfRole(model, 'CLUSTER_ADMIN', scope).has('cluster:create')).toBe(expected)
  })

/** Console name, identifier, and where it can be assigned: organization, folder, cluster. */
const scopes: [title: string, name: string, organization: boolean, folder: boolean, cluster: boolean][] = [
  ['Organization Admin', 'ORG_ADMIN', true, false, false],
  ['Billing Coordinator', 'BILLING_COORDINATOR', true, false, false],
  ['Billing Viewer', 'BILLING_VIEWER', true, false, false],
  ['Cluster Creator', 'CLUSTER_CREATOR', true, true, false],
  ['Cluster Admin', 'CLUSTER_ADMIN', true, true, true],
  ['Cluster Operator', 'CLUSTER_OPERATOR_WRITER', true, true, true],
  ['Cluster Developer', 'CLUSTER_DEVELOPER', true, true, true],
  ['Cluster Monitor', 'CLUSTER_MONITOR', true, true, true],
  ['Metrics Viewer', 'METRICS_VIEWER', true, true, true],
  ['Folder Admin', 'FOLDER_ADMIN', true, true, false],
  ['Folder Mover', 'FOLDER_MOVER', true, true, false],
]

test.each(scopes)('%s (%s) can be assigned where it is documented', (title, name, organization, folder, cluster) => {
  const role = model.roles.find((candidate) => candidate.name === name)
  expect(role?.title).toBe(title)
  expect(['organization', 'folder', 'cluster'].map((type) => role?.assignableAt.includes(type))).toEqual(
    [organization, folder, cluster])
})

test('there are twelve roles, Organization Member being the floor that grants nothing', () => {
  expect(model.roles.map(({ name }) => name).sort()).toEqual([...scopes.map(([, name]) => name), 'ORG_MEMBER'].sort())
  const floor = model.roles.find(({ name }) => name === 'ORG_MEMBER')
  expect(floor).toMatchObject({ title: 'Organization Member', floor: true, permissions: [] })
})

test('the founder gets four roles', () => {
  expect(model.rules.founderRoles).toEqual(['ORG_ADMIN', 'BILLING_COORDINATOR', 'CLUSTER_ADMIN', 'FOLDER_ADMIN'])
})

test('Folder Admin sees all users only where held at the organization', () => {
  expect(permissionsOfRole(model, 'FOLDER_ADMIN', 'organization').has('principal:view')).toBe(true)
  expect(permissionsOfRole(model, 'FOLDER_ADMIN', 'folder').has('principal:view')).toBe(false)
})

test('Folder Admin creates no clusters, Folder Mover moves them without a cluster role', () => {
  const cluster = model.resourceTypes.find(({ name }) => name === 'cluster')
  expect(permissionsOfRole(model, 'FOLDER_ADMIN', 'folder').has(cluster?.guards?.create ?? '')).toBe(false)
  expect(permissionsOfRole(model, 'FOLDER_MOVER', 'folder').has(cluster?.guards?.move ?? '')).toBe(true)
  expect(permissionsOfRole(model, 'FOLDER_MOVER', 'folder').has(cluster?.guards?.delete ?? '')).toBe(false)
  expect(cluster?.creator).toEqual({ role: 'CLUSTER_ADMIN', protected: false })
})

test('folders: four levels with the organization, 65 at most', () => {
  expect(model.rules.limits?.folder).toMatchObject({ maxDepth: 4, maxCount: 65 })
})

test.each([
  ['prod', true], ['Europe-1', true], ['O\'Neill team_2', true], ['a'.repeat(40), true], ['Zürich', true],
  ['ab', false], ['a'.repeat(41), false], ['-prod', false], ['prod-', false], [' prod', false], ['a/b', false], ['a\nb', false],
])('a folder may be named %j: %s', (name, expected) => {
  expect(new RegExp(model.rules.limits?.folder?.namePattern ?? '', 'u').test(name)).toBe(expected)
})
