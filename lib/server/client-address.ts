import type { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'
import proxyAddr from 'proxy-addr'

/** Whether the peer at this address is one of our own proxies. */
export type TrustedProxies = (address: string) => boolean

/** @param cidrs addresses or ranges of proxies; none means that no forwarded header is believed */
export function trustedProxies(cidrs: readonly string[]): TrustedProxies {
  const trust = proxyAddr.compile([...cidrs])
  return (address) => trust(address, 0)
}

/** The plain form of an address: an IPv4-mapped one is IPv4; zones and anything `isIP` refuses are null. */
export function plainAddress(text: string | undefined): string | null {
  if (text === undefined || text.includes('%')) return null
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(text)?.[1]
  const address = mapped ?? text
  return isIP(address) === 0 ? null : address.toLowerCase()
}

/**
 * Where a request comes from: the socket's peer, or, only when that is a trusted proxy, the nearest
 * untrusted address of X-Forwarded-For read from the right. Null when the header holds no address there.
 */
export function clientAddress(req: IncomingMessage, trusted: TrustedProxies): string | null {
  const peer = plainAddress(req.socket.remoteAddress)
  if (peer === null || !trusted(peer)) return peer
  const forwarded = [req.headers['x-forwarded-for'] ?? []].flat().join(',').split(',').map((part) => part.trim()).filter(Boolean)
  for (const hop of forwarded.reverse()) {
    const address = plainAddress(hop)
    if (address === null || !trusted(address)) return address
  }
  return plainAddress(forwarded.at(-1)) ?? peer
}
