import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addressSetOf } from '@/lib/access/addresses/address-set'
import { AllowlistIndex, type EntryRow } from './allowlist-index'
import type { Surface } from './surfaces'
import type { Settings } from './waiting'

const entry = (id: string, cidr: string, more: Partial<EntryRow> = {}): EntryRow => ({ id, cidr, surfaces: ['console', 'api', 'data'], expiresAt: null, pending: null, previous: null, ...more })
const enforced: Settings = { mode: 'enforced', coversData: true, waiting: null }
const waiting = (mode: Settings['mode'], before: Settings['mode']): Settings => ({ mode, coversData: true, waiting: { revertAt: 1000, mode: before, coversData: false } })

describe('what is in force', () => {
  test.each<[string, Settings, EntryRow[], [Surface, string, number, string][]]>([
    ['no list', { mode: 'off', coversData: false, waiting: null }, [entry('a', '10.0.0.0/8')], [['console', '192.0.2.1', 0, 'open']]],
    ['report only', { ...enforced, mode: 'report' }, [entry('a', '10.0.0.0/8')], [['console', '192.0.2.1', 0, 'reported'], ['console', '10.1.1.1', 0, 'listed']]],
    ['enforced', enforced, [entry('a', '10.0.0.0/8'), entry('b', '2001:db8::/32')], [
      ['console', '10.255.255.255', 0, 'listed'], ['console', '11.0.0.0', 0, 'refused'], ['api', '2001:db8::1', 0, 'listed'], ['api', '2001:db9::', 0, 'refused'],
      ['api', '::ffff:10.0.0.1', 0, 'listed'], ['console', '', 0, 'refused'], ['console', '10.0.0.1%eth0', 0, 'refused'], ['console', '012.0.0.1', 0, 'refused'],
    ]],
    ['empty: nobody', enforced, [], [['console', '10.0.0.1', 0, 'refused'], ['data', '10.0.0.1', 0, 'refused']]],
    ['a damaged entry opens nothing', enforced, [entry('a', 'everything')], [['console', '10.0.0.1', 0, 'refused']]],
    ['by surface', enforced, [entry('a', '10.0.0.1', { surfaces: ['api'] })], [['api', '10.0.0.1', 0, 'listed'], ['console', '10.0.0.1', 0, 'refused'], ['data', '10.0.0.1', 0, 'refused']]],
    ['data not covered', { ...enforced, coversData: false }, [entry('a', '10.0.0.1', { surfaces: ['api'] })], [['data', '192.0.2.1', 0, 'open'], ['api', '192.0.2.1', 0, 'refused']]],
    ['ends', enforced, [entry('a', '10.0.0.1', { expiresAt: 500 }), entry('b', '10.0.0.0/24', { expiresAt: 700 })], [
      ['console', '10.0.0.1', 499, 'listed'], ['console', '10.0.0.1', 600, 'listed'], ['console', '10.0.0.1', 700, 'refused'], ['console', '10.0.0.1', 400, 'listed'],
    ]],
    ['enabled and not confirmed', waiting('enforced', 'off'), [], [['api', '10.0.0.1', 999, 'refused'], ['api', '10.0.0.1', 1000, 'open']]],
    ['changed and not confirmed', waiting('enforced', 'enforced'), [
      entry('a', '10.0.0.1', { pending: 'added' }), entry('b', '10.0.0.2', { pending: 'removed' }),
      entry('c', '10.0.0.3', { pending: 'changed', surfaces: ['api'], previous: { surfaces: ['console'], expiresAt: 1500 } }),
    ], [
      ['console', '10.0.0.1', 0, 'listed'], ['console', '10.0.0.2', 0, 'refused'], ['console', '10.0.0.3', 0, 'refused'], ['api', '10.0.0.3', 0, 'listed'],
      ['console', '10.0.0.1', 1000, 'refused'], ['console', '10.0.0.2', 1000, 'listed'], ['console', '10.0.0.3', 1000, 'listed'], ['api', '10.0.0.3', 1000, 'refused'],
      ['console', '10.0.0.3', 1500, 'refused'],
    ]],
  ])('%s', (_name, settings, rows, asked) => {
    const index = new AllowlistIndex(settings, rows)
    expect(asked.map(([surface, address, at]) => [surface, address, at, index.judge(surface, address, at)])).toEqual(asked)
  })
})

test('the narrowest entry is told', () => {
  const index = new AllowlistIndex(enforced, [entry('wide', '10.0.0.0/8'), entry('one', '10.1.2.3'), entry('narrow', '10.1.0.0/16')])
  expect(['10.1.2.3', '10.1.9.9', '10.9.9.9', '11.0.0.1', 'x'].map((address) => index.find('api', address, 0)?.id ?? null)).toEqual(['one', 'narrow', 'wide', null, null])
})

const v4 = fc.tuple(fc.ipV4(), fc.integer({ min: 8, max: 32 })).map(([address, prefix]) => `${address}/${prefix}`)
const step = fc.record({ id: fc.integer({ min: 0, max: 8 }).map(String), cidr: v4, expiresAt: fc.option(fc.integer({ min: 0, max: 10 })), isGone: fc.boolean(), asks: fc.boolean() })

test('changed entry by entry it is what a list made at once would be', () => {
  fc.assert(fc.property(fc.array(step, { maxLength: 30 }), fc.array(fc.integer({ min: 0, max: 10 }), { minLength: 1, maxLength: 6 }), (steps, moments) => {
    const index = new AllowlistIndex(enforced)
    const rows = new Map<string, EntryRow>()
    for (const { id, cidr, expiresAt, isGone, asks } of steps) {
      if (isGone) {
        index.remove(id)
        rows.delete(id)
      } else {
        const row = entry(id, cidr, { expiresAt })
        index.put(row)
        rows.set(id, row)
      }
      if (asks) index.judge('console', '10.0.0.1', 5)
    }
    for (const at of moments) {
      const set = addressSetOf([...rows.values()].filter(({ expiresAt }) => expiresAt === null || expiresAt > at).map(({ cidr }) => cidr))
      for (const { cidr } of steps) {
        const address = cidr.split('/')[0] ?? ''
        expect(index.judge('console', address, at)).toBe(set.has(address) ? 'listed' : 'refused')
        expect(index.find('console', address, at) !== null).toBe(set.has(address))
      }
    }
  }))
})
