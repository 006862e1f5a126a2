import { afterAll, beforeAll, expect, test } from 'vitest'
import { decideAccess } from '@/lib/access/decide'
import type { AccessIndex } from '@/lib/access/snapshots/access-index'
import { indexStore } from '@/lib/access/snapshots/index-store'
import { db } from '@/lib/db'
import { newId } from '@/lib/ids'
import { makeKey, type TestKey } from '@/lib/testing/api'
import { testDatabase } from '@/lib/testing/database'
import { startDecisions, type DecisionServer } from '@/lib/testing/decisions'
import { makeMember, makeOrganization, type TestOrganization } from '@/lib/testing/factories'

const QUESTIONS = 10_000

testDatabase()
let org: TestOrganization
let key: TestKey
let server: DecisionServer
let index: AccessIndex
let following: { stop: () => Promise<void> }
const subjects: { type: string; id: string }[] = []
const resources: { type: string; id: string }[] = []

let state = 20261122
/** The same numbers in every run (mulberry32). */
function random(below: number): number {
  state = (state + 0x6d2b79f5) | 0
  let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
  return ((mixed ^ (mixed >>> 14)) >>> 0) % below
}

function one<T>(items: readonly T[]): T {
  const item = items[random(items.length)]
  if (item === undefined) throw new Error('nothing to choose from')
  return item
}

const times = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, at) => make(at))
const thingsOf = (type: string) => subjects.filter((each) => each.type === type)

async function fill(): Promise<void> {
  const organizationId = org.id
  resources.push({ type: 'organization', id: org.id })
  for (let at = 0; at < 40; at++) {
    const parents = resources.filter(({ type }) => type === 'organization' || type === 'folder')
    const type = at < 12 ? 'folder' : one(['cluster', 'database', 'workspace'])
    const id = newId(type === 'folder' ? 'folder' : type === 'cluster' ? 'cluster' : 'resource')
    await db().resource.create({ data: { id, organizationId, type, parentId: one(parents).id, name: `r${at}`, attributes: one([{}, { labels: ['frozen'] }, { labels: [], region: 'eu-1' }]) } })
    resources.push({ type, id })
  }
  const users: string[] = []
  for (let at = 0; at < 30; at++) users.push((await makeMember(org)).id)
  await db().membership.updateMany({ where: { organizationId, id: { in: users.slice(27) } }, data: { status: 'suspended' } })
  const groups = times(6, () => newId('group'))
  await db().group.createMany({ data: groups.map((id, at) => ({ id, organizationId, name: `g${at}` })) })
  await db().groupMember.createMany({ data: times(30, () => ({ organizationId, groupId: one(groups), membershipId: one(users) })), skipDuplicates: true })
  const robots = times(4, () => newId('serviceAccount'))
  await db().serviceAccount.createMany({ data: robots.map((id, at) => ({ id, organizationId, name: `s${at}`, isSuspended: at === 3 })) })
  subjects.push(...users.map((id) => ({ type: 'user', id })), ...groups.map((id) => ({ type: 'group', id })), ...robots.map((id) => ({ type: 'service_account', id })))
  for (const { id } of thingsOf('user').slice(0, 5)) subjects.push({ type: 'api_key', id: (await makeKey(org, { id })).id })
  const roleIds = [...org.roleIds.values()]
  const holders = [() => ({ membershipId: one(users) }), () => ({ groupId: one(groups) }), () => ({ serviceAccountId: one(robots) })]
  await db().roleAssignment.createMany({
    data: times(70, () => ({ id: newId('assignment'), organizationId, ...one(holders)(), roleId: one(roleIds), scopeId: one(resources).id, expiresAt: random(6) === 0 ? new Date(Date.now() + (random(2) ? 1 : -1) * 3600_000) : null })),
    skipDuplicates: true,
  })
  await writePolicies(groups)
}

/** Texts of every kind: plain, conditional, forbidding, above and below what they name, unreadable; and guardrails. */
async function writePolicies(groups: readonly string[]): Promise<void> {
  const folder = (at: number) => `Standard::Folder::"${thingAt('folder', at)}"`
  const cluster = (at: number) => `Standard::Cluster::"${thingAt('cluster', at)}"`
  const action = (name: string) => `Standard::Action::"${name}"`
  const texts = [
    `permit(principal, action == ${action('cluster:view')}, resource in ${folder(1)});
     permit(principal, action in [${action('cluster:scale')}, ${action('cluster:delete')}], resource == ${cluster(0)});`,
    `permit(principal, action, resource is Standard::Cluster) when { context has ip && context.ip.isInRange(ip("10.0.0.0/8")) };
     forbid(principal, action == ${action('cluster:delete')}, resource);`,
    `permit(principal, action, resource in ${folder(2)}) unless { resource has labels && resource.labels.contains("frozen") };`,
    `permit(principal in Standard::Group::"${groups[3] ?? ''}", action == ${action('gatehouse/member:read')}, resource);
     permit(principal, action, resource in ${folder(0)}) when { context.time < datetime("2020-01-01") };`,
    'permit(principal, action, resource) when { resource.region == "eu-1" };',
    'this is no policy;',
  ]
  const guardrails = `forbid(principal, action == ${action('cluster:delete')}, resource in ${folder(3)});
    forbid(principal, action, resource is Standard::Database) when { context has ip && context.ip.isInRange(ip("192.0.2.0/24")) };
    forbid(principal in Standard::Group::"${groups[0] ?? ''}", action == ${action('cluster:scale')}, resource) unless { resource.region == "eu-1" };`
  await db().policy.createMany({ data: groups.map((ownerId, at) => ({ organizationId: org.id, ownerId, text: texts[at] ?? '' })) })
  await db().policy.create({ data: { organizationId: org.id, ownerId: org.id, text: guardrails } })
}

const thingAt = (type: string, at: number): string => resources.filter((each) => each.type === type)[at]?.id ?? ''

beforeAll(async () => {
  org = await makeOrganization()
  key = await makeKey(org, org.admin)
  await fill()
  server = await startDecisions()
  following = indexStore().start()
  const { accessVersion } = await db().organization.findUniqueOrThrow({ where: { id: org.id } })
  index = await indexStore().atLeast(org.id, Number(accessVersion))
})

afterAll(async () => {
  await server.close()
  await following.stop()
})

type Question = { subject: { type: string; id: string }; action: { name: string }; resource: { type: string; id: string }; context: { ip?: string } }
const CONTEXTS = [{}, { ip: '10.1.2.3' }, { ip: '192.0.2.9' }]
const answers = new Map<string, Promise<string[]>>()

/** Everything a search finds, in pages of 7. */
function found(what: string, body: Record<string, unknown>): Promise<string[]> {
  const name = what + JSON.stringify(body)
  const known = answers.get(name) ?? (async () => {
    const all: string[] = []
    for (let token = ''; ;) {
      const reply = (await server.ask(`/access/v1/search/${what}`, { key, body: { ...body, page: { token, limit: 7 } } })).body as { page: { next_token: string }; results: { id?: string; name?: string }[] }
      all.push(...reply.results.map(({ id, name: action }) => id ?? action ?? ''))
      token = reply.page.next_token
      if (token === '') return all
    }
  })()
  answers.set(name, known)
  return known
}

async function agree(question: Question): Promise<boolean> {
  const { subject, action, resource, context } = question
  const principalId = subject.type === 'api_key' ? (index.directory.credential(subject.id)?.principalId ?? '') : subject.id
  const { allow } = decideAccess(index, { principalId, permission: action.name, resourceId: resource.id, at: Date.now(), facts: { context } })
  const [plain, told, who, where, what] = await Promise.all([
    server.ask('/access/v1/evaluation', { key, body: question }),
    server.ask('/access/v1/evaluation?explain=true', { key, body: question }),
    found('subject', { subject: { type: subject.type }, action, resource, context }),
    found('resource', { subject, action, resource: { type: resource.type }, context }),
    found('action', { subject, resource, context }),
  ])
  const seen = {
    plain: plain.body, told: (told.body as { decision: boolean }).decision,
    who: who.includes(subject.id), where: where.includes(resource.id), what: what.includes(action.name),
  }
  expect({ question, ...seen }).toEqual({ question, plain: { decision: allow }, told: allow, who: allow, where: allow, what: allow })
  return allow
}

test(`${QUESTIONS} random questions: the door, the engine, the searches and the explanation agree`, async () => {
  const permissions = index.snapshot.vocabulary.permissionNames
  let allowed = 0
  for (let asked = 0; asked < QUESTIONS; asked += 8) {
    const questions = times(8, () => ({ subject: one(subjects), action: { name: one(permissions) }, resource: one(resources), context: one(CONTEXTS) }))
    allowed += (await Promise.all(questions.map(agree))).filter(Boolean).length
  }
  expect(allowed).toBeGreaterThan(QUESTIONS / 50)
  expect(allowed).toBeLessThan(QUESTIONS / 2)
}, 600_000)
