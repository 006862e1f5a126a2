/**
 * How long a large organization takes from the database to the first answer, and what it holds of memory, beside a medium
 * one. Run: node --expose-gc --import tsx bench/load.ts
 */
import { execFileSync } from 'node:child_process'
import { cpus, loadavg } from 'node:os'
import { Client } from 'pg'
import { MODEL, organizationRows, type Size } from './organization-rows'
import { openScratch } from './scratch-database'

const MEDIUM: Size = { users: 10_000, folders: 2_000, clusters: 10_000, groups: 200, memberships: 20_000, assignments: 30_000 }
const LARGE: Size = { users: 100_000, folders: 20_000, clusters: 100_000, groups: 2_000, memberships: 200_000, assignments: 300_000 }
const MEBIBYTE = 1024 * 1024

const TABLES = ['Organization', 'Resource', 'Membership', 'Group', 'GroupMember', 'Role', 'RoleAssignment']

/** Switches the tables' own triggers, which would only write what nobody follows here. */
async function setTriggers(client: Client, state: 'DISABLE' | 'ENABLE'): Promise<void> {
  for (const table of TABLES) await client.query(`ALTER TABLE "${table}" ${state} TRIGGER USER`)
}

/** Pours the rows in as they are; what was drawn twice counts once. */
async function pour(client: Client, size: Size, slug: string): Promise<{ organizationId: string; principalId: string; resourceId: string }> {
  const { rows } = organizationRows(size)
  const id = rows.organization.id
  const put = async (table: string, columns: string[], list: unknown[][]) => {
    for (let at = 0; at < list.length; at += 5000) {
      const part = list.slice(at, at + 5000)
      const arrays = columns.map((_, column) => part.map((row) => row[column] ?? null))
      const types = columns.map((name) => (name === 'builtIn' ? 'boolean' : name === 'expiresAt' ? 'timestamptz' : 'text'))
      const casts = columns.map((name, index) => (name === 'status' ? `c${index}::"MembershipStatus"` : `c${index}`))
      await client.query(
        `INSERT INTO "${table}" ("organizationId", ${columns.map((name) => `"${name}"`).join(', ')})
         SELECT '${id}', ${casts.join(', ')} FROM unnest(${types.map((type, index) => `$${index + 1}::${type}[]`).join(', ')}) AS t(${columns.map((_, index) => `c${index}`).join(', ')})
         ON CONFLICT DO NOTHING`, arrays)
    }
  }
  await setTriggers(client, 'DISABLE')
  await client.query(`INSERT INTO "Organization" ("id", "slug", "name", "accessModel", "accessVersion") VALUES ($1, $2, $2, $3, 1)`, [id, slug, MODEL.name])
  await put('Resource', ['id', 'type', 'parentId', 'name'], [[id, 'organization', null, slug], ...[...rows.resources].map((row) => [row.id, row.type, row.parentId, row.name])])
  const people = [...rows.members].map(({ id: memberId, status }, at) => ({ memberId, status, accountId: `acc_${memberId}`, email: `member${at}@${slug}.test` }))
  await client.query('INSERT INTO "Account" ("id", "email") SELECT * FROM unnest($1::text[], $2::text[])', [people.map(({ accountId }) => accountId), people.map(({ email }) => email)])
  await put('Membership', ['id', 'email', 'status', 'source', 'accountId'], people.map(({ memberId, email, status, accountId }) => [memberId, email, status, 'invitation', accountId]))
  await put('Group', ['id', 'name'], [...rows.groups].map((row, at) => [row.id, `group ${at}`]))
  const memberships = new Map([...rows.groupMembers].map((row) => [`${row.groupId} ${row.memberId}`, [row.groupId, row.memberId]]))
  await put('GroupMember', ['groupId', 'membershipId'], [...memberships.values()])
  await put('Role', ['id', 'name', 'title', 'builtIn'], [...rows.roles].map((row) => [row.id, row.name, row.name, true]))
  await put('RoleAssignment', ['id', 'membershipId', 'groupId', 'roleId', 'scopeId', 'expiresAt'], [...rows.assignments].map((row) => {
    const isGroup = row.principalId.startsWith('grp_')
    return [row.id, isGroup ? null : row.principalId, isGroup ? row.principalId : null, row.roleId, row.scopeId, row.expiresAt === null ? null : new Date(row.expiresAt).toISOString()]
  }))
  await setTriggers(client, 'ENABLE')
  return { organizationId: id, principalId: [...rows.members][0]?.id ?? '', resourceId: [...rows.resources].at(-1)?.id ?? '' }
}

/** In a process of its own, so that memory is what this takes: milliseconds to the first answer, and MiB. */
async function load(organizationId: string, principalId: string, resourceId: string): Promise<void> {
  const { indexStore } = await import('@/lib/access/snapshots/index-store')
  const { decideAccess } = await import('@/lib/access/decide')
  globalThis.gc?.()
  const empty = process.memoryUsage().rss
  const before = performance.now()
  const index = await indexStore().atLeast(organizationId, 0)
  decideAccess(index, { principalId, permission: 'cluster:scale', resourceId, at: Date.now() })
  const took = performance.now() - before
  globalThis.gc?.()
  await new Promise((resolve) => setTimeout(resolve, 500))
  globalThis.gc?.()
  const { rss, heapUsed } = process.memoryUsage()
  console.log(JSON.stringify({ took, rss: rss / MEBIBYTE, added: (rss - empty) / MEBIBYTE, heap: heapUsed / MEBIBYTE, arrays: index.snapshot.bytes / MEBIBYTE, peak: process.resourceUsage().maxRSS / 1024 }))
  process.exit(0)
}

async function measure(): Promise<void> {
  const scratch = await openScratch()
  const client = new Client({ connectionString: scratch.url })
  await client.connect()
  const lines: string[] = []
  for (const [name, slug, size] of [['10,000 users, 30,000 assignments', 'medium', MEDIUM], ['100,000 users, 20,000 folders, 100,000 clusters, 300,000 assignments', 'large', LARGE]] as const) {
    const { organizationId, principalId, resourceId } = await pour(client, size, slug)
    await client.query('ANALYZE')
    const rounds = [0, 1, 2].map(() => {
      const said = execFileSync(process.execPath, ['--expose-gc', '--max-old-space-size=512', '--import', 'tsx', 'bench/load.ts', organizationId, principalId, resourceId], { encoding: 'utf8', env: { ...process.env, DATABASE_URL: scratch.url } })
      const found: { took: number; rss: number; added: number; heap: number; arrays: number; peak: number } = JSON.parse(said.trim().split('\n').at(-1) ?? '{}')
      return found
    })
    const [, middle] = rounds.sort((a, b) => a.took - b.took)
    if (!middle) throw new Error('nothing was measured')
    lines.push(`| ${name} | ${(middle.took / 1000).toFixed(1)} | ${middle.added.toFixed(0)} | ${middle.rss.toFixed(0)} | ${middle.peak.toFixed(0)} | ${middle.arrays.toFixed(0)} |`)
  }
  console.log([
    `Node ${process.version}, ${cpus().length} cores (${cpus()[0]?.model.trim()}), the middle of three; load of the machine ${loadavg()[0]?.toFixed(1)}.`, '',
    '| organization | from the database to the first answer, s | resident memory added, MiB | resident memory of the process, MiB | at its peak while loading, MiB | typed arrays, MiB |', '| --- | --- | --- | --- | --- | --- |', ...lines,
  ].join('\n'))
  await client.end()
  await scratch.close()
}

const [organizationId, principalId, resourceId] = process.argv.slice(2)
await (organizationId && principalId && resourceId ? load(organizationId, principalId, resourceId) : measure())
