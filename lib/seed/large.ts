import { Client } from 'pg'
import { SYSTEM_ACTOR, writeAudit } from '@/lib/boundary/audit'
import { modelOf } from '@/lib/access/snapshots/rows-from-database'
import { db } from '@/lib/db'
import { env } from '@/lib/env'
import { AppError } from '@/lib/errors'
import { newId } from '@/lib/ids'
import { randomSecret } from '@/lib/secrets'

const BATCH = 5000
const DAY_MS = 24 * 3600_000
/** Roles handed out in turn; those the access model does not have are left out. */
const ROLES = ['viewer', 'data-reader', 'cluster-developer', 'auditor', 'data-editor', 'cluster-monitor']

type Target = { id: string; slug: string; name: string; roleIds: readonly string[] }

/** One made-up person; everything about them follows from their number, so that a second run makes the same. */
type Seeded = { n: number; email: string; status: 'active' | 'invited' | 'suspended'; membershipId: string; accountId: string | null; at: Date; lastSeenAt: Date; expiresAt: Date | null }

function seeded(n: number, slug: string, now: Date): Seeded {
  const status = n % 20 === 7 ? 'invited' : n % 33 === 5 ? 'suspended' : 'active'
  // A scattering that looks irregular and is the same each time.
  const spread = (n * 2_654_435_761) % 2 ** 32 / 2 ** 32
  const at = new Date(now.getTime() - Math.floor(spread * 900 * DAY_MS))
  const isInvited = status === 'invited'
  const hasComeBack = !isInvited && n % 11 !== 3
  return {
    n, status, at, email: `member${n}@${slug}.test`, membershipId: newId('user'), accountId: isInvited ? null : newId('account'),
    lastSeenAt: hasComeBack ? new Date(now.getTime() - Math.floor(spread * spread * Math.min(200 * DAY_MS, now.getTime() - at.getTime()))) : new Date(0),
    expiresAt: isInvited ? new Date(now.getTime() + ((n % 100) - 30) * (DAY_MS / 12)) : null,
  }
}

async function findTarget(org: string): Promise<Target> {
  const found = await db().organization.findUnique({ where: { slug: org }, select: { id: true, slug: true, name: true, accessModel: true, roles: { select: { id: true, name: true, builtIn: true } }, modelVersions: { select: { text: true }, orderBy: { version: 'desc' }, take: 1 } } })
  if (!found) throw new AppError('not-found', `no organization \`${org}\`; make it first with: npm run --silent gatehouse -- org create`)
  const model = modelOf(found.accessModel, found.modelVersions[0]?.text ?? null)
  const wanted = ROLES.some((name) => model.roles.some((role) => role.name === name)) ? ROLES : model.roles.filter((role) => !role.floor && role.assignableAt.includes('organization')).map(({ name }) => name)
  const { id, slug, name } = found
  return { id, slug, name, roleIds: found.roles.filter((role) => role.builtIn && wanted.includes(role.name)).map((role) => role.id) }
}

async function withoutKnown(client: Client, target: Target, people: readonly Seeded[]): Promise<Seeded[]> {
  const { rows } = await client.query<{ email: string }>(
    `SELECT "email" FROM "Account" WHERE "email" = ANY($1::text[])
     UNION SELECT "email" FROM "Membership" WHERE "organizationId" = $2 AND "email" = ANY($1::text[])`,
    [people.map(({ email }) => email), target.id],
  )
  const taken = new Set(rows.map(({ email }) => email))
  return people.filter(({ email }) => !taken.has(email))
}

async function insertPeople(client: Client, target: Target, people: readonly Seeded[]): Promise<void> {
  const accounts = people.filter(({ accountId }) => accountId !== null)
  await client.query(
    `INSERT INTO "Account" ("id", "email", "name", "createdAt", "emailVerifiedAt")
     SELECT id, email, 'Member ' || n, at, at FROM unnest($1::text[], $2::text[], $3::int[], $4::timestamptz[]) AS t(id, email, n, at)`,
    [accounts.map(({ accountId }) => accountId), accounts.map(({ email }) => email), accounts.map(({ n }) => n), accounts.map(({ at }) => at.toISOString())],
  )
  await client.query(
    `INSERT INTO "Membership" ("id", "organizationId", "accountId", "email", "status", "source", "createdAt", "joinedAt", "suspendedAt", "lastSeenAt", "lastMethod", "invitationExpiresAt", "invitationNonce")
     SELECT id, $1, account, email, status::"MembershipStatus", 'invitation', at, CASE WHEN account IS NULL THEN NULL ELSE at END,
       CASE status WHEN 'suspended' THEN greatest(seen, at) END, seen, CASE WHEN seen > 'epoch' THEN 'password' END, expires, nonce
     FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::timestamptz[], $7::timestamptz[], $8::timestamptz[], $9::text[])
       AS t(id, account, email, status, at, seen, expires, nonce)`,
    [
      target.id, people.map(({ membershipId }) => membershipId), people.map(({ accountId }) => accountId), people.map(({ email }) => email), people.map(({ status }) => status),
      people.map(({ at }) => at.toISOString()), people.map(({ lastSeenAt }) => lastSeenAt.toISOString()), people.map(({ expiresAt }) => expiresAt?.toISOString() ?? null), people.map(() => randomSecret(12)),
    ],
  )
}

async function insertRoles(client: Client, { id, roleIds }: Target, people: readonly Seeded[]): Promise<void> {
  const given = people.flatMap(({ n, membershipId }) => {
    const count = n % 5 === 0 ? 0 : n % 9 === 0 ? 2 : 1
    return Array.from({ length: Math.min(count, roleIds.length) }, (_, index) => ({ membershipId, roleId: roleIds[(n + index) % roleIds.length] ?? '' }))
  })
  await client.query(
    `INSERT INTO "RoleAssignment" ("id", "organizationId", "membershipId", "roleId", "scopeId", "reason")
     SELECT id, $1, member, role, $1, 'made-up member' FROM unnest($2::text[], $3::text[], $4::text[]) AS t(id, member, role)`,
    [id, given.map(() => newId('assignment')), given.map((row) => row.membershipId), given.map((row) => row.roleId)],
  )
}

/** One batch, all or nothing. Plain `pg`: Prisma takes twice as long to pass such lists on. */
async function seedBatch(client: Client, target: Target, batch: readonly Seeded[]): Promise<number> {
  await client.query('BEGIN')
  try {
    const people = await withoutKnown(client, target, batch)
    await insertPeople(client, target, people)
    await insertRoles(client, target, people)
    await client.query('COMMIT')
    return people.length
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined)
    throw error
  }
}

/**
 * Fills an organization with made-up members, `member1@<slug>.test` and so on: most active, some suspended, some
 * invited, with varied roles and last seen. Those that are there already stay as they are.
 *
 * @param onProgress is told how many of them have been looked at
 * @returns how many were made
 * @throws AppError `not-found` when there is no such organization
 */
export async function seedMembers(org: string, users: number, onProgress: (done: number) => void = () => undefined): Promise<number> {
  const target = await findTarget(org)
  const client = new Client({ connectionString: env().DATABASE_URL })
  await client.connect()
  const now = new Date()
  let made = 0
  try {
    for (let first = 1; first <= users; first += BATCH) {
      const numbers = Array.from({ length: Math.min(BATCH, users - first + 1) }, (_, index) => first + index)
      made += await seedBatch(client, target, numbers.map((n) => seeded(n, target.slug, now)))
      onProgress(Math.min(first + BATCH - 1, users))
    }
    await client.query('ANALYZE "Account", "Membership", "RoleAssignment"')
  } finally {
    await client.end()
  }
  const targets = [{ type: 'organization', id: target.id, name: target.name }]
  if (made > 0) await writeAudit(db(), [{ organizationId: target.id, event: 'organization.seed', outcome: 'success', actor: SYSTEM_ACTOR, targets, detail: { what: 'members', count: made } }])
  return made
}
