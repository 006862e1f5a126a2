import { Client } from 'pg'
import { makeSecret } from '@/lib/access/principals/secret-format'
import { SYSTEM_ACTOR, writeAudit } from '@/lib/boundary/audit'
import { db } from '@/lib/db'
import { env } from '@/lib/env'
import { AppError } from '@/lib/errors'
import { newId } from '@/lib/ids'

const BATCH = 5000
const DAY_MS = 24 * 3600_000
const PURPOSE = 'made-up key'
const WORDS = ['nightly export', 'ingest', 'dashboard', 'deploy', 'metrics'] as const

type Owners = { organizationId: string; name: string; memberIds: readonly string[]; accountIds: readonly string[]; roleIds: readonly string[] }

async function findOwners(slug: string): Promise<Owners> {
  const found = await db().organization.findUnique({ where: { slug }, select: { id: true, name: true, roles: { where: { builtIn: true }, select: { id: true } } } })
  if (!found) throw new AppError('not-found', `no organization \`${slug}\`; make it first with: npm run --silent gatehouse -- org create`)
  const { id: organizationId, name, roles } = found
  const members = await db().membership.findMany({ where: { organizationId, status: 'active' }, select: { id: true }, orderBy: { id: 'asc' }, take: 20_000 })
  const accounts = await db().serviceAccount.findMany({ where: { organizationId }, select: { id: true }, orderBy: { id: 'asc' }, take: 100 })
  return { organizationId, name, memberIds: members.map(({ id }) => id), accountIds: accounts.map(({ id }) => id), roleIds: roles.map(({ id }) => id) }
}

/** Column by column, in the order of the statement below; everything follows from the number of the key. */
function columnsOf({ memberIds, accountIds, roleIds }: Owners, numbers: readonly number[], now: Date): unknown[][] {
  const made = numbers.map((n) => {
    // A scattering that looks irregular and is the same each time.
    const spread = (n * 2_654_435_761) % 2 ** 32 / 2 ** 32
    const at = new Date(now.getTime() - Math.floor(spread * 900 * DAY_MS))
    const isOfAccount = accountIds.length > 0 && n % 20 === 0
    return {
      n, at, secret: makeSecret(isOfAccount ? 'sva' : 'key'), kind: isOfAccount ? 'sva' : 'key',
      member: isOfAccount ? null : (memberIds[n % memberIds.length] ?? null), account: isOfAccount ? (accountIds[n % accountIds.length] ?? null) : null,
      status: n % 10 === 3 ? 'revoked' : n % 30 === 7 ? 'suspended' : 'active', role: n % 25 === 4 ? (roleIds[n % roleIds.length] ?? null) : null,
      expires: n % 3 === 0 ? new Date(at.getTime() + (n % 2 === 0 ? 30 : 1000) * DAY_MS) : null,
      used: n % 7 === 2 ? null : new Date(now.getTime() - Math.floor(spread * spread * Math.min(200 * DAY_MS, now.getTime() - at.getTime()))),
    }
  })
  return [
    made.map(() => newId('key')), made.map(({ member }) => member), made.map(({ account }) => account), made.map(({ n }) => `${WORDS[n % WORDS.length] ?? ''} ${n}`),
    made.map(({ kind }) => kind), made.map(({ secret }) => secret.publicId), made.map(({ secret }) => secret.secretHash), made.map(({ status }) => status),
    made.map(({ role }) => role), made.map(({ at }) => at.toISOString()), made.map(({ expires }) => expires?.toISOString() ?? null), made.map(({ used }) => used?.toISOString() ?? null),
  ]
}

const INSERT = `
  INSERT INTO "ApiKey" ("id", "organizationId", "membershipId", "serviceAccountId", "name", "purpose", "secretKind", "publicId", "secretHash", "status", "roleId", "createdAt", "expiresAt", "lastUsedAt", "lastUsedAddress", "revokedAt", "suspendedAt")
  SELECT id, $1, member, account, name, '${PURPOSE}', kind, public, hash, status::"CredentialStatus", role, at, expires, used, CASE WHEN used IS NOT NULL THEN '192.0.2.7' END,
    CASE status WHEN 'revoked' THEN greatest(used, at) END, CASE status WHEN 'suspended' THEN greatest(used, at) END
  FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::timestamptz[], $12::timestamptz[], $13::timestamptz[])
    AS t(id, member, account, name, kind, public, hash, status, role, at, expires, used)`

/**
 * Fills an organization with made-up keys of its active members, one in twenty of its service accounts where it has any:
 * most active, some narrowed, suspended or revoked. Nobody knows their secrets. Those made before count.
 *
 * @param onProgress is told how many there are
 * @returns how many were made
 * @throws AppError `not-found` when there is no such organization
 */
export async function seedKeys(org: string, keys: number, onProgress: (done: number) => void = () => undefined): Promise<number> {
  const owners = await findOwners(org)
  const { organizationId, name, memberIds } = owners
  if (memberIds.length === 0) throw new AppError('conflict', `nobody in \`${org}\` could own a key`)
  const known = await db().apiKey.count({ where: { organizationId, purpose: PURPOSE } })
  const client = new Client({ connectionString: env().DATABASE_URL })
  await client.connect()
  try {
    for (let first = known + 1; first <= keys; first += BATCH) {
      const numbers = Array.from({ length: Math.min(BATCH, keys - first + 1) }, (_, index) => first + index)
      await client.query(INSERT, [organizationId, ...columnsOf(owners, numbers, new Date())])
      onProgress(first + numbers.length - 1)
    }
    await client.query('ANALYZE "ApiKey"')
  } finally {
    await client.end()
  }
  const made = Math.max(0, keys - known)
  const targets = [{ type: 'organization', id: organizationId, name }]
  if (made > 0) await writeAudit(db(), [{ organizationId, event: 'organization.seed', outcome: 'success', actor: SYSTEM_ACTOR, targets, detail: { what: 'keys', count: made } }])
  return made
}
