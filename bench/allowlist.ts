/**
 * What the allowlist costs: nothing for an organization without one, and little with 100,000 ranges.
 * `node --import tsx bench/allowlist.ts` prints the table of `bench/results/allowlist.md`.
 */
import { BlockList } from 'node:net'
import { AllowlistIndex, type EntryRow } from '@/lib/access/allowlist/allowlist-index'

const ROUNDS = 5
const ASKS = 200_000

const v4 = (at: number): string => `${10 + (at >> 20)}.${(at >> 12) & 255}.${(at >> 4) & 255}.${(at & 15) * 16}/28`
const v6 = (at: number): string => `2001:db8:${(at >> 8).toString(16)}:${((at & 255) * 2).toString(16)}::/64`

const rows = (count: number, write: (at: number) => string): EntryRow[] =>
  Array.from({ length: count }, (_, at) => ({ id: String(at), cidr: write(at * 2), surfaces: ['console', 'api', 'data'], expiresAt: null, pending: null, previous: null }))

const median = (times: number[]): number => [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN

function micros(ask: (at: number) => unknown, asks = ASKS): number {
  return median(Array.from({ length: ROUNDS }, () => {
    const began = process.cpuUsage()
    for (let at = 0; at < asks; at++) ask(at)
    const { user, system } = process.cpuUsage(began)
    return (user + system) / asks
  }))
}

const enforced = { mode: 'enforced', coversData: true, waiting: null } as const
const addresses = (write: (at: number) => string, count: number): string[] => Array.from({ length: 1000 }, (_, at) => write((at * 7919) % (count * 2)).split('/')[0] ?? '')

console.log('| list | µs CPU a question |\n| --- | --- |')
const idle = new AllowlistIndex()
console.log(`| none | ${micros(() => idle.judge('api', '203.0.113.7', 0)).toFixed(3)} |`)
for (const [name, write] of [['IPv4', v4], ['IPv6', v6]] as const) {
  for (const count of [10, 1000, 100_000]) {
    const index = new AllowlistIndex(enforced, rows(count, write))
    const asked = addresses(write, count)
    index.judge('api', asked[0] ?? '', 0)
    console.log(`| ${count.toLocaleString('en')} ${name} | ${micros((at) => index.judge('api', asked[at % 1000] ?? '', 0)).toFixed(2)} |`)
  }
}
const large = new AllowlistIndex(enforced, rows(100_000, v4))
const began = performance.now()
large.judge('api', '10.0.0.1', 0)
console.log(`\nThe first question after 100,000 entries came: ${(performance.now() - began).toFixed(0)} ms.`)
large.put({ id: 'new', cidr: '192.0.2.0/24', surfaces: ['api'], expiresAt: null, pending: null, previous: null })
const again = performance.now()
large.judge('api', '10.0.0.1', 0)
console.log(`The first after one more came: ${(performance.now() - again).toFixed(0)} ms.`)
const library = new BlockList()
for (let at = 0; at < 1000; at++) {
  const [base = '', prefix] = v4(at * 2).split('/')
  library.addSubnet(base, Number(prefix), 'ipv4')
}
console.log(`\`net.BlockList\` with 1,000 ranges, in the same run: ${micros((at) => library.check(`203.0.113.${at % 250}`, 'ipv4'), 5000).toFixed(1)} µs.`)
