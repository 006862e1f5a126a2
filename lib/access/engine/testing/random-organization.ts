import fc from 'fast-check'
import type { AccessModel } from '@/lib/access/models/access-model'
import { accessModels, permissionsOfRole } from '@/lib/access/models/catalogue'
import { parseAccessModel } from '@/lib/access/models/schema'
import type { Question } from '../decide'
import type { Change, ResourceRow, SnapshotRows } from '../rows'

/** The moment at which random organizations are asked; assignments end around it. */
export const AT = 1_000

const parsed = parseAccessModel(JSON.stringify({
  name: 'tiny', title: 'Tiny',
  resourceTypes: [
    { name: 'organization' }, { name: 'folder', parents: ['organization', 'folder'] },
    { name: 'box', parents: ['organization', 'folder'] }, { name: 'leaf', parents: ['box'] },
  ],
  permissions: [
    { name: 'org:run', appliesTo: ['organization'], implies: ['organization:write', 'member:write'] },
    { name: 'folder:run', appliesTo: ['folder'], implies: ['resource:write'] },
    { name: 'box:run', appliesTo: ['box'], includes: ['leaf:see'], implies: ['resource:read'] },
    { name: 'leaf:run', appliesTo: ['leaf'], includes: ['leaf:see'], implies: ['audit:read'] },
    { name: 'leaf:see', appliesTo: ['leaf'] },
  ],
  roles: [
    { name: 'admin', permissions: ['*'], core: ['*'] },
    { name: 'floor', permissions: ['leaf:see'], core: ['key:self'], floor: true },
    { name: 'high', permissions: [{ permission: 'box:run', heldAt: ['organization'] }, 'leaf:run'],
      core: [{ permission: 'group:write', heldAt: ['folder'] }] },
    { name: 'boxer', permissions: ['box:run'] },
  ],
}))
if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors))
const tiny = parsed.model

export const testModels: readonly AccessModel[] = [
  tiny, { ...tiny, rules: { ...tiny.rules, chosenResourcesReachUp: true } },
  accessModels.astra, accessModels.cockroachdb, accessModels.celerdata,
]

const CORES = ['gatehouse/resource:read', 'gatehouse/member:write', 'gatehouse/key:self', 'gatehouse/audit:read']

const pick = <T>(list: readonly T[], seed: number): T | undefined => list[seed % Math.max(1, list.length)]

/** Places each node under an earlier one that its type allows: never a circle. */
export function growTree(model: AccessModel, seeds: readonly { type: number; parent: number }[]): ResourceRow[] {
  const rows: ResourceRow[] = [{ id: 'org', type: 'organization', parentId: null, name: 'org' }]
  for (const { type, parent } of seeds) {
    const present = new Set(rows.map((row) => row.type))
    const possible = model.resourceTypes.filter(({ parents }) => parents.some((name) => present.has(name)))
    const chosen = pick(possible, type)
    const above = rows.filter((row) => chosen?.parents.includes(row.type))
    const id = `n${rows.length}`
    if (chosen) rows.push({ id, type: chosen.name, parentId: pick(above, parent)?.id ?? 'org', name: id })
  }
  return rows
}

const ids = (prefix: string, count: number) => Array.from({ length: count }, (_, index) => `${prefix}${index}`)

const USERS = ids('u', 4)
const GROUPS = ids('g', 3)
const PRINCIPALS = [...USERS, ...GROUPS, 's0', 't0']

const status = fc.constantFrom('active', 'active', 'active', 'suspended', 'pending')
const edge = fc.record({ groupId: fc.constantFrom(...GROUPS), memberId: fc.constantFrom(...USERS, 's0') })
const seeds = fc.array(fc.record({ type: fc.nat(50), parent: fc.nat(50) }), { maxLength: 12 })

export type RandomOrganization = {
  model: AccessModel
  rows: SnapshotRows & { resources: ResourceRow[] }
  roleIds: string[]
  nodeIds: string[]
  permissions: string[]
}

export const organization: fc.Arbitrary<RandomOrganization> = fc.constantFrom(...testModels).chain((model) =>
  seeds.chain((grown) => {
    const resources = growTree(model, grown)
    const nodeIds = resources.map(({ id }) => id)
    const permissions = [...model.permissions.map(({ name }) => name), ...CORES]
    const custom = fc.record({
      permissions: fc.uniqueArray(fc.constantFrom(...permissions), { maxLength: 5 }),
      resourceIds: fc.option(fc.uniqueArray(fc.constantFrom(...nodeIds, 'nowhere'), { maxLength: 3 })),
    })
    const builtIn = model.roles.map(({ name }) => ({ id: `r-${name}`, name, builtIn: true, permissions: [] }))
    const roleIds = [...builtIn.map(({ id }) => id), ...ids('c', 3)]
    return fc.record({
      members: fc.tuple(...USERS.map((id) => status.map((value) => ({ id, status: value })))),
      groups: fc.subarray(GROUPS, { minLength: 1 }).map((list) => list.map((id) => ({ id }))),
      groupMembers: fc.uniqueArray(edge, { maxLength: 8, selector: ({ groupId, memberId }) => groupId + memberId }),
      serviceAccounts: fc.tuple(status.map((value) => ({ id: 's0', status: value }))),
      tokens: fc.tuple(status.map((value) => ({ id: 't0', status: value }))),
      roles: fc.tuple(...ids('c', 3).map((id) => custom.map((rest) => ({ id, name: id, builtIn: false, ...rest }))))
        .map((list) => [...builtIn, ...list]),
      assignments: fc.array(assignment(roleIds, nodeIds), { maxLength: 14 })
        .map((list) => list.map((row, index) => ({ ...row, id: `a${index}` }))),
    }).map((rows) => ({
      model, roleIds, nodeIds, permissions,
      rows: { organization: { id: 'org', version: 1 }, resources, ...rows },
    }))
  }))

const assignment = (roleIds: readonly string[], nodeIds: readonly string[]) => fc.record({
  id: fc.constantFrom(...ids('a', 14)),
  principalId: fc.constantFrom(...PRINCIPALS),
  roleId: fc.oneof({ arbitrary: fc.constantFrom(...roleIds), weight: 9 }, { arbitrary: fc.constant('no-role'), weight: 1 }),
  scopeId: fc.oneof({ arbitrary: fc.constantFrom(...nodeIds), weight: 9 }, { arbitrary: fc.constant('nowhere'), weight: 1 }),
  expiresAt: fc.constantFrom(null, null, null, AT - 1, AT, AT + 1),
})

/** A question near an assignment: about its principal, what its role permits, and often its scope. */
function nearQuestion({ model, rows, nodeIds }: RandomOrganization): fc.Arbitrary<Question>[] {
  const roles = new Map([...rows.roles].map((row) => [row.id, row]))
  const types = new Map(rows.resources.map(({ id, type }) => [id, type]))
  const near = [...rows.assignments].flatMap(({ principalId, roleId, scopeId }) => {
    const role = roles.get(roleId)
    const names = role?.builtIn ? [...permissionsOfRole(model, role.name, types.get(scopeId) ?? '')] : (role?.permissions ?? [])
    const members = [...rows.groupMembers].filter(({ groupId }) => groupId === principalId).map(({ memberId }) => memberId)
    return names.length > 0 ? [{ principals: [principalId, ...members], names, scopeId }] : []
  })
  if (near.length === 0) return []
  return [fc.constantFrom(...near).chain(({ principals, names, scopeId }) => fc.record({
    principalId: fc.constantFrom(...principals), permission: fc.constantFrom(...names),
    resourceId: fc.oneof(fc.constant(scopeId), fc.constantFrom(...nodeIds)), at: fc.constant(AT),
  }))]
}

/** Any question, most of them about things that are there, half of them near an assignment. */
export const question = (random: RandomOrganization): fc.Arbitrary<Question> => fc.oneof(anyQuestion(random), ...nearQuestion(random))

const anyQuestion = ({ nodeIds, permissions, roleIds, model }: RandomOrganization): fc.Arbitrary<Question> => {
  const narrowing = fc.record(
    { roleId: fc.constantFrom(...roleIds), scopeId: fc.constantFrom(...nodeIds) }, { requiredKeys: [] })
  return fc.record({
    principalId: fc.constantFrom(...PRINCIPALS, 'nobody'),
    permission: fc.oneof({ arbitrary: fc.constantFrom(...permissions), weight: 20 }, { arbitrary: fc.constant('fly'), weight: 1 }),
    resourceId: fc.oneof({ arbitrary: fc.constantFrom(...nodeIds), weight: 20 }, { arbitrary: fc.constant('nowhere'), weight: 1 }),
    at: fc.constant(AT),
    unregisteredType: fc.constantFrom('mystery', ...model.resourceTypes.map(({ name }) => name)),
    narrowing,
  }, { requiredKeys: ['principalId', 'permission', 'resourceId', 'at'] })
}

/** Changes of every kind; resources are moved only under earlier ones, so that no circle forms. */
export const changes = ({ rows, nodeIds, roleIds, permissions, model }: RandomOrganization): fc.Arbitrary<Change[]> => {
  const moves = rows.resources.slice(1).flatMap((row, index) => {
    const allowed = model.resourceTypes.find(({ name }) => name === row.type)?.parents ?? []
    const earlier = rows.resources.slice(0, index + 1).filter(({ type }) => allowed.includes(type))
    return earlier.map((parent): Change => ({ kind: 'resource', put: { ...row, parentId: parent.id } }))
  })
  const retype: Change[] = rows.resources.slice(1).map((row) => ({ kind: 'resource', put: { ...row, type: 'mystery' } }))
  const removals: Change[] = [
    ...nodeIds.map((remove): Change => ({ kind: 'resource', remove })), ...roleIds.map((remove): Change => ({ kind: 'role', remove })),
    ...USERS.map((remove): Change => ({ kind: 'member', remove })), ...GROUPS.map((remove): Change => ({ kind: 'group', remove })),
    { kind: 'serviceAccount', remove: 's0' }, { kind: 'token', remove: 't0' },
  ]
  const put = fc.oneof(
    edge.map((row): Change => ({ kind: 'groupMember', put: row })),
    edge.map((row): Change => ({ kind: 'groupMember', remove: row })),
    fc.tuple(fc.constantFrom(...USERS), status).map(([id, value]): Change => ({ kind: 'member', put: { id, status: value } })),
    status.map((value): Change => ({ kind: 'serviceAccount', put: { id: 's0', status: value } })),
    fc.constantFrom(...GROUPS).map((id): Change => ({ kind: 'group', put: { id } })),
    fc.record({
      id: fc.constantFrom('c0', 'c1', 'c2'), permissions: fc.uniqueArray(fc.constantFrom(...permissions), { maxLength: 5 }),
      resourceIds: fc.option(fc.uniqueArray(fc.constantFrom(...nodeIds), { maxLength: 2 })),
    }).map((row): Change => ({ kind: 'role', put: { ...row, name: row.id, builtIn: false } })),
    assignment(roleIds, nodeIds).map((row): Change => ({ kind: 'assignment', put: row })),
    fc.constantFrom(...ids('a', 14)).map((remove): Change => ({ kind: 'assignment', remove })),
    ...(moves.length > 0 ? [fc.constantFrom(...moves), fc.constantFrom(...retype)] : []),
    fc.constantFrom(...removals),
  )
  return fc.array(put, { maxLength: 25 })
}
