import type { IncomingMessage } from 'node:http'
import { describe, expect, test } from 'vitest'
import { clientAddress, plainAddress, trustedProxies } from './client-address'

/** The two things of a request that decide its address. */
const from = (remoteAddress: string, forwarded?: string): IncomingMessage =>
  ({ socket: { remoteAddress }, headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded } }) as unknown as IncomingMessage

const nobody = trustedProxies([])
const ours = trustedProxies(['10.0.0.0/8', '2001:db8:1::/48'])

describe('plainAddress', () => {
  test.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['::FFFF:192.0.2.7', '192.0.2.7'],
    ['2001:DB8::1', '2001:db8::1'],
    ['fe80::1%eth0', null],
    ['010.0.0.1', null],
    ['203.0.113.7:5555', null],
    ['unknown', null],
    ['', null],
    [undefined, null],
  ])('%s is %s', (text, expected) => expect(plainAddress(text)).toBe(expected))
})

describe('clientAddress', () => {
  test('a peer that is no proxy of ours is the client, whatever it claims', () => {
    expect(clientAddress(from('198.51.100.4', '192.0.2.1'), nobody)).toBe('198.51.100.4')
    expect(clientAddress(from('198.51.100.4', '192.0.2.1'), ours)).toBe('198.51.100.4')
  })

  test('our proxy is believed, read from the right', () => {
    expect(clientAddress(from('10.0.0.2', '192.0.2.1'), ours)).toBe('192.0.2.1')
    expect(clientAddress(from('10.0.0.2', '203.0.113.9, 192.0.2.1'), ours)).toBe('192.0.2.1')
    expect(clientAddress(from('10.0.0.2', '203.0.113.9, 192.0.2.1, 10.0.0.7'), ours)).toBe('192.0.2.1')
  })

  test('a proxy over IPv6, and one whose address is IPv4 inside IPv6', () => {
    expect(clientAddress(from('2001:db8:1::5', '2001:db8:2::9'), ours)).toBe('2001:db8:2::9')
    expect(clientAddress(from('::ffff:10.0.0.2', '192.0.2.1'), ours)).toBe('192.0.2.1')
  })

  test('a proxy that names no usable address gives none, never an empty or wrong one', () => {
    expect(clientAddress(from('10.0.0.2', 'unknown'), ours)).toBeNull()
    expect(clientAddress(from('10.0.0.2', '192.0.2.1:4000'), ours)).toBeNull()
    expect(clientAddress(from('10.0.0.2', '192.0.2.1, fe80::1%eth0'), ours)).toBeNull()
  })

  test('without a forwarded address the proxy itself is the client; a chain of proxies ends at the farthest', () => {
    expect(clientAddress(from('10.0.0.2'), ours)).toBe('10.0.0.2')
    expect(clientAddress(from('10.0.0.2', '10.0.0.9, 10.0.0.8'), ours)).toBe('10.0.0.9')
  })
})
