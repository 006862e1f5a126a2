import { readdirSync } from 'node:fs'
import { resolve } from 'node:path'
import type { z } from 'zod'
import { beforeAll, describe, expect, test } from 'vitest'
import { findModel, permissionsOfRole } from '@/lib/access/models/catalogue'
import type { CorePermission } from '@/lib/access/permissions'
import type { Actor } from '@/lib/access/principals/actor'
import { BREAK_GLASS_METHOD } from '@/lib/access/way-in'
import { apiRoutes } from '@/lib/api/routes'
import type { ApiRoute } from '@/lib/boundary/http-route'
import { declaredOperations, type Operation } from '@/lib/boundary/operation'
import { perform } from '@/lib/boundary/perform'
import { db } from '@/lib/db'
import { forgetEnv } from '@/lib/env'
import { isAppError, type AppError } from '@/lib/errors'
import { PHRASES } from '@/lib/features/audit-events/phrases'
import { makeKey, testApi, type TestKey } from './api'
import { testDatabase } from './database'
import { makeMember } from './factories'
import { from } from './people'
import { CASES, makeWorld, type World } from './world'

type Any = Operation<CorePermission | null, z.ZodType, unknown>

const isOperation = (value: unknown): value is Any =>
  typeof value === 'object' && value !== null && 'event' in value && 'run' in value && 'permission' in value && 'input' in value

/** Every operation, from the files where they are declared: a new one is under contract from its first line. */
async function loadOperations(): Promise<Any[]> {
  const features = readdirSync('lib/features')
  const files = features.flatMap((feature) => readdirSync(`lib/features/${feature}`).filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.includes('action')).map((file) => resolve('lib/features', feature, file)))
  const modules: unknown[] = await Promise.all(files.map((file): Promise<unknown> => import(file)))
  return modules.flatMap((module) => (typeof module === 'object' && module !== null ? Object.values(module).filter(isOperation) : []))
}

const operations = await loadOperations()
const floor = permissionsOfRole(findModel('standard'), 'member', 'organization')
/** Everybody holds it, so nobody can lack it. */
const isFloor = (permission: CorePermission | null): boolean => permission === null || floor.has(`gatehouse/${permission}`)

testDatabase()
let one: World
let other: World

beforeAll(async () => {
  process.env['SMTP_URL'] = 'smtp://127.0.0.1:1'
  forgetEnv()
  one = await makeWorld()
  other = await makeWorld()
})

const caseOf = (operation: Any) => {
  const found = CASES[operation.event]
  if (!found) throw new Error(`lib/testing/world.ts has no case for ${operation.event}`)
  return { prepare: found.prepare, address: found.address, input: found.input, by: found.by ?? (({ org }: World): Actor => org.admin.actor) }
}

async function refusalOf(work: () => Promise<unknown>): Promise<AppError> {
  try {
    await work()
  } catch (error) {
    if (isAppError(error)) return error
    throw error
  }
  throw new Error('it was not refused')
}

const UNWATCHED = ['AuditEvent', 'AuditQueue', 'AuditSeal', 'AuditAnchor', 'RateLimit', '_prisma_migrations']

/** A digest of every table but the log's; what changes by mere use (last seen, last used) does not count. */
async function everything(): Promise<Record<string, string>> {
  const tables = await db().$queryRaw<{ name: string }[]>`SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND NOT tablename = ANY(${UNWATCHED}) ORDER BY 1`
  const parts = tables.map(({ name }) => `SELECT '${name}' AS name, md5(coalesce(string_agg(r, '' ORDER BY r), '')) AS digest FROM (SELECT (to_jsonb(t) - '{lastSeenAt,lastMethod,lastUsedAt,lastUsedAddress}'::text[])::text AS r FROM "${name}" t) rows`)
  const digests = await db().$queryRawUnsafe<{ name: string; digest: string }[]>(parts.join(' UNION ALL '))
  return Object.fromEntries(digests.map(({ name, digest }) => [name, digest]))
}

/** All that a session may change which a break-glass code opened: connections, domains, and the policy of single sign-on. */
const THROUGH_GLASS = [
  'connection.create', 'connection.delete', 'connection.disable', 'connection.enable', 'connection.make-certificate', 'connection.remove-certificate', 'connection.set-mappings',
  'connection.set-metadata', 'connection.set-requirements', 'connection.switch-certificate', 'connection.update', 'domain.add', 'domain.remove', 'domain.verify', 'sign-in-policy.update',
]

/** The administrator, who holds every permission, in such a session. */
const throughGlass = ({ org: { id, admin } }: World): Actor => ({ ...admin.actor, method: BREAK_GLASS_METHOD, through: { organizationId: id, connectionId: null } })

const eventsOf = (world: World, event: string, outcome: string) => db().auditEvent.findMany({ where: { organizationId: world.org.id, event, outcome } })

describe('the list', () => {
  test('holds every declared operation once, with a case and words for the log', () => {
    const events = operations.map(({ event }) => event)
    expect([...events].sort()).toEqual(declaredOperations().map(({ event }) => event).sort())
    expect(new Set(events).size).toBe(events.length)
    expect(Object.keys(CASES).sort()).toEqual([...events].sort())
    for (const event of events) expect(Object.keys(PHRASES)).toContain(event)
  })

  test('of what changes sign-in settings, a break-glass code opens everything but such codes and what is demanded of sessions', () => {
    const settings = operations.filter(({ permission }) => permission === 'sign-in:write').map(({ event }) => event)
    expect(settings.filter((event) => !THROUGH_GLASS.includes(event)).sort()).toEqual(['break-glass.add-holder', 'break-glass.make-codes', 'break-glass.remove-holder', 'session-policy.update'])
    expect(THROUGH_GLASS.filter((event) => !settings.includes(event))).toEqual([])
  })
})

describe.each(operations.map((operation) => ({ event: operation.event, operation })))('$event', ({ event, operation }) => {
  const { input, by, prepare, address } = caseOf(operation)

  test('by somebody of another organization: it does not exist', async () => {
    const before = await everything()
    const error = await refusalOf(() => perform(operation, other.org.admin.actor, one.org.slug, input(one)))
    expect([error.code, await everything()]).toEqual(['not-found', before])
  })

  test.skipIf(isFloor(operation.permission))('without the permission: 403, told as denied, nothing written', async () => {
    const actor = (await makeMember(one.org)).actor
    const before = await everything()
    const error = await refusalOf(() => perform(operation, actor, one.org.slug, input(one)))
    expect(error.code).toBe('forbidden')
    expect(error.extras.missing).toEqual({ permission: operation.permission, scope: one.org.id })
    expect(await everything()).toEqual(before)
    const [denied] = await eventsOf(one, event, 'denied')
    expect(denied?.detail).toMatchObject({ missing: { permission: operation.permission } })
  })

  test('with a key it does not know: 422 naming the key, nothing written', async () => {
    const before = await everything()
    const given = input(one)
    const error = await refusalOf(() => perform(operation, by(one), one.org.slug, { ...(typeof given === 'object' ? given : {}), organizationId: other.org.id }))
    expect([error.code, error.extras.fields?.map(({ path }) => path)]).toEqual(['invalid-input', ['organizationId']])
    expect(await everything()).toEqual(before)
  })

  test('about something of another organization: it does not exist', async () => {
    const foreign = input(other)
    if (JSON.stringify(foreign) === JSON.stringify(input(one)) || event === 'invitation.create') return
    const before = await everything()
    const error = await refusalOf(() => perform(operation, by(one), one.org.slug, foreign))
    expect([error.code, await everything()]).toEqual(['not-found', before])
  })

  test.skipIf(operation.recent === undefined)('by somebody who has not proven lately who they are: asked to, nothing written', async () => {
    const actor = by(one)
    if (actor.type !== 'session') return
    const before = await everything()
    const error = await refusalOf(() => perform(operation, { ...actor, confirmedAt: new Date(Date.now() - 11 * 60_000) }, one.org.slug, input(one)))
    expect([error.code, await everything()]).toEqual(['confirmation-required', before])
  })

  test.skipIf(THROUGH_GLASS.includes(event))('by a session that a break-glass code opened: 403 saying what that is for, told as denied, nothing written', async () => {
    const before = await everything()
    const error = await refusalOf(() => perform(operation, throughGlass(one), one.org.slug, input(one)))
    const reason = `this session was opened with a break-glass code, and opens the SSO settings of ${one.org.name} only`
    expect([error.code, error.message, await everything()]).toEqual(['forbidden', reason, before])
    expect((await eventsOf(one, event, 'denied')).map(({ detail }) => detail)).toContainEqual({ code: 'forbidden', message: reason })
  })

  test.runIf(THROUGH_GLASS.includes(event))('by a session that a break-glass code opened: done', async () => {
    const world = await makeWorld()
    const work = perform(operation, throughGlass(world), world.org.slug, input(world))
    // What it came for are the settings: it holds no role that it could give to a group.
    await (event === 'connection.set-mappings' ? expect(work).rejects.toMatchObject({ code: 'forbidden' }) : expect(work).resolves.toBeDefined())
  })

  test('done: told as success by who did it', async () => {
    const world = await makeWorld()
    await prepare?.(world)
    const work = () => perform(operation, by(world), world.org.slug, input(world))
    await (address === undefined ? work() : from(address, work))
    const events = await eventsOf(world, event, 'success')
    const made = events.at(-1)
    expect(made?.actorType).toBe(by(world).type === 'command' ? 'command' : 'user')
    expect(made?.requestId).not.toBe('')
  })
})

/** An id of the world that fits a path parameter, told by its prefix. */
function idFor(world: World, name: string): string {
  const ids: Record<string, string> = {
    users: world.member.id, 'service-accounts': world.serviceAccountId, 'sso-connections': world.samlConnectionId, 'verified-domains': world.domainId, 'break-glass-holders': world.org.admin.id, keyId: world.accountKeyId, issuerId: world.trustedIssuerId, tokens: world.tokenId, mails: world.mailId, invitations: world.invitationId, groups: world.groupId, userId: world.suspended.id, 'api-keys': world.key.id, 'ip-allowlist': world.allowlistEntryId, roles: world.org.roleIds.get('viewer') ?? '', 'audit-events': world.eventId, 'role-assignments': world.assignmentId, sessionId: world.member.actor.sessionId,
    'scim-tokens': world.scimTokenId, directories: world.directoryId, mappings: world.mappingId, requestId: world.provisioningRequestId, version: '1', resources: world.folderId, folders: world.folderId, clusters: world.clusterId,
  }
  const id = ids[name]
  if (id === undefined) throw new Error(`no id in the world for ${name}`)
  return id
}

const pathFor = (route: ApiRoute, world: World): string =>
  route.path.replace(/\{(\w+)\}/g, (_whole, name: string) => idFor(world, name === 'id' ? (route.path.split('/')[1] ?? '') : name))

const callOf = (route: ApiRoute, path: string): string => `${route.method.toUpperCase()} ${path}`

describe.each(apiRoutes.map((route) => ({ name: `${route.method.toUpperCase()} ${route.path}`, route })))('$name', ({ route }) => {
  const api = testApi()
  let admin: TestKey

  beforeAll(async () => {
    admin = await makeKey(one.org, one.org.admin)
  })

  const body = route.takesBody ? { body: route.doc.bodyExample } : {}

  test.skipIf(!route.path.includes('{'))('ids of another organization, and what is no id: 404', async () => {
    const before = await everything()
    // A number names the same place in every organization, and there what is one's own.
    if (pathFor(route, other) !== pathFor(route, one)) expect((await api(callOf(route, pathFor(route, other)), { key: admin, ...body })).status).toBe(404)
    expect((await api(callOf(route, route.path.replace(/\{\w+\}/g, 'x')), { key: admin, ...body })).status).toBe(404)
    expect(await everything()).toEqual(before)
  })

  test.skipIf(isFloor(route.permission))('without the permission: 403 naming it', async () => {
    const before = await everything()
    const { status, body: problem } = await api(callOf(route, pathFor(route, one)), { key: one.key, ...body })
    expect([status, problem['permission'], problem['scope']]).toEqual([403, `gatehouse/${route.permission}`, one.org.id])
    expect(JSON.stringify(problem['grantors'])).toContain(one.org.admin.email)
    expect(await everything()).toEqual(before)
  })

  test.skipIf(route.canRehearse !== true)('rehearsed: whose access it would change, or the refusal of the change itself; nothing is written', async () => {
    const before = await everything()
    const { status, body: told } = await api(callOf(route, `${pathFor(route, one)}?dryRun=true`), { key: admin, ...body })
    expect([status === 200 ? Object.keys(told).sort() : status, await everything()]).toEqual([
      status === 200 ? ['gains', 'lookedAt', 'losses', 'moreGains', 'moreLosses', 'since', 'undecided', 'unseenMembers'] : expect.toBeOneOf([404, 409, 422]), before,
    ])
  })

  // A list of what others send has no fields of ours to be wrong about.
  test.skipIf(Array.isArray(route.doc.bodyExample))('a parameter or field it does not know: 422 naming it', async () => {
    const path = pathFor(route, one)
    const { status, body: problem } = route.takesBody
      ? await api(callOf(route, path), { key: admin, body: { organizationId: other.org.id } })
      : await api(callOf(route, `${path}?organizationId=${other.org.id}`), { key: admin })
    expect(status).toBe(422)
    expect(problem['errors']).toContainEqual(expect.objectContaining(route.takesBody ? { pointer: '#/organizationId' } : { parameter: 'organizationId' }))
  })
})
