import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { forgetEnv } from '@/lib/env'
import { guardedFetchLike } from './fetch-like'
import { guardedFetch } from './guarded-fetch'
import { isPrivateAddress, isPublicAddress } from './public-addresses'

const LIMITS = { maxBytes: 1000, timeoutMs: 10_000 }
const open: (() => void)[] = []

/** A server on this machine; answers its port. */
async function serve(listener: RequestListener): Promise<number> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  open.push(() => (server.closeAllConnections(), server.close()))
  const { port } = server.address() as AddressInfo
  return port
}

function allowPrivate(value: '' | '1'): void {
  vi.stubEnv('DATABASE_URL', 'postgresql://nowhere.test/none')
  vi.stubEnv('GATEHOUSE_ALLOW_PRIVATE_IDP', value)
  forgetEnv()
}

beforeEach(() => allowPrivate('1'))
afterEach(() => {
  for (const close of open.splice(0)) close()
  vi.unstubAllEnvs()
  forgetEnv()
})

describe('addresses', () => {
  test.each(['8.8.8.8', '1.1.1.1', '2606:4700::1111', '2001:4860:4860::8888'])('%s is public', (address) => expect(isPublicAddress(address)).toBe(true))
  test.each([
    '0.0.0.0', '10.1.2.3', '100.64.0.1', '127.0.0.1', '169.254.169.254', '172.31.0.1', '192.168.1.1', '198.18.0.1', '203.0.113.9', '224.0.0.1', '255.255.255.255',
    '::', '::1', '::ffff:10.0.0.1', '::ffff:127.0.0.1', 'fe80::1', 'fc00::1', 'fd12::1', 'ff02::1', '2001:db8::1', '2002:7f00:1::', '2001:0:1::1', '64:ff9b::7f00:1', '', 'example.test', '1.2.3',
  ])('%s is not', (address) => expect(isPublicAddress(address)).toBe(false))
  test('link-local addresses are not one’s own network either', () =>
    expect(['10.0.0.1', 'fd00::1', '::1', '169.254.169.254', 'fe80::1', '8.8.8.8'].map(isPrivateAddress)).toEqual([true, true, true, false, false, false]))
})

describe('what is refused before anything is sent', () => {
  test.each<[string, string]>([
    ['ftp://example.com/', 'it has to begin with `https://`'],
    ['http://example.com/', 'it has to begin with `https://`'],
    ['https://user:word@example.com/', 'it may not hold a user name or password'],
    ['example.com', 'this is no URL'],
    ['https://127.0.0.1/', 'it leads into a private or reserved network'],
    ['https://2130706433/', 'it leads into a private or reserved network'],
    ['https://0x7f.1/', 'it leads into a private or reserved network'],
    ['https://[::1]/', 'it leads into a private or reserved network'],
    ['https://[::ffff:10.0.0.1]/', 'it leads into a private or reserved network'],
    ['https://169.254.169.254/latest/meta-data', 'it leads into a private or reserved network'],
  ])('%s', async (address, why) => {
    allowPrivate('')
    const result = await guardedFetch(address, LIMITS)
    expect(result).toMatchObject({ ok: false, problem: 'address-refused' })
    expect(result.ok ? '' : result.message).toContain(why)
  })

  test('a name any of whose addresses is private', async () => {
    allowPrivate('')
    const result = await guardedFetch('https://idp.test/', { ...LIMITS, resolve: async () => ['8.8.8.8', '10.0.0.1'] })
    expect(result).toMatchObject({ ok: false, problem: 'address-refused' })
  })

  test('http to anything but this machine, and link-local addresses, even where private ones are allowed', async () => {
    const resolve = async () => ['10.0.0.1']
    expect(await guardedFetch('http://idp.test/', { ...LIMITS, resolve })).toMatchObject({ ok: false, message: '`idp.test` is not asked: without encryption only this machine itself is asked' })
    expect(await guardedFetch('https://169.254.169.254/', LIMITS)).toMatchObject({ ok: false, problem: 'address-refused' })
  })
})

describe('fetching', () => {
  test('answers with status, headers and text, whatever the status', async () => {
    const port = await serve((req, res) => res.writeHead(404, { 'x-seen': `${req.method} ${req.headers['x-own']} ${req.headers.host}` }).end('gone'))
    const result = await guardedFetch(`http://127.0.0.1:${port}/a?b`, { ...LIMITS, headers: { 'x-own': '1' } })
    expect(result).toMatchObject({ ok: true, answer: { status: 404, text: 'gone', url: `http://127.0.0.1:${port}/a?b` } })
    expect(result.ok && result.answer.headers.get('x-seen')).toBe(`GET 1 127.0.0.1:${port}`)
  })

  test('resolves once and connects to that address, whatever the name means a moment later', async () => {
    const port = await serve((req, res) => res.end(req.headers.host))
    const answers = [['127.0.0.1'], ['10.0.0.9']]
    const resolve = vi.fn(async () => answers.shift() ?? [])
    const result = await guardedFetch(`http://idp.test:${port}/`, { ...LIMITS, resolve })
    expect(result).toMatchObject({ ok: true, answer: { text: `idp.test:${port}` } })
    expect(resolve.mock.calls).toEqual([['idp.test']])
  })

  test('posts a body and does not follow redirects with it', async () => {
    const port = await serve((req, res) => {
      let sent = ''
      req.on('data', (chunk) => (sent += String(chunk)))
      req.on('end', () => res.writeHead(307, { location: '/elsewhere' }).end(sent))
    })
    expect(await guardedFetch(`http://127.0.0.1:${port}/`, { ...LIMITS, method: 'POST', body: 'ä=1' })).toMatchObject({ ok: true, answer: { status: 307, text: 'ä=1' } })
  })

  test('follows a redirect after looking at it again, without carrying credentials to another origin', async () => {
    const port = await serve((req, res) => res.end(`${req.url} ${req.headers.authorization ?? 'none'}`))
    const first = await serve((_req, res) => res.writeHead(302, { location: `http://localhost:${port}/next` }).end())
    expect(await guardedFetch(`http://127.0.0.1:${first}/`, { ...LIMITS, headers: { authorization: 'Bearer x' }, resolve: async () => ['127.0.0.1'] })).toMatchObject({ ok: true, answer: { text: '/next none' } })
    const inside = await serve((_req, res) => res.writeHead(302, { location: 'https://169.254.169.254/' }).end())
    expect(await guardedFetch(`http://127.0.0.1:${inside}/`, LIMITS)).toMatchObject({ ok: false, problem: 'address-refused' })
    const downgrade = await serve((_req, res) => res.writeHead(302, { location: 'file:///etc/passwd' }).end())
    expect(await guardedFetch(`http://127.0.0.1:${downgrade}/`, LIMITS)).toMatchObject({ ok: false, problem: 'address-refused' })
    const circle = await serve((_req, res) => res.writeHead(302, { location: '/' }).end())
    expect(await guardedFetch(`http://127.0.0.1:${circle}/`, LIMITS)).toMatchObject({ ok: false, problem: 'too-many-redirects' })
  })

  test('stops at the size, whether announced or not', async () => {
    const port = await serve((_req, res) => res.end('x'.repeat(1001)))
    expect(await guardedFetch(`http://127.0.0.1:${port}/`, LIMITS)).toMatchObject({ ok: false, problem: 'too-large', message: `\`127.0.0.1:${port}\` answers with more than 1000 bytes` })
    const endless = await serve((_req, res) => {
      res.writeHead(200)
      for (let i = 0; i < 20; i++) res.write('x'.repeat(100))
    })
    expect(await guardedFetch(`http://127.0.0.1:${endless}/`, LIMITS)).toMatchObject({ ok: false, problem: 'too-large' })
  })

  test('stops at the time, before and within an answer, and while a name is looked up', async () => {
    const silent = await serve(() => undefined)
    const limits = { ...LIMITS, timeoutMs: 50 }
    expect(await guardedFetch(`http://127.0.0.1:${silent}/`, limits)).toMatchObject({ ok: false, problem: 'timeout' })
    const slow = await serve((_req, res) => void res.writeHead(200).write('x'))
    expect(await guardedFetch(`http://127.0.0.1:${slow}/`, limits)).toMatchObject({ ok: false, problem: 'timeout' })
    expect(await guardedFetch('http://idp.test/', { ...limits, resolve: () => new Promise(() => undefined) })).toMatchObject({ ok: false, problem: 'timeout' })
  })

  test('tells what cannot be reached or resolved', async () => {
    const port = await serve(() => undefined)
    open.splice(0).forEach((close) => close())
    expect(await guardedFetch(`http://127.0.0.1:${port}/`, LIMITS)).toMatchObject({ ok: false, problem: 'unreachable', message: `\`127.0.0.1:${port}\` cannot be reached (ECONNREFUSED)` })
    expect(await guardedFetch('https://idp.test/', { ...LIMITS, resolve: async () => [] })).toMatchObject({ ok: false, problem: 'unknown-name', message: '`idp.test` cannot be resolved' })
  })

  test('libraries get it in the shape of fetch', async () => {
    const port = await serve((req, res) => res.writeHead(req.url === '/none' ? 204 : 201, { 'x-type': String(req.headers['content-type']) }).end())
    const fetchLike = guardedFetchLike(LIMITS)
    const answer = await fetchLike(`http://127.0.0.1:${port}/`, { method: 'POST', headers: new Headers({ 'content-type': 'text/plain' }), body: new URLSearchParams({ a: '1' }) })
    expect([answer.status, answer.headers.get('x-type')]).toEqual([201, 'text/plain'])
    expect((await fetchLike(`http://127.0.0.1:${port}/none`)).status).toBe(204)
    await expect(fetchLike('ftp://example.com')).rejects.toThrow(TypeError)
  })
})
