import type { IncomingMessage } from 'node:http'
import { expect, test } from 'vitest'
import { givenRequestId, replaceHeaders } from './request-headers'

function request(raw: string[]): IncomingMessage {
  const headers: Record<string, string> = {}
  for (let i = 0; i < raw.length; i += 2) headers[String(raw[i]).toLowerCase()] = String(raw[i + 1])
  return { headers, rawHeaders: [...raw] } as unknown as IncomingMessage
}

test('what a client says about its way here is gone from both views of the headers', () => {
  const req = request(['Accept', 'text/html', 'X-Forwarded-For', '192.0.2.1', 'Forwarded', 'for=192.0.2.1', 'X-Real-IP', '192.0.2.1', 'x-middleware-subrequest', 'proxy', 'X-Gatehouse-Actor', 'me', 'Content-Security-Policy', "script-src 'nonce-x'"])
  replaceHeaders(req, {})
  expect(req.headers).toEqual({ accept: 'text/html' })
  expect(req.rawHeaders).toEqual(['Accept', 'text/html'])
})

test('our own names are set once, in both', () => {
  const req = request(['X-Forwarded-For', '192.0.2.1', 'Host', 'a.test', 'X-Request-Id', 'chosen-by-client'])
  replaceHeaders(req, { 'x-forwarded-for': '198.51.100.4', 'x-request-id': 'req_1' })
  expect(req.headers).toEqual({ host: 'a.test', 'x-forwarded-for': '198.51.100.4', 'x-request-id': 'req_1' })
  expect(req.rawHeaders).toEqual(['Host', 'a.test', 'x-forwarded-for', '198.51.100.4', 'x-request-id', 'req_1'])
})

test.each([
  ['bfe9eb29-ab87-4ca3-be83-a1d5d8305716', 'bfe9eb29-ab87-4ca3-be83-a1d5d8305716'],
  ['short', null],
  ['a request id with spaces', null],
  ['x'.repeat(81), null],
  ['line\nbreak-in-it', null],
])('the request id %j is taken as %j', (given, expected) => {
  expect(givenRequestId(request(['x-request-id', given]))).toBe(expected)
})
