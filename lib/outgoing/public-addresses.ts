import { addressSetOf } from '@/lib/access/addresses/address-set'

/** What is not of the public internet: IANA's special-purpose registries, multicast, and what tunnels IPv4 inside IPv6. */
const SPECIAL = addressSetOf([
  '0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24', '192.0.2.0/24', '192.88.99.0/24',
  '192.168.0.0/16', '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/3',
  '2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20',
])
const UNICAST = addressSetOf(['0.0.0.0/0', '2000::/3'])
const LOOPBACK = addressSetOf(['127.0.0.0/8', '::1'])
/** Networks of one's own. Link-local addresses are not among them: clouds hand out credentials there. */
const OWN = addressSetOf(['127.0.0.0/8', '::1', '10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'])

/** Whether an address belongs to the public internet. False for what is no address. */
export const isPublicAddress = (address: string): boolean => UNICAST.has(address) && !SPECIAL.has(address)

export const isLoopbackAddress = (address: string): boolean => LOOPBACK.has(address)

/** Loopback and the private ranges of RFC 1918 and RFC 4193. */
export const isPrivateAddress = (address: string): boolean => OWN.has(address)
