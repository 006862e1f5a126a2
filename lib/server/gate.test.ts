import { readdirSync } from 'node:fs'
import { createServer, request, type RequestListener, type Server } from 'node:http'
import { join } from 'node:path'
import { getRequestListener } from '@hono/node-server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openSession } from '@/lib/access/principals/session'
import { encodeSessionCookie, sessionCookieName } from '@/lib/access/principals/session-cookie'
import { makeApi } from '@/lib/api/application'
import { makeDecisionDoor } from '@/lib/api/decisions/door'
import { makeOauthDoor } from '@/lib/api/oauth/door'
import { apiRoutes } from '@/lib/api/routes'
import { makeScim } from '@/lib/api/scim/application'
import { scimRoutes } from '@/lib/api/scim/routes'
import { db, transaction } from '@/lib/db'
import { newId } from '@/lib/ids'
import { makeKey, type TestKey } from '@/lib/testing/api'
import { testDatabase } from '@/lib/testing/database'
import { makeMember, makeOrganization, type TestOrganization } from '@/lib/testing/factories'
import { scimClient } from '@/lib/testing/scim'
import { trustedProxies } from './client-address'
import { ownAddresses } from './entrance-rules'
import { makeFront } from './front'

testDatabase()
let org: TestOrganization
let key: TestKey
let cookie: string
let scimSecret: string
let front: { server: Server; port: number }
let proxy: { server: Server; port: number }

const listen = (server: Server, host: string): Promise<number> => new Promise((resolve, reject) => {
  server.once('error', reject)
  server.listen(0, host, () => {
    const address = server.address()
    resolve(typeof address === 'object' && address !== null ? address.port : 0)
  })
})

type Reply = { status: number; type: string; text: string }

function ask(port: number, path: string, { method = 'GET', headers = {}, body = '', host = '127.0.0.1' }: { method?: string; headers?: Record<string, string | string[]>; body?: string; host?: string } = {}): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ host, port, path, method, headers: { host: `127.0.0.1:${front.port}`, ...(method !== 'GET' && { 'content-length': String(Buffer.byteLength(body)), origin: `http://127.0.0.1:${front.port}` }), ...headers } }, (res) => {
      const chunks: Buffer[] = []
      res.on('data', (chunk: Buffer) => chunks.push(chunk))
      res.on('end', () => resolve({ status: res.statusCode ?? 0, type: res.headers['content-type'] ?? '', text: Buffer.concat(chunks).toString('utf8') }))
    })
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}

/** A reverse proxy as one puts in front: it appends whom it speaks to. */
const makeProxy = (): RequestListener => (req, res) => {
  const before = [req.headers['x-forwarded-for'] ?? []].flat()
  const outgoing = request({ host: '127.0.0.1', port: front.port, path: req.url, method: req.method, headers: { ...req.headers, 'x-forwarded-for': [...before, req.socket.remoteAddress ?? ''].join(', ') } }, (answer) => {
    res.writeHead(answer.statusCode ?? 502, answer.headers)
    answer.pipe(res)
  })
  req.pipe(outgoing)
}

beforeAll(async () => {
  org = await makeOrganization()
  key = await makeKey(org, org.admin)
  scimSecret = (await scimClient(org)).secret
  const { secret } = await transaction((tx) => openSession(tx, org.admin.accountId, 'password'))
  cookie = `${sessionCookieName()}=${await encodeSessionCookie(secret)}`
  await db().allowlistEntry.create({ data: { id: newId('allowlistEntry'), organizationId: org.id, cidr: '203.0.113.0/24', surfaces: ['console', 'api', 'data'] } })
  await db().allowlist.create({ data: { organizationId: org.id, mode: 'enforced', coversData: true } })
  const server = createServer()
  front = { server, port: await listen(server, '127.0.0.1') }
  server.on('request', makeFront({
    isDevelopment: false, isHttps: false, own: ownAddresses(new URL(`http://127.0.0.1:${front.port}`), true), trusted: trustedProxies(['127.0.0.2/32']), isDraining: () => false,
    api: getRequestListener(makeApi().fetch), scim: getRequestListener(makeScim().fetch), decisions: makeDecisionDoor(), oauth: makeOauthDoor(), pages: async (_req, res) => void res.end('a page'),
  }))
  const between = createServer(makeProxy())
  proxy = { server: between, port: await listen(between, '127.0.0.1') }
})
afterAll(() => {
  front.server.closeAllConnections()
  front.server.close()
  proxy.server.closeAllConnections()
  proxy.server.close()
})

/** Every page and download of the console there is, from the files that make them. */
function consolePaths(folder = 'app/(console)/[org]', path = ''): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory()) return consolePaths(join(folder, entry.name), /^\(.*\)$/.test(entry.name) ? path : `${path}/${/^\[/.test(entry.name) ? 'x' : entry.name}`)
    return /^(page\.tsx|route\.ts)$/.test(entry.name) ? [path] : []
  })
}

describe('from an address that is not listed nothing is open', () => {
  test('pages, downloads, RSC and actions', async () => {
    const paths = consolePaths()
    expect(paths.length).toBeGreaterThan(15)
    for (const path of paths) {
      const page = await ask(front.port, `/${org.slug}${path}`, { headers: { cookie } })
      expect([path, page.status, page.type]).toEqual([path, 403, 'text/html; charset=utf-8'])
      expect(page.text).toContain('127.0.0.1')
      expect(page.text).toMatch(/Request req_/)
      expect(page.text).not.toContain('203.0.113')
      expect((await ask(front.port, `/${org.slug}${path}`, { headers: { cookie, rsc: '1' } })).status).toBe(403)
      const action = await ask(front.port, `/${org.slug}${path}`, { method: 'POST', headers: { cookie, 'next-action': 'x' } })
      expect([action.status, action.type]).toEqual([403, 'text/plain'])
    }
    for (const named of [org.id, encodeURIComponent(org.slug).replace('o', '%6f')]) expect((await ask(front.port, `/${named}/users`, { headers: { cookie } })).status).toBe(403)
  })

  test.each(apiRoutes.map((route) => ({ name: `${route.method.toUpperCase()} ${route.path}`, route })))('$name', async ({ route }) => {
    const path = `/api/v1${route.path.replace(/\{\w+\}/g, 'x')}`
    const { status, type, text } = await ask(front.port, path, { method: route.method.toUpperCase(), headers: { authorization: `Bearer ${key.secret}`, 'content-type': 'application/json' }, body: route.method === 'get' ? '' : '{}' })
    expect([status, type]).toEqual([403, 'application/problem+json'])
    expect(text).toContain('/docs/problems/address-not-allowed')
    expect(text).not.toContain('203.0.113')
  })

  test.each(['evaluation', 'evaluations', 'search/subject', 'search/resource', 'search/action'])('decisions: %s, known key or not', async (endpoint) => {
    for (let n = 0; n < 2; n++) {
      const { status, text } = await ask(front.port, `/access/v1/${endpoint}`, { method: 'POST', headers: { authorization: `Bearer ${key.secret}`, 'content-type': 'application/json' }, body: '{}' })
      expect([status, text.includes('127.0.0.1')]).toEqual([403, true])
    }
  })

  test('a token asked for with a key', async () => {
    const { status, text } = await ask(front.port, '/oauth/token', { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: `grant_type=client_credentials&client_id=token&client_secret=${encodeURIComponent(key.secret)}` })
    expect([status, text.includes('access_token'), text.includes('127.0.0.1')]).toEqual([403, false, true])
  })

  test.each(scimRoutes)('SCIM: $method $path', async ({ method, path }) => {
    const { status, type, text } = await ask(front.port, `/scim/v2${path.replace('*', org.admin.id)}`, { method, headers: { authorization: `Bearer ${scimSecret}`, 'content-type': 'application/scim+json' }, body: method === 'GET' ? '' : '{}' })
    expect([status, type]).toEqual([403, 'application/scim+json; charset=utf-8'])
    expect(JSON.parse(text)).toEqual({ schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'], status: '403', detail: expect.stringContaining('`127.0.0.1` is not one of them') })
    expect(text).not.toContain('203.0.113')
  })

  test('introspection', async () => {
    const { status } = await ask(front.port, '/oauth/introspect', { method: 'POST', headers: { authorization: `Bearer ${key.secret}`, 'content-type': 'application/x-www-form-urlencoded' }, body: 'token=x' })
    expect(status).toBe(403)
  })
})

test('strangers, who have no organization here, and those of another organization are let to their pages', async () => {
  const other = await makeOrganization()
  await makeMember(other, [], { id: org.admin.accountId, email: org.admin.email })
  expect((await ask(front.port, `/${other.slug}/users`, { headers: { cookie } })).status).toBe(200)
  expect((await ask(front.port, '/profile', { headers: { cookie } })).status).toBe(200)
  expect((await ask(front.port, `/${org.slug}/users`)).status).toBe(200)
})

const FORGED = ['forwarded', 'x-forwarded-for', 'X-Forwarded-For', 'x-real-ip', 'x-client-ip', 'x-cluster-client-ip', 'true-client-ip', 'cf-connecting-ip', 'fastly-client-ip', 'x-gatehouse-address', 'x-middleware-subrequest']

test.each(FORGED)('a forged %s opens nothing', async (name) => {
  const headers = { [name]: name === 'forwarded' ? 'for=203.0.113.7' : '203.0.113.7' }
  expect((await ask(front.port, `/${org.slug}/users`, { headers: { cookie, ...headers } })).status).toBe(403)
  expect((await ask(front.port, '/api/v1/whoami', { headers: { authorization: `Bearer ${key.secret}`, ...headers } })).status).toBe(403)
  expect((await ask(proxy.port, '/api/v1/whoami', { headers: { authorization: `Bearer ${key.secret}`, ...headers } })).status).toBe(403)
})

test('a forged host is refused before anything else', async () => {
  expect((await ask(front.port, `/${org.slug}/users`, { headers: { cookie, host: 'evil.test' } })).status).toBe(421)
})
