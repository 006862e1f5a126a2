import { createServer, request, type Server } from 'node:http'
import { encodeSessionCookie, sessionCookieName } from '@/lib/access/principals/session-cookie'
import { openSession } from '@/lib/access/principals/session'
import { transaction } from '@/lib/db'
import { makeOrganization } from '@/lib/testing/factories'
import { startGatehouse, type RunningGatehouse } from './gatehouse-process'
import { expect, signInContext, test } from './fixtures'

/** A second process on the database of the first. */
const startSecond = (more: Readonly<Record<string, string>> = {}): Promise<RunningGatehouse> =>
  startGatehouse({ DATABASE_URL: process.env.DATABASE_URL ?? '', GATEHOUSE_SECRET_KEY: process.env.GATEHOUSE_SECRET_KEY ?? '', ...more })

async function cookieOf(accountId: string): Promise<string> {
  const { secret } = await transaction((tx) => openSession(tx, accountId, 'password'))
  return `${sessionCookieName()}=${await encodeSessionCookie(secret)}`
}

test('a session ended in one process is over in the other at its next request', async ({ page, baseURL }) => {
  const { slug, admin } = await makeOrganization()
  const second = await startSecond()
  try {
    const look = async (url: string, cookie: string) => (await fetch(`${url}/${slug}/users`, { headers: { cookie }, redirect: 'manual' })).status
    const cookie = await cookieOf(admin.accountId)
    expect([await look(second.url, cookie), await look(baseURL ?? '', cookie)]).toEqual([200, 200])
    await signInContext(page.context(), baseURL ?? '', admin.accountId)
    await page.goto('/sessions')
    await page.getByRole('button', { name: 'End all others' }).click()
    await expect(page.getByText('All other sessions are ended.')).toBeVisible()
    await expect.poll(() => look(second.url, cookie)).toBe(307)
    expect(await look(baseURL ?? '', cookie)).toBe(307)
  } finally {
    await second.stop()
  }
})

/** A reverse proxy in front of a server: it appends whom it speaks to. Answers its port. */
async function startProxy(listenHost: string, upstream: URL, running: Server[]): Promise<number> {
  const server = createServer((req, res) => {
    const before = [req.headers['x-forwarded-for'] ?? []].flat()
    const headers = { ...req.headers, host: upstream.host, 'x-forwarded-for': [...before, req.socket.remoteAddress ?? ''].join(', ') }
    req.pipe(request({ host: upstream.hostname.replace(/^\[|\]$/g, ''), port: upstream.port, path: req.url, method: req.method, headers }, (answer) => {
      res.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(res)
    }))
  })
  running.push(server)
  await new Promise<void>((resolve) => server.listen(0, listenHost, resolve))
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

test('behind trusted proxies a page shows the client’s own address, over both families and through two proxies; without, the claim is nothing', async ({ baseURL }) => {
  const { slug, admin } = await makeOrganization()
  const cookie = await cookieOf(admin.accountId)
  const second = await startSecond({ GATEHOUSE_TRUSTED_PROXIES: '127.0.0.0/8,::1/128' })
  const running: Server[] = []
  const seenAt = async (url: string, forwarded: string): Promise<string | undefined> => {
    const answer = await fetch(`${url}/${slug}/settings/ip-allowlist`, { headers: { cookie, 'x-forwarded-for': forwarded, 'x-real-ip': '203.0.113.7', forwarded: 'for=203.0.113.7' } })
    return /You come from <code[^>]*>([^<]+)</.exec(await answer.text())?.[1]
  }
  try {
    for (const host of ['127.0.0.1', '::1']) {
      const named = host.includes(':') ? `[${host}]` : host
      const inner = await startProxy(host, new URL(second.url.replace(/\/\/[^:/]+/, `//${named}`)), running)
      const outer = await startProxy(host, new URL(`http://${named}:${inner}`), running)
      for (const port of [inner, outer]) {
        expect(await seenAt(`http://${named}:${port}`, '203.0.113.7, 198.51.100.9')).toBe('198.51.100.9')
        expect(await seenAt(`http://${named}:${port}`, '::ffff:198.51.100.9')).toBe('198.51.100.9')
        expect(await seenAt(`http://${named}:${port}`, '2001:db8:9::9')).toBe('2001:db8:9::9')
      }
    }
    expect(await seenAt(baseURL ?? '', '198.51.100.9')).toMatch(/^(127\.0\.0\.1|::1)$/)
  } finally {
    for (const server of running) {
      server.closeAllConnections()
      server.close()
    }
    await second.stop()
  }
})
