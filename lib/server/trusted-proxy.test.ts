import { createServer, request, type RequestListener, type Server } from 'node:http'
import { isIPv6 } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { requestFacts } from '@/lib/request'
import { testDatabase } from '@/lib/testing/database'
import { trustedProxies } from './client-address'
import { ownAddresses } from './entrance-rules'
import { makeFront } from './front'
import { makeServer } from './listeners'

// Refusals name the public address, which is among the settings that come with it.
testDatabase()

/** What the front told those behind it: the address it derived, and the headers it let through. */
type Seen = { address: string; forwardedFor: unknown; host: unknown; rest: string[] }

const running: Server[] = []
afterEach(() => {
  for (const server of running.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

function listen(server: Server, host: string): Promise<number> {
  running.push(server)
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, host, () => {
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : 0)
    })
  })
}

const NAMES = ['forwarded', 'x-real-ip', 'x-client-ip', 'true-client-ip', 'cf-connecting-ip', 'x-forwarded-port', 'x-gatehouse-address']

const echo: RequestListener = (req, res) => {
  const seen: Seen = { address: requestFacts().address, forwardedFor: req.headers['x-forwarded-for'], host: req.headers['x-forwarded-host'], rest: NAMES.filter((name) => name in req.headers) }
  res.setHeader('content-type', 'application/json')
  res.end(JSON.stringify(seen))
}

const HOST = 'gatehouse.example.test'

/** The front that stands before everything, in a server as it runs, listening there. */
async function startFront(host: string, proxies: readonly string[]): Promise<number> {
  const closed: RequestListener = (_req, res) => void res.writeHead(500).end()
  return listen(makeServer(makeFront({
    isDevelopment: false, isHttps: false, own: ownAddresses(new URL(`http://${HOST}`), true), trusted: trustedProxies(proxies), isDraining: () => false,
    api: echo, scim: closed, decisions: () => undefined, oauth: () => undefined, pages: async (req, res) => echo(req, res),
  })), host)
}

/** A reverse proxy as one puts in front: it appends whom it speaks to, and hands the rest on as it came. */
function startProxy(listenHost: string, upstream: { host: string; port: number }): Promise<number> {
  return listen(createServer((req, res) => {
    const before = [req.headers['x-forwarded-for'] ?? []].flat()
    const outgoing = request({ ...upstream, path: req.url, method: req.method, headers: { ...req.headers, 'x-forwarded-for': [...before, req.socket.remoteAddress ?? ''].join(', ') } }, (answer) => {
      res.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(res)
    })
    req.pipe(outgoing)
  }), listenHost)
}

type Asked = { host: string; port: number; localAddress?: string; headers?: Record<string, string> }

function ask({ host, port, localAddress, headers = {} }: Asked): Promise<{ status: number; seen: Seen | null }> {
  return new Promise((resolve, reject) => {
    request({ host, port, path: '/api/v1/whoami', headers: { host: HOST, ...headers }, ...(localAddress && { localAddress }) }, (res) => {
      const chunks: Buffer[] = []
      res.on('data', (chunk: Buffer) => chunks.push(chunk))
      res.on('end', () => resolve({ status: res.statusCode ?? 0, seen: res.statusCode === 200 ? (JSON.parse(Buffer.concat(chunks).toString('utf8')) as Seen) : null }))
    }).on('error', reject).end()
  })
}

const FORGED = { 'x-forwarded-for': '203.0.113.7', 'x-real-ip': '203.0.113.7', forwarded: 'for=203.0.113.7;host=evil.test', 'x-client-ip': '203.0.113.7', 'true-client-ip': '203.0.113.7', 'cf-connecting-ip': '203.0.113.7', 'x-forwarded-host': 'evil.test', 'x-forwarded-port': '666', 'x-gatehouse-address': '203.0.113.7' }

describe.each([
  { family: 'IPv4', host: '127.0.0.1', trusted: '127.0.0.0/8' },
  { family: 'IPv6', host: '::1', trusted: '::1/128' },
])('over $family loopback', ({ host, trusted }) => {
  test('through a trusted proxy the client’s own address is seen, not what it claims before that', async () => {
    const front = await startFront(host, [trusted])
    const outer = await startProxy(host, { host, port: front })
    const real = isIPv6(host) ? '2001:db8:9::9' : '198.51.100.9'
    // The first proxy here stands for the one that the client reached: whoever speaks to it is trusted itself, so that what it heard counts.
    expect((await ask({ host, port: outer, headers: { 'x-forwarded-for': real } })).seen).toMatchObject({ address: real, forwardedFor: real, host: HOST, rest: [] })
    expect((await ask({ host, port: outer, headers: { ...FORGED, 'x-forwarded-for': `203.0.113.7, ${real}` } })).seen).toEqual({ address: real, forwardedFor: real, host: HOST, rest: [] })
  })

  test('through two proxies the address is the one that the outer was reached from', async () => {
    const front = await startFront(host, [trusted])
    const inner = await startProxy(host, { host, port: front })
    const outer = await startProxy(host, { host, port: inner })
    const real = isIPv6(host) ? '2001:db8:9::9' : '198.51.100.9'
    expect((await ask({ host, port: outer, headers: { 'x-forwarded-for': `203.0.113.7, ${real}` } })).seen).toMatchObject({ address: real })
    expect((await ask({ host, port: outer })).seen).toMatchObject({ address: host })
  })

  test('without trusted proxies every forged header is as if it were not there', async () => {
    const front = await startFront(host, [])
    const proxy = await startProxy(host, { host, port: front })
    for (const port of [front, proxy]) expect((await ask({ host, port, headers: FORGED })).seen).toEqual({ address: host, forwardedFor: host, host: HOST, rest: [] })
  })

  test('a peer that is not among the trusted proxies is the client, whatever it forwards', async () => {
    const front = await startFront(host, ['192.0.2.0/24', '2001:db8:1::/48'])
    expect((await ask({ host, port: front, headers: FORGED })).seen).toMatchObject({ address: host })
  })

  test('a forged host is refused, with trusted proxies and without, whatever is forwarded as host', async () => {
    for (const proxies of [[], [trusted]]) {
      const front = await startFront(host, proxies)
      expect((await ask({ host, port: front, headers: { host: 'evil.test', 'x-forwarded-host': HOST } })).status).toBe(421)
    }
  })

  test('a trusted proxy that forwards no usable address is refused, never taken for the client', async () => {
    const front = await startFront(host, [trusted])
    for (const claim of ['unknown', '203.0.113.7:5555', 'fe80::1%eth0', '010.0.0.1', '_hidden']) expect((await ask({ host, port: front, headers: { 'x-forwarded-for': claim } })).status).toBe(400)
  })
})

test('only the nearest proxy is trusted: what lies before it is a client’s claim', async () => {
  const front = await startFront('127.0.0.1', ['127.0.0.2/32'])
  expect((await ask({ host: '127.0.0.1', port: front, localAddress: '127.0.0.2', headers: { 'x-forwarded-for': '203.0.113.7, 127.0.0.3' } })).seen).toMatchObject({ address: '127.0.0.3' })
  expect((await ask({ host: '127.0.0.1', port: front, localAddress: '127.0.0.3', headers: { 'x-forwarded-for': '203.0.113.7' } })).seen).toMatchObject({ address: '127.0.0.3' })
})

test('on a socket of both families an IPv4 peer is IPv4: as client, as trusted proxy, and as what a proxy forwards', async () => {
  expect((await ask({ host: '127.0.0.1', port: await startFront('::', []) })).seen).toMatchObject({ address: '127.0.0.1' })
  const front = await startFront('::', ['127.0.0.0/8'])
  expect((await ask({ host: '127.0.0.1', port: front, headers: { 'x-forwarded-for': '198.51.100.9' } })).seen).toMatchObject({ address: '198.51.100.9' })
  expect((await ask({ host: '127.0.0.1', port: front, headers: { 'x-forwarded-for': '::ffff:198.51.100.9' } })).seen).toMatchObject({ address: '198.51.100.9' })
  expect((await ask({ host: '::1', port: front, headers: { 'x-forwarded-for': '198.51.100.9' } })).seen).toMatchObject({ address: '::1' })
})
