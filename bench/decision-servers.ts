/**
 * One server for bench/decisions.mjs and bench/cerbos.mjs: `echo`, or Gatehouse's decision door with a real key on a database of its own.
 * Answers `usage` on its input with the processor time it has used so far, in microseconds.
 */
import { createServer, type RequestListener } from 'node:http'
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

type Ready = { listener: (port: number) => RequestListener; ask: Record<string, unknown>; key: string; close: () => Promise<void> }

function echo(): Ready {
  const listener: RequestListener = (req, res) => {
    const chunks: Buffer[] = []
    req.on('data', (chunk: Buffer) => chunks.push(chunk))
    req.on('end', () => {
      Buffer.concat(chunks)
      res.writeHead(200, { 'content-type': 'application/json', 'content-length': 17 })
      res.end('{"decision":true}')
    })
  }
  return { listener: () => listener, ask: {}, key: '', close: () => Promise.resolve() }
}

/** 2,000 users in an organization with folders and clusters; one key of its administrator asks about them. */
async function gatehouse(): Promise<Ready> {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-bench-'))
  chmodSync(folder, 0o711) // run by root, PostgreSQL's own user passes through it
  const dataDir = join(folder, 'data')
  mkdirSync(dataDir, { mode: 0o711 })
  process.env['GATEHOUSE_SECRET_KEY'] ??= 'known-to-everybody-and-used-in-measurements-only'
  process.env['LOG_LEVEL'] = 'silent'
  const { openDatabase } = await import('@/lib/database/open-database')
  const { migrate } = await import('@/lib/database/migrate')
  const database = await openDatabase({ dataDir })
  await migrate(database.url)
  process.env['DATABASE_URL'] = database.url
  const { db } = await import('@/lib/db')
  const { newId } = await import('@/lib/ids')
  const { makeOrganization } = await import('@/lib/testing/factories')
  const { makeKey } = await import('@/lib/testing/api')
  const { indexStore } = await import('@/lib/access/snapshots/index-store')
  const { makeDecisionDoor } = await import('@/lib/api/decisions/door')
  const { makeFront } = await import('@/lib/server/front')
  const { standard } = await import('@/lib/access/models/standard')
  const { permissionsOfRole } = await import('@/lib/access/models/catalogue')
  const { ownAddresses } = await import('@/lib/server/entrance-rules')
  const { securityHeaders } = await import('@/lib/server/security-headers')

  const org = await makeOrganization()
  const organizationId = org.id
  const list = <T>(count: number, make: (at: number) => T) => Array.from({ length: count }, (_, at) => make(at))
  const folders = list(100, () => newId('folder'))
  const clusters = list(1000, () => newId('cluster'))
  const robots = list(2000, () => newId('serviceAccount'))
  await db().resource.createMany({ data: folders.map((id, at) => ({ id, organizationId, type: 'folder', parentId: folders[Math.floor(at / 3) - 1] ?? org.id, name: `f${at}` })) })
  await db().resource.createMany({ data: clusters.map((id, at) => ({ id, organizationId, type: 'cluster', parentId: folders[at % 100] ?? org.id, name: `c${at}` })) })
  await db().serviceAccount.createMany({ data: robots.map((id, at) => ({ id, organizationId, name: `s${at}` })) })
  const viewer = org.roleIds.get('viewer') ?? ''
  await db().roleAssignment.createMany({ data: robots.map((id, at) => ({ id: newId('assignment'), organizationId, serviceAccountId: id, roleId: viewer, scopeId: folders[at % 100] ?? org.id })) })
  const clusterRules = standard.permissions.filter(({ appliesTo }) => appliesTo.includes('cluster')).map(({ name }) => ({
    action: name,
    roles: standard.roles.flatMap((role) => (permissionsOfRole(standard, role.name, 'folder').has(name) ? [role.name] : [])),
  }))
  const { secret } = await makeKey(org, org.admin)
  const following = indexStore().start()
  const headers = securityHeaders(true)
  return {
    listener: (port) => makeFront({
      isDevelopment: false, isHttps: true, own: ownAddresses(new URL(`http://127.0.0.1:${port}`), true), trusted: () => false, isDraining: () => false,
      api: (_req, res) => void res.end(), scim: (_req, res) => void res.end(), pages: async (_req, res) => void res.end(), decisions: makeDecisionDoor({ headers }), oauth: (_req, res) => void res.end(),
    }),
    // With where each subject holds its role, what lies above each resource, and which roles hold what: for a server that has to be told.
    ask: { rules: clusterRules, subjects: robots, resources: clusters, scopes: robots.map((_, at) => folders[at % 100]), paths: clusters.map((_, at) => pathOf(folders, at % 100, org.id)) },
    key: secret,
    close: async () => {
      await following.stop()
      await db().$disconnect()
      await database.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** A folder and all above it, the organization last. */
function pathOf(folders: readonly string[], at: number, root: string): string[] {
  const path: string[] = []
  for (let each = at; each >= 0; each = Math.floor(each / 3) - 1) path.push(folders[each] ?? '')
  return [...path, root]
}

const ready = process.argv[2] === 'echo' ? echo() : await gatehouse()
const server = createServer()
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  server.on('request', ready.listener(port))
  process.stdout.write(`${JSON.stringify({ port, key: ready.key, ...ready.ask })}\n`)
})
const input = createInterface({ input: process.stdin })
input.on('line', () => {
  const { user, system } = process.cpuUsage()
  process.stdout.write(`${user + system}\n`)
})
input.on('close', () => {
  server.closeAllConnections()
  server.close(() => void ready.close().then(() => process.exit(0)))
})
