import { expect, test } from 'vitest'
import { coveringRanges, type CoverableEntry } from './covered'

const ALL = ['console', 'api', 'data']
const entry = (cidr: string, more: Partial<CoverableEntry> = {}): CoverableEntry => ({ id: cidr, cidr, surfaces: ALL, expiresAt: null, ...more })
const coveredIds = (entries: readonly CoverableEntry[]): string[] => [...coveringRanges(entries).keys()]
const day = (n: number): Date => new Date(Date.UTC(2026, 0, n))

test('what lies within a wider entry adds nothing, at any depth and in any order', () => {
  expect(coveredIds([entry('10.1.2.3'), entry('10.1.0.0/16'), entry('192.0.2.1'), entry('10.0.0.0/8'), entry('10.255.255.255'), entry('11.0.0.0')]).sort()).toEqual(['10.1.0.0/16', '10.1.2.3', '10.255.255.255'])
  expect(coveredIds([entry('2001:db8::/32'), entry('2001:db8:1::/48'), entry('2001:db9::1'), entry('0.0.0.0/0')])).toEqual(['2001:db8:1::/48'])
})

test('only by one that opens as much, for as long', () => {
  expect(coveredIds([entry('10.0.0.0/8', { surfaces: ['console'] }), entry('10.0.0.1')])).toEqual([])
  expect(coveredIds([entry('10.0.0.0/8', { surfaces: ['console', 'api'] }), entry('10.0.0.1', { surfaces: ['api'] })])).toEqual(['10.0.0.1'])
  expect(coveredIds([entry('10.0.0.0/8', { expiresAt: day(2) }), entry('10.0.0.1')])).toEqual([])
  expect(coveredIds([entry('10.0.0.0/8', { expiresAt: day(2) }), entry('10.0.0.1', { expiresAt: day(3) })])).toEqual([])
  expect(coveredIds([entry('10.0.0.0/8', { expiresAt: day(2) }), entry('10.0.0.1', { expiresAt: day(2) })])).toEqual(['10.0.0.1'])
  expect(coveredIds([entry('10.0.0.0/8'), entry('10.0.0.0/9', { surfaces: ['api'] }), entry('10.0.0.0/10')]).sort()).toEqual(['10.0.0.0/10', '10.0.0.0/9'])
})

test('the narrowest range that covers is named, and what waits to be confirmed covers nothing', () => {
  expect(coveringRanges([entry('10.0.0.0/8'), entry('10.1.0.0/16'), entry('10.1.2.3')]).get('10.1.2.3')).toBe('10.1.0.0/16')
  expect(coveringRanges([entry('10.0.0.0/8'), entry('10.1.0.0/16', { pending: 'added' }), entry('10.1.2.3')]).get('10.1.2.3')).toBe('10.0.0.0/8')
})

test('ten thousand are judged at once', () => {
  const many = Array.from({ length: 10_000 }, (_, at) => entry(`10.${at >> 8}.${at & 255}.0/24`))
  expect(coveredIds([...many, entry('10.0.0.0/9')])).toHaveLength(10_000)
})
