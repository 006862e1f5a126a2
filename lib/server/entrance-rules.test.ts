import type { IncomingMessage } from 'node:http'
import { expect, test } from 'vitest'
import { checkBody, checkHost, checkOrigin, ownAddresses } from './entrance-rules'

const request = (method: string, headers: Record<string, string> = {}): IncomingMessage => ({ method, headers }) as unknown as IncomingMessage
const local = ownAddresses(new URL('http://localhost:3000'), false)
const configured = ownAddresses(new URL('https://access.example.test'), true)
const code = (work: () => void): string => {
  try {
    work()
    return 'passes'
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : 'unexpected'
  }
}

test.each([
  ['localhost:3000', 'passes'],
  ['127.0.0.1:3000', 'passes'],
  ['[::1]:3000', 'passes'],
  ['LOCALHOST:3000', 'passes'],
  ['localhost:3001', 'wrong-host'],
  ['evil.test', 'wrong-host'],
  ['', 'wrong-host'],
])('without a configured address, host %j %s', (host, expected) => {
  expect(code(() => checkHost(request('GET', { host }), local))).toBe(expected)
})

test('with a configured address only that one is served', () => {
  expect(code(() => checkHost(request('GET', { host: 'access.example.test' }), configured))).toBe('passes')
  expect(code(() => checkHost(request('GET', { host: 'localhost' }), configured))).toBe('wrong-host')
})

test.each([
  ['GET', undefined, '/acme/users', 'passes'],
  ['POST', 'http://localhost:3000', '/acme/users', 'passes'],
  ['POST', undefined, '/acme/users', 'wrong-origin'],
  ['POST', 'null', '/acme/users', 'wrong-origin'],
  ['POST', 'https://localhost:3000', '/acme/users', 'wrong-origin'],
  ['DELETE', 'http://evil.test', '/acme/users', 'wrong-origin'],
  ['POST', 'https://idp.test', '/sso/saml/con_1/acs', 'passes'],
  ['POST', undefined, '/sso/saml/con_1/acs', 'passes'],
  ['POST', 'https://idp.test', '/sso/saml/con_1/finish', 'wrong-origin'],
  ['POST', 'https://idp.test', '/sso/saml/con_1/acs/more', 'wrong-origin'],
])('%s with origin %s to %s %s', (method, origin, path, expected) => {
  expect(code(() => checkOrigin(request(method, origin === undefined ? {} : { origin }), path, local))).toBe(expected)
})

test.each([
  ['POST', { 'content-length': '1048576' }, '/acme/users', 'passes'],
  ['POST', { 'content-length': '1048577' }, '/acme/users', 'too-large'],
  ['POST', { 'content-length': '16777216' }, '/api/v1/ip-allowlist/import', 'passes'],
  ['POST', { 'content-length': '16777217' }, '/api/v1/ip-allowlist/import', 'too-large'],
  ['POST', { 'content-length': '1048577' }, '/api/v1/ip-allowlist', 'too-large'],
  ['POST', { 'transfer-encoding': 'chunked' }, '/api/v1/ip-allowlist/import', 'malformed-request'],
  ['GET', { 'content-length': '9999999' }, '/acme/users', 'passes'],
])('%s with %j to %s %s', (method, headers, path, expected) => {
  expect(code(() => checkBody(request(method, headers), path))).toBe(expected)
})
