import { isIPv4, isIPv6 } from 'node:net'
import { Ip } from './values'

/** Longest text: `ABCD:EF01:2345:6789:ABCD:EF01:2345:6789/128`. */
const TEXT_MAX = 43

const bitsOf = { 4: 32, 6: 128 } as const

function prefixOf(text: string, version: 4 | 6): number | null {
  if (!/^(0|[1-9][0-9]{0,2})$/.test(text)) return null
  const prefix = Number(text)
  return prefix <= bitsOf[version] ? prefix : null
}

const v4Number = (text: string) => text.split('.').reduce((sum, part) => sum * 256 + Number(part), 0)

function v6Number(text: string): bigint {
  const [head = '', tail] = text.split('::')
  const words = (part: string) => (part === '' ? [] : part.split(':'))
  const before = words(head)
  const after = tail === undefined ? [] : words(tail)
  const gap = tail === undefined ? 0 : 8 - before.length - after.length
  const all = [...before, ...Array.from({ length: gap }, () => '0'), ...after]
  return all.reduce((sum, word) => (sum << 16n) | BigInt(`0x${word}`), 0n)
}

function rangeOf(version: 4 | 6, address: bigint, prefix: number): Ip {
  const host = (1n << BigInt(bitsOf[version] - prefix)) - 1n
  const last = address | host
  const first = last - host
  return version === 4
    ? new Ip(4, Number(address), prefix, Number(first), Number(last))
    : new Ip(6, address, prefix, first, last)
}

/**
 * An address or range as Cedar's `ip` reads it: no leading zeros, no zone, no version 4 inside version 6.
 *
 * @returns null when it is neither
 */
export function parseIp(text: string): Ip | null {
  if (text.length > TEXT_MAX) return null
  const slash = text.indexOf('/')
  const address = slash < 0 ? text : text.slice(0, slash)
  const version = isIPv4(address) ? 4 : isIPv6(address) && !/[.%]/.test(address) ? 6 : null
  if (version === null) return null
  const prefix = slash < 0 ? bitsOf[version] : prefixOf(text.slice(slash + 1), version)
  if (prefix === null) return null
  return rangeOf(version, version === 4 ? BigInt(v4Number(address)) : v6Number(address), prefix)
}

export const isInRange = (inner: Ip, outer: Ip): boolean =>
  inner.version === outer.version && outer.first <= inner.first && inner.last <= outer.last

const LOOPBACK = { 4: rangeOf(4, 127n << 24n, 8), 6: rangeOf(6, 1n, 128) }
const MULTICAST = { 4: rangeOf(4, 224n << 24n, 4), 6: rangeOf(6, 0xffn << 120n, 8) }

export const isLoopback = (ip: Ip): boolean => isInRange(ip, LOOPBACK[ip.version])

export const isMulticast = (ip: Ip): boolean => isInRange(ip, MULTICAST[ip.version])
